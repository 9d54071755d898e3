// The guide's second chapter: the day of a task, from joining one with a date to what the record says.

import { joinedTask } from './guide.js';
import {
  APPROVE,
  DECIDED,
  DONE,
  folded,
  JOIN,
  JOINED,
  numberIn,
  TAKEN,
  YES,
} from './guide-words.js';

/** @import { SandboxMessage } from '../page-data.ts' */
/** @import { Around, Histories, Step, Who } from './guide.js' */

const DAY_MINUTES = 24 * 60;
/** The clock says nothing on a phone. */
const NEVER = /(?!)/;
/** What the organizer reads in the roster, and in the reminder before the task. */
const CHECK_IN_CODE = /(?:check-in code|codigo de llegada)[^:]*: (\d{4})\b/;
const LISTED = /^(\d+) /gm;
const CHECKED_IN = /\bchecked in\b.*\bfor task\b|\b(?:anotamos|anotado) que llegaste\b/;

/** @type {readonly Step[]} */
export const DAY_STEPS = [
  {
    id: 'day-join',
    like: 'join',
    who: 'resident',
    says: JOIN,
    must: true,
    shows: JOINED,
    number: taskToJoin,
  },
  {
    id: 'day-eve',
    who: 'resident',
    says: NEVER,
    must: false,
    before: DAY_MINUTES,
    number: joinedTask,
  },
  { id: 'day-keep', who: 'resident', says: YES, must: false, asked: true, number: joinedTask },
  { id: 'day-start', who: 'organizer', says: NEVER, must: false, before: 0, number: joinedTask },
  {
    id: 'day-roster',
    who: 'organizer',
    says: /^(?:roster|personas)\b/,
    must: false,
    shows: CHECK_IN_CODE,
    number: joinedTask,
  },
  {
    id: 'day-here',
    who: 'resident',
    says: /^(?:here|aqui) \d/,
    must: false,
    shows: CHECKED_IN,
    code: checkInCode,
  },
  {
    id: 'day-done',
    like: 'done',
    who: 'resident',
    says: DONE,
    must: true,
    photo: true,
    shows: TAKEN,
  },
  { id: 'day-agree', like: 'agree', who: 'resident', says: YES, must: false, asked: true },
  {
    id: 'day-approve',
    like: 'approve',
    who: 'organizer',
    says: APPROVE,
    must: true,
    shows: DECIDED,
  },
];

/**
 * What the phones show since the chapter before ended.
 * @param {Histories} histories
 * @param {Record<Who, number>} from
 * @returns {Histories}
 */
export const since = ({ resident, organizer, redeemer }, from) => ({
  resident: resident.slice(from.resident),
  organizer: organizer.slice(from.organizer),
  redeemer: redeemer.slice(from.redeemer),
});

/**
 * The first task that the resident's phone offers, has not begun and was not tried in vain.
 * @param {Histories} histories
 * @param {Around} around
 */
function taskToJoin({ resident }, { shown, minutesToTask }) {
  const tried = resident
    .filter(({ direction, text }) => direction === 'in' && JOIN.test(folded(text)))
    .map(({ text }) => numberIn(text));
  return shown
    .toReversed()
    .flatMap(numbersOn)
    .find(
      (number) =>
        number !== undefined && minutesToTask(number) !== undefined && !tried.includes(number),
    );
}

/** The tasks that a message offers: by its choices, else by the lines of its list. @param {SandboxMessage} message */
function numbersOn({ direction, text, choices }) {
  if (direction === 'in') return [];
  const offered = choices.filter(({ send }) => JOIN.test(folded(send)));
  return offered.length > 0
    ? offered.map(({ send }) => numberIn(send))
    : [...text.matchAll(LISTED)].map(([, number]) => number);
}

/** The check-in code that the organizer's phone showed last. @param {Histories} histories */
function checkInCode({ organizer }) {
  return organizer
    .flatMap(({ direction, text }) => {
      const [, code] = (direction === 'out' && CHECK_IN_CODE.exec(folded(text))) || [];
      return code === undefined ? [] : [code];
    })
    .at(-1);
}
