// Draws the guide: the next step as one tap, and how far it has come.

import { find, make } from './dom.js';
import { lineFor, progress, STEPS } from './guide.js';
import { t } from './page.js';

/** @import { Phone } from './phone.js' */
/** @import { Who } from './guide.js' */

/** After this long without an answer the step may be sent again. */
const PATIENCE_MS = 8000;

/**
 * @param {Record<Who, Phone>} cast
 * @param {(phone: Phone) => void} bringToView
 * @param {() => void} openNewest
 */
export function guideView(cast, bringToView, openNewest) {
  const root = find(document, '#guide', HTMLElement);
  const button = find(root, '#guide-send', HTMLButtonElement);
  const buttonText = find(root, '#guide-send-text', HTMLElement);
  const skip = find(root, '#guide-skip', HTMLButtonElement);
  const part = (/** @type {string} */ name) => find(root, `#guide-${name}`, HTMLElement);
  const track = STEPS.map((step) => make('li', { 'data-who': step.who }));
  part('track').replaceChildren(...track);

  /** @type {Set<string>} */
  const skipped = new Set();
  let sending = false;
  let patience = 0;
  let current = -1;

  const histories = () => ({
    resident: cast.resident.messages,
    organizer: cast.organizer.messages,
    redeemer: cast.redeemer.messages,
  });

  const ready = (/** @type {boolean} */ yes) => {
    // Not `disabled`: that would take the focus away from those who press it by keyboard.
    button.setAttribute('aria-disabled', String(!yes));
  };

  const draw = () => {
    const { index, waiting } = progress(histories(), skipped);
    const step = STEPS[index];
    for (const [at, item] of track.entries()) {
      item.className = at < index ? 'done' : at === index ? 'now' : '';
    }
    for (const [who, { root: phone }] of Object.entries(cast)) {
      phone.toggleAttribute('data-next', step?.who === who);
    }
    skip.hidden = step === undefined;
    if (index !== current) {
      current = index;
      clearTimeout(patience);
      patience = 0;
    }
    if (step === undefined) {
      root.dataset['state'] = 'done';
      part('progress').textContent = t('guide.progress', {
        step: STEPS.length,
        steps: STEPS.length,
      });
      part('title').textContent = t('guide.end.title');
      part('why').textContent = t('guide.end.why');
      buttonText.textContent = t('guide.end.records');
      part('kicker').textContent = t('guide.end.kicker');
      part('who').textContent = '';
      ready(true);
      return;
    }
    part('kicker').textContent = t('guide.title');
    part('who').textContent = cast[step.who].name;
    const line = lineFor(step, histories(), t(`guide.${step.id}.send`));
    const awaited = (waiting || sending) && patience !== -1;
    root.dataset['state'] = awaited ? 'waiting' : 'ready';
    part('progress').textContent = t('guide.progress', { step: index + 1, steps: STEPS.length });
    part('title').textContent = t(`guide.${step.id}.title`);
    part('why').textContent = line === undefined ? t('guide.noCode') : t(`guide.${step.id}.why`);
    const key = step.photo === true ? 'guide.sendPhoto' : 'guide.send';
    buttonText.textContent = awaited ? t('guide.waiting') : t(key, { text: line ?? '' });
    ready(!awaited && line !== undefined);
    if (awaited && patience === 0) {
      patience = window.setTimeout(() => {
        patience = -1;
        draw();
      }, PATIENCE_MS);
    }
  };

  button.addEventListener('click', async () => {
    const { index } = progress(histories(), skipped);
    const step = STEPS[index];
    if (step === undefined) {
      openNewest();
      return;
    }
    const line = lineFor(step, histories(), t(`guide.${step.id}.send`));
    if (line === undefined || button.getAttribute('aria-disabled') === 'true') return;
    const phone = cast[step.who];
    sending = true;
    patience = 0;
    bringToView(phone);
    draw();
    const taken = await (step.photo === true ? phone.saySample(line) : phone.say(line));
    sending = false;
    if (!taken) patience = -1;
    draw();
  });

  skip.addEventListener('click', () => {
    const step = STEPS[progress(histories(), skipped).index];
    if (step !== undefined) skipped.add(step.id);
    draw();
  });

  return { draw };
}
