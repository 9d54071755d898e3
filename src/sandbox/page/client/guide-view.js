// The guide: the next step as one tap, how far it has come, and the way between its two chapters.

import { find } from './dom.js';
import { joinedTask, lineFor, progress } from './guide.js';
import { since } from './guide-day.js';
import { DAY, drawChapter, drawEnd, drawStep, LOOP, trackOf, whyFor } from './guide-draw.js';
import { t } from './page.js';

/** @import { Phone } from './phone.js' */
/** @import { Histories, Step, Who } from './guide.js' */
/** @import { Chapter } from './guide-draw.js' */

/** After this long without an answer the step may be sent again. */
const ANSWER_MS_MAX = 8000;

/**
 * @typedef {object} Clock
 * @property {(minutes: number) => Promise<void>} pass
 * @property {(number: string) => number | undefined} minutesToTask
 */

/**
 * @param {Record<Who, Phone>} cast
 * @param {object} page what the guide moves on the page
 * @param {Clock} page.clock
 * @param {(phone: Phone) => void} page.bringToView
 * @param {(kind: string | undefined) => void} page.openNewest of a kind, or of all records
 * @param {() => Promise<void>} page.sync fetches what the phones show
 */
export function guideView(cast, { clock, bringToView, openNewest, sync }) {
  const root = find(document, '#guide', HTMLElement);
  const button = find(root, '#guide-send', HTMLButtonElement);

  const place = placeIn(cast, clock.minutesToTask);
  const { next, skip } = place;
  let track = trackOf(root, place.chapter());
  let sending = false;
  /** Steps are not drawn while days go by: what they show comes one after the other. */
  let isMoving = false;
  /** @type {number | undefined} */
  let timer;
  let isOverdue = false;
  let current = /** @type {Step | undefined} */ (undefined);

  const waitAnew = () => {
    clearTimeout(timer);
    timer = undefined;
    isOverdue = false;
  };
  const draw = () => {
    if (isMoving) return;
    if (place.findChapter()) track = trackOf(root, place.chapter());
    const chapter = place.chapter();
    const { index, waiting, step, line } = next();
    for (const [at, item] of track.entries()) {
      item.className = at < index ? 'done' : at === index ? 'now' : '';
    }
    for (const [who, { root: phone }] of Object.entries(cast)) {
      phone.toggleAttribute('data-next', step?.who === who);
    }
    if (step !== current) waitAnew();
    current = step;
    const awaited = (waiting || sending) && !isOverdue;
    drawChapter(root, chapter, step === undefined);
    if (step === undefined) drawEnd(root, chapter);
    else {
      const why = whyFor(step, cast[step.who].messages, line);
      const name = step.before === undefined ? cast[step.who].name : t('sandbox.clock');
      drawStep(root, step, { chapter, index, line, why, awaited, name });
    }
    // Days take their time to go by.
    if (step === undefined || step.before !== undefined || !awaited) return;
    timer ??= window.setTimeout(() => {
      isOverdue = true;
      draw();
    }, ANSWER_MS_MAX);
  };

  /** Takes a step; whether that went well. @param {Step} step @param {string} line @param {number} minutes */
  const take = async (step, line, minutes) => {
    const phone = cast[step.who];
    if (step.before === undefined) {
      return step.photo === true ? await phone.saySample(line) : await phone.say(line);
    }
    isMoving = true;
    await clock
      .pass(minutes)
      .then(sync)
      .catch(() => undefined);
    isMoving = false;
    return true;
  };

  button.addEventListener('click', async () => {
    const { step, line, minutes } = next();
    if (step === undefined) openNewest(place.chapter().record);
    if (step === undefined || line === undefined || !isReady(button)) return;
    sending = true;
    waitAnew();
    bringToView(cast[step.who]);
    draw();
    const taken = await take(step, line, minutes);
    sending = false;
    if (!taken) isOverdue = true;
    draw();
  });
  find(root, '#guide-skip', HTMLButtonElement).addEventListener('click', () => {
    skip();
    draw();
  });
  find(root, '#guide-chapter', HTMLButtonElement).addEventListener('click', () => {
    place.turn();
    track = trackOf(root, place.chapter());
    draw();
  });
  return { draw };
}

/**
 * Where somebody is: in which chapter, and at which step of it.
 * @param {Record<Who, Phone>} cast
 * @param {Clock['minutesToTask']} minutesToTask
 */
function placeIn(cast, minutesToTask) {
  /** @type {Set<string>} */
  const skipped = new Set();
  let chapter = /** @type {Chapter} */ (LOOP);
  /** Where the second chapter begins on the phones; undefined until it was opened. */
  let begin = /** @type {Record<Who, number> | undefined} */ (undefined);
  let isFound = false;

  /** @returns {Histories} */
  const histories = () => ({
    resident: cast.resident.messages,
    organizer: cast.organizer.messages,
    redeemer: cast.redeemer.messages,
  });
  const next = () => {
    const all = histories();
    const told = begin === undefined || chapter === LOOP ? all : since(all, begin);
    const { index, waiting } = progress(told, skipped, chapter.steps, minutesToTask);
    const step = chapter.steps[index];
    const around = { shown: all.resident, minutesToTask };
    const line = step && lineFor(step, told, (id) => t(`guide.${id}.send`), around);
    const left = minutesToTask(joinedTask(told)) ?? 0;
    return { index, waiting, step, line, minutes: Math.ceil(left - (step?.before ?? 0)) };
  };
  const turn = () => {
    begin ??= progress(histories(), skipped).from;
    chapter = chapter === LOOP ? DAY : LOOP;
  };
  return {
    chapter: () => chapter,
    next,
    turn,
    skip: () => {
      const { step } = next();
      if (step !== undefined) skipped.add(step.id);
    },
    /** Whoever loads the page again goes on in the second chapter, where that was begun; whether it changed. */
    findChapter: () => {
      if (isFound) return false;
      isFound = true;
      if (next().step !== undefined) return false;
      turn();
      if (next().index > 0) return true;
      turn();
      begin = undefined;
      return false;
    },
  };
}

/** @param {HTMLElement} button */
const isReady = (button) => button.getAttribute('aria-disabled') !== 'true';
