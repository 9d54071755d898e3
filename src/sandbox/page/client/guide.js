// The way through a chapter, and the first one: the whole loop. Where somebody stands is read off the messages themselves, so
// it survives a reload, and somebody who types the steps by hand is followed just as well.

import {
  APPROVE,
  CODE,
  CONFIRMED,
  codesIn,
  DECIDED,
  DONE,
  DROP,
  EVIDENCE,
  folded,
  isApproval,
  JOIN,
  JOINED,
  numberIn,
  REDEEM,
  REJECTED,
  RELEASE,
  TAKEN,
  YES,
} from './guide-words.js';

/** @import { SandboxMessage } from '../page-data.ts' */

/** @typedef {'resident' | 'organizer' | 'redeemer'} Who */
/** @typedef {Record<Who, readonly SandboxMessage[]>} Histories */

/**
 * What the city knows beside the phones.
 * @typedef {object} Around
 * @property {readonly SandboxMessage[]} shown all that the resident's phone shows, earlier chapters too
 * @property {(number: string) => number | undefined} minutesToTask until a task begins; undefined when it has
 */

/**
 * @typedef {object} Step
 * @property {string} id names its texts in the catalog
 * @property {Who} who whose phone it happens on
 * @property {RegExp} says recognizes the step in what was sent, in any language
 * @property {boolean} must whether the loop cannot go on without it
 * @property {RegExp} [shows] recognizes the answer to a step that succeeded, in any language
 * @property {boolean} [photo] the sample photo goes along
 * @property {boolean} [asked] it answers a question: without one on the phone it is passed by
 * @property {string} [like] the step of the first chapter that it repeats
 * @property {number} [before] moves the city's time to so many minutes before the task
 * @property {(histories: Histories, around: Around) => string | undefined} [number] what `{number}` is
 * @property {(histories: Histories) => string | undefined} [code] what `{code}` is
 */

/** @type {Around} */
const NOTHING_AROUND = { shown: [], minutesToTask: () => undefined };

/** @type {readonly Step[]} */
export const STEPS = [
  { id: 'hi', who: 'resident', says: /./, must: false },
  { id: 'consent', who: 'resident', says: YES, must: false, asked: true },
  { id: 'tasks', who: 'resident', says: /^(?:tasks|tareas)\b/, must: false },
  {
    id: 'join',
    who: 'resident',
    says: JOIN,
    must: true,
    shows: JOINED,
  },
  {
    id: 'done',
    who: 'resident',
    says: DONE,
    must: true,
    photo: true,
    shows: TAKEN,
  },
  { id: 'agree', who: 'resident', says: YES, must: false, asked: true },
  { id: 'review', who: 'organizer', says: /^(?:review|revisar)\b/, must: false },
  {
    id: 'approve',
    who: 'organizer',
    says: APPROVE,
    must: true,
    shows: DECIDED,
  },
  { id: 'balance', who: 'resident', says: /^(?:balance|saldo)\b/, must: false },
  { id: 'offers', who: 'resident', says: /^(?:offers|ofertas)\b/, must: false },
  {
    id: 'redeem',
    who: 'resident',
    says: REDEEM,
    must: true,
    shows: new RegExp(CODE.source, 'i'),
  },
  {
    id: 'confirm',
    who: 'redeemer',
    says: /^(?:confirm|confirmar)\b/,
    must: true,
    shows: CONFIRMED,
  },
];

/**
 * @param {Step} step
 * @param {SandboxMessage} message
 */
const isStep = (step, message) =>
  message.direction === 'in' &&
  (step.says.test(folded(message.text)) ||
    (step.photo === true && (message.pictures?.length ?? 0) > 0));

/** What came after a message and before the next one. @param {readonly SandboxMessage[]} history @param {number} at */
function answersTo(history, at) {
  const next = history.findIndex(({ direction }, index) => index > at && direction === 'in');
  return history.slice(at + 1, next < 0 ? undefined : next);
}

/**
 * Whether what was sent had its answer, that says that it worked, and nothing undid it since.
 * Nothing is said of what still waits for its answer.
 * @param {Step} step
 * @param {Histories} histories
 * @param {number} at
 */
function worked(step, histories, at) {
  const answers = answersTo(histories[step.who], at);
  const { shows } = step;
  if (shows === undefined || answers.length === 0) return true;
  return answers.some(({ text }) => shows.test(folded(text))) && holds(step, histories, at);
}

/**
 * Others act on these phones too, and people go back: whether a step was the resident's own, and
 * still counts.
 * @param {Step} step
 * @param {Histories} histories
 * @param {number} at
 */
function holds({ id, who, like = id }, histories, at) {
  const { resident } = histories;
  const { text = '', at: time = '' } = histories[who][at] ?? {};
  const later = resident.slice(at + 1);
  const told = (/** @type {RegExp} */ what) =>
    later.some((message) => message.direction === 'out' && what.test(folded(message.text)));
  switch (like) {
    case 'join':
      return !later.some((message) => isSaid(message, DROP, numberIn(text)));
    case 'done':
      return !told(REJECTED);
    case 'approve':
      return resident.some(
        (message) =>
          message.direction === 'out' && message.at >= time && isApproval(folded(message.text)),
      );
    case 'redeem':
      return answersTo(resident, at).some((answer) =>
        codesIn(answer.text).some((code) => isLive(code, histories)),
      );
    case 'confirm':
      return codesIn(text).some((code) => codesOf(resident).includes(code));
    default:
      return true;
  }
}

/** @param {SandboxMessage} message @param {RegExp} word @param {string | undefined} number */
const isSaid = ({ direction, text }, word, number) =>
  direction === 'in' && word.test(folded(text)) && numberIn(text) === number;

/** The codes that a phone was given, in order. @param {readonly SandboxMessage[]} history */
const codesOf = (history) =>
  history.flatMap(({ direction, text }) => (direction === 'out' ? codesIn(text) : []));

/** Whether a code was neither given back nor refused. @param {string} code @param {Histories} histories */
function isLive(code, { resident, redeemer }) {
  const isBack = resident.some(
    ({ direction, text }) =>
      direction === 'in' && RELEASE.test(folded(text)) && codesIn(text).includes(code),
  );
  const answers = redeemer.flatMap(({ direction, text }, at) =>
    direction === 'in' && codesIn(text).includes(code) ? answersTo(redeemer, at) : [],
  );
  const isRefused = answers.length > 0 && !answers.some(({ text }) => CONFIRMED.test(folded(text)));
  return !isBack && !isRefused;
}

/**
 * Which step comes next (as many as there are when all are done), whether it has been sent and its
 * answer is awaited, and from where on (`from`) the phones show what belongs to it.
 * A step is passed by when a later one that the chapter needs is done.
 * @param {Histories} histories
 * @param {ReadonlySet<string>} [skipped] ids of steps to pass by
 * @param {readonly Step[]} [steps] of the chapter
 * @param {Around['minutesToTask']} [minutesToTask]
 * @returns {{ index: number, waiting: boolean, from: Record<Who, number> }}
 */
export function progress(
  histories,
  skipped = new Set(),
  steps = STEPS,
  minutesToTask = NOTHING_AROUND.minutesToTask,
) {
  /** @type {Record<Who, number>} */
  const from = { resident: 0, organizer: 0, redeemer: 0 };
  const found = (/** @type {Step} */ step) =>
    histories[step.who].findIndex(
      (message, at) => at >= from[step.who] && isStep(step, message) && worked(step, histories, at),
    );

  for (const [index, step] of steps.entries()) {
    const at = found(step);
    const needed = steps.slice(index + 1).find((later) => later.must && found(later) >= 0);
    const passed =
      needed !== undefined ||
      (step.before !== undefined && isReached(step.before, histories, minutesToTask)) ||
      (step.asked === true && !isAsked(step, histories)) ||
      (step.who === 'organizer' && isApproved(histories));
    // A "yes" said later belongs to a later question, and JOIN is no hello.
    const own = at >= 0 && !(needed?.who === step.who && found(needed) <= at);
    if (own) {
      const answered = histories[step.who]
        .slice(at + 1)
        .some(({ direction }) => direction === 'out');
      if (!answered && !skipped.has(step.id)) return { index, waiting: true, from };
      from[step.who] = at + 1;
    } else if (!passed && !skipped.has(step.id)) {
      return { index, waiting: false, from };
    }
  }
  return { index: steps.length, waiting: false, from };
}

/** Whether the time has come to so many minutes before the task. @param {number} before @param {Histories} histories @param {Around['minutesToTask']} minutesToTask */
const isReached = (before, histories, minutesToTask) =>
  (minutesToTask(joinedTask(histories)) ?? 0) <= before;

/** Whether the newest message of a phone offers the answer. @param {Step} step @param {Histories} histories */
const isAsked = ({ who, says }, histories) =>
  histories[who]
    .findLast(({ direction }) => direction === 'out')
    ?.choices.some(({ send }) => says.test(folded(send))) === true;

/** The newest live code that the resident was given. @param {Histories} histories */
export const codeFor = (histories) =>
  codesOf(histories.resident).findLast((code) => isLive(code, histories));

/**
 * The number that a step is about, as the phones show it: the task just joined for evidence, the
 * evidence just sent for its review, else what the city offered for this very step and was not tried
 * in vain. `undefined` when there is none left; 1 where nothing was offered yet.
 * @param {Step} step
 * @param {Histories} histories
 * @param {Around} [around]
 */
export function numberFor(step, histories, around = NOTHING_AROUND) {
  const own = histories[step.who];
  const { like = step.id, number } = step;
  if (number !== undefined) return number(histories, around);
  if (like === 'done') return joinedTask(histories);
  if (like === 'review') return ownEvidence(histories);
  const tried = own.flatMap(({ direction, text }, at) => {
    const isDecided = direction === 'in' && step.says.test(folded(text));
    // What earned more since may go now, and a task that was left can be joined again.
    const later = own.slice(at);
    const isPast =
      (like === 'redeem' && later.some((message) => isApproval(folded(message.text)))) ||
      (like === 'join' && later.some((message) => isSaid(message, DROP, numberIn(text))));
    return isDecided && !isPast ? [numberIn(text)] : [];
  });
  if (like === 'approve') {
    const number = ownEvidence(histories);
    return tried.includes(number) ? undefined : number;
  }
  const offered = own
    .toReversed()
    .map(({ choices }) => choices.filter(({ send }) => step.says.test(folded(send))))
    .find((choices) => choices.length > 0);
  if (offered === undefined) return tried.includes('1') ? undefined : '1';
  return offered.map(({ send }) => numberIn(send)).find((number) => !tried.includes(number));
}

/** The evidence that the resident sent last: of others' the queue may be full. @param {Histories} histories */
const ownEvidence = ({ resident }) =>
  resident
    .flatMap(({ direction, text }) => {
      const [, number] = (direction === 'out' && EVIDENCE.exec(folded(text))) || [];
      return number === undefined ? [] : [number];
    })
    .at(-1);

/** Whether the resident's last evidence is approved, whoever did so. @param {Histories} histories */
function isApproved({ resident }) {
  const sent = resident.findLastIndex(
    ({ direction, text }) => direction === 'out' && EVIDENCE.test(folded(text)),
  );
  return resident
    .slice(sent + 1)
    .some(({ direction, text }) => direction === 'out' && isApproval(folded(text)));
}

/** The number of the task that the resident joined last. @param {Histories} histories */
export function joinedTask(histories) {
  const { resident } = histories;
  const join = STEPS.find(({ id }) => id === 'join');
  const at = resident.findLastIndex(
    (message, index) =>
      join !== undefined && isStep(join, message) && worked(join, histories, index),
  );
  return numberIn(resident[at]?.text ?? '') ?? '1';
}

/**
 * What to send for a step, from the texts in the catalog (`JOIN {number}`); `undefined` while what
 * it needs is not there.
 * @param {Step} step
 * @param {Histories} histories
 * @param {(id: string) => string} templateOf the text of a step by its id
 * @param {Around} [around]
 */
export function lineFor(step, histories, templateOf, around = NOTHING_AROUND) {
  const template = templateOf(step.id);
  if (template.includes('{code}')) {
    const code = (step.code ?? codeFor)(histories);
    return code === undefined ? undefined : template.replace('{code}', code);
  }
  if (!template.includes('{number}')) return template;
  const number = numberFor(step, histories, around);
  return number === undefined ? undefined : template.replace('{number}', number);
}
