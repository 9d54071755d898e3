// Draws the guide: the next step as one tap, and how far it has come.

import { find, make } from './dom.js';
import { lineFor, progress, STEPS } from './guide.js';
import { t } from './page.js';

/** @import { Phone } from './phone.js' */
/** @import { Step, Who } from './guide.js' */

/** After this long without an answer the step may be sent again. */
const ANSWER_MS_MAX = 8000;

/**
 * @param {Record<Who, Phone>} cast
 * @param {(phone: Phone) => void} bringToView
 * @param {() => void} openNewest
 */
export function guideView(cast, bringToView, openNewest) {
  const root = find(document, '#guide', HTMLElement);
  const button = find(root, '#guide-send', HTMLButtonElement);
  const track = STEPS.map((step) => make('li', { 'data-who': step.who }));
  find(root, '#guide-track', HTMLElement).replaceChildren(...track);

  /** @type {Set<string>} */
  const skipped = new Set();
  let sending = false;
  /** @type {number | undefined} */
  let timer;
  let isOverdue = false;
  let current = -1;

  const histories = () => ({
    resident: cast.resident.messages,
    organizer: cast.organizer.messages,
    redeemer: cast.redeemer.messages,
  });
  const next = () => {
    const { index, waiting } = progress(histories(), skipped);
    const step = STEPS[index];
    const line = step && lineFor(step, histories(), (id) => t(`guide.${id}.send`));
    return { index, waiting, step, line };
  };
  const waitAnew = () => {
    clearTimeout(timer);
    timer = undefined;
    isOverdue = false;
  };

  const draw = () => {
    const { index, waiting, step, line } = next();
    for (const [at, item] of track.entries()) {
      item.className = at < index ? 'done' : at === index ? 'now' : '';
    }
    for (const [who, { root: phone }] of Object.entries(cast)) {
      phone.toggleAttribute('data-next', step?.who === who);
    }
    if (index !== current) waitAnew();
    current = index;
    const awaited = (waiting || sending) && !isOverdue;
    if (step === undefined) drawEnd(root);
    else {
      const why = whyFor(step, cast[step.who].messages, line);
      drawStep(root, step, { index, line, why, awaited, name: cast[step.who].name });
    }
    if (step === undefined || !awaited) return;
    timer ??= window.setTimeout(() => {
      isOverdue = true;
      draw();
    }, ANSWER_MS_MAX);
  };

  button.addEventListener('click', async () => {
    const { step, line } = next();
    if (step === undefined) openNewest();
    if (step === undefined || line === undefined || !isReady(button)) return;
    const phone = cast[step.who];
    sending = true;
    waitAnew();
    bringToView(phone);
    draw();
    const taken = await (step.photo === true ? phone.saySample(line) : phone.say(line));
    sending = false;
    if (!taken) isOverdue = true;
    draw();
  });
  find(root, '#guide-skip', HTMLButtonElement).addEventListener('click', () => {
    const { step } = next();
    if (step !== undefined) skipped.add(step.id);
    draw();
  });
  return { draw };
}

/** @param {HTMLElement} button */
const isReady = (button) => button.getAttribute('aria-disabled') !== 'true';

/**
 * @param {HTMLElement} root
 * @param {Record<'kicker' | 'who' | 'progress' | 'title' | 'why' | 'send-text', string>} texts
 * @param {{ state: 'waiting' | 'ready' | 'done', ready: boolean }} how
 */
function write(root, texts, { state, ready }) {
  root.dataset['state'] = state;
  for (const [name, text] of Object.entries(texts)) {
    find(root, `#guide-${name}`, HTMLElement).textContent = text;
  }
  find(root, '#guide-skip', HTMLElement).hidden = state === 'done';
  // Not `disabled`: that would take the focus away from those who press it by keyboard.
  find(root, '#guide-send', HTMLElement).setAttribute('aria-disabled', String(!ready));
}

/**
 * What a step is about; where it cannot be taken, what it needs; where it was taken in vain, where
 * to read what it needs.
 * @param {Step} step
 * @param {Phone['messages']} messages
 * @param {string | undefined} line
 */
function whyFor(step, messages, line) {
  if (line === undefined) return t(`guide.${step.id}.needs`);
  const said = messages.findLast(({ direction }) => direction === 'in');
  const isAgain = said?.text === line && messages.at(-1)?.direction === 'out';
  return isAgain ? t('guide.again') : t(`guide.${step.id}.why`);
}

/** @param {HTMLElement} root */
function drawEnd(root) {
  const texts = {
    kicker: t('guide.end.kicker'),
    who: '',
    progress: t('guide.progress', { step: STEPS.length, steps: STEPS.length }),
    title: t('guide.end.title'),
    why: t('guide.end.why'),
    'send-text': t('guide.end.records'),
  };
  write(root, texts, { state: 'done', ready: true });
}

/**
 * @param {HTMLElement} root
 * @param {Step} step
 * @param {{ index: number, line: string | undefined, why: string, awaited: boolean, name: string }} now
 */
function drawStep(root, step, { index, line, why, awaited, name }) {
  const key = step.photo === true ? 'guide.sendPhoto' : 'guide.send';
  const texts = {
    kicker: t('guide.title'),
    who: name,
    progress: t('guide.progress', { step: index + 1, steps: STEPS.length }),
    title: t(`guide.${step.id}.title`),
    why,
    'send-text': awaited ? t('guide.waiting') : t(key, { text: line ?? '' }),
  };
  write(root, texts, {
    state: awaited ? 'waiting' : 'ready',
    ready: !awaited && line !== undefined,
  });
}
