// What the guide's card shows of a chapter: a step of it, or its end.

import { find, make } from './dom.js';
import { STEPS } from './guide.js';
import { DAY_STEPS } from './guide-day.js';
import { t } from './page.js';

/** @import { Phone } from './phone.js' */
/** @import { Step } from './guide.js' */

export const LOOP = { steps: STEPS, kicker: 'guide.title', end: 'end', record: undefined };
export const DAY = {
  steps: DAY_STEPS,
  kicker: 'guide.day.title',
  end: 'day-end',
  record: 'claim',
};

/** @typedef {typeof LOOP | typeof DAY} Chapter */

/** @param {HTMLElement} root @param {Chapter} chapter */
export function trackOf(root, { steps }) {
  const track = steps.map((step) => make('li', { 'data-who': step.who }));
  find(root, '#guide-track', HTMLElement).replaceChildren(...track);
  return track;
}

/** The way to the other chapter: forth at the end of the first, and back at any time. @param {HTMLElement} root @param {Chapter} chapter @param {boolean} isEnd */
export function drawChapter(root, chapter, isEnd) {
  const button = find(root, '#guide-chapter', HTMLElement);
  button.hidden = chapter === LOOP && !isEnd;
  button.dataset['to'] = chapter === LOOP ? 'day' : 'loop';
  find(button, '#guide-chapter-text', HTMLElement).textContent = t(
    chapter === LOOP ? 'guide.day.open' : 'guide.day.back',
  );
}

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
export function whyFor(step, messages, line) {
  if (line === undefined) return t(`guide.${step.id}.needs`);
  const said = messages.findLast(({ direction }) => direction === 'in');
  const isAgain = said?.text === line && messages.at(-1)?.direction === 'out';
  return isAgain ? t('guide.again') : t(`guide.${step.id}.why`);
}

/** @param {HTMLElement} root @param {Chapter} chapter */
export function drawEnd(root, { steps, end }) {
  const texts = {
    kicker: t('guide.end.kicker'),
    who: '',
    progress: t('guide.progress', { step: steps.length, steps: steps.length }),
    title: t(`guide.${end}.title`),
    why: t(`guide.${end}.why`),
    'send-text': t(`guide.${end}.records`),
  };
  write(root, texts, { state: 'done', ready: true });
}

/**
 * @param {HTMLElement} root
 * @param {Step} step
 * @param {{ chapter: Chapter, index: number, line: string | undefined, why: string, awaited: boolean, name: string }} now
 */
export function drawStep(root, step, { chapter, index, line, why, awaited, name }) {
  const texts = {
    kicker: t(chapter.kicker),
    who: name,
    progress: t('guide.progress', { step: index + 1, steps: chapter.steps.length }),
    title: t(`guide.${step.id}.title`),
    why,
    'send-text': awaited ? waitFor(step) : actionOf(step, line ?? ''),
  };
  write(root, texts, {
    state: awaited ? 'waiting' : 'ready',
    ready: !awaited && line !== undefined,
  });
}

/** @param {Step} step */
const waitFor = ({ before }) => t(before === undefined ? 'guide.waiting' : 'guide.moving');

/** @param {Step} step @param {string} text */
function actionOf({ before, photo }, text) {
  if (before !== undefined) return text;
  return t(photo === true ? 'guide.sendPhoto' : 'guide.send', { text });
}
