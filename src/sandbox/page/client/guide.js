// The way through the whole loop. Where somebody stands is read off the messages themselves, so
// it survives a reload, and somebody who types the steps by hand is followed just as well.

/** @import { SandboxMessage } from '../page-data.ts' */

/** @typedef {'resident' | 'organizer' | 'redeemer'} Who */
/** @typedef {Record<Who, readonly SandboxMessage[]>} Histories */

/**
 * @typedef {object} Step
 * @property {string} id names its texts in the catalog
 * @property {Who} who whose phone it happens on
 * @property {RegExp} says recognizes the step in what was sent, in any language
 * @property {boolean} must whether the loop cannot go on without it
 * @property {RegExp} [shows] recognizes the answer to a step that succeeded, in any language
 * @property {boolean} [photo] the sample photo goes along
 */

const YES = /^(?:ok|okay|yes|si|acepto|de acuerdo|vale)\b/;

/** @type {readonly Step[]} */
export const STEPS = [
  { id: 'hi', who: 'resident', says: /./, must: false },
  { id: 'consent', who: 'resident', says: YES, must: false },
  { id: 'tasks', who: 'resident', says: /^(?:tasks|tareas)\b/, must: false },
  {
    id: 'join',
    who: 'resident',
    says: /^(?:join|unirme)\b/,
    must: true,
    shows: /\b(?:drop|soltar) \d/,
  },
  {
    id: 'done',
    who: 'resident',
    says: /^(?:done|listo)\b/,
    must: true,
    photo: true,
    shows: /\bok\b|thank you|gracias/,
  },
  { id: 'agree', who: 'resident', says: YES, must: false },
  { id: 'review', who: 'organizer', says: /^(?:review|revisar)\b/, must: false },
  {
    id: 'approve',
    who: 'organizer',
    says: /^(?:approve|aprobar)\b/,
    must: true,
    shows: /^(?:approved|aprobada)/,
  },
  { id: 'balance', who: 'resident', says: /^(?:balance|saldo)\b/, must: false },
  { id: 'offers', who: 'resident', says: /^(?:offers|ofertas)\b/, must: false },
  {
    id: 'redeem',
    who: 'resident',
    says: /^(?:redeem|canjear)\b/,
    must: true,
    shows: /\b[0-9a-z]{4}-[0-9a-z]{4}\b/,
  },
  {
    id: 'confirm',
    who: 'redeemer',
    says: /^(?:confirm|confirmar)\b/,
    must: true,
    shows: /^(?:give it|entregalo)/,
  },
];

/** Small letters, no accents, no slash in front. @param {string} text */
const folded = (text) =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/^\//, '');

/**
 * @param {Step} step
 * @param {SandboxMessage} message
 */
const isStep = (step, message) =>
  message.direction === 'in' &&
  (step.says.test(folded(message.text)) ||
    (step.photo === true && (message.pictures?.length ?? 0) > 0));

/**
 * Whether what was sent had its answer, and that says that it worked. Nothing is said of what
 * still waits for its answer.
 * @param {Step} step
 * @param {readonly SandboxMessage[]} history
 * @param {number} at
 */
function worked(step, history, at) {
  const next = history.findIndex(({ direction }, index) => index > at && direction === 'in');
  const answers = history.slice(at + 1, next < 0 ? undefined : next);
  const { shows } = step;
  if (shows === undefined || answers.length === 0) return true;
  return answers.some(({ text }) => shows.test(folded(text)));
}

/**
 * Which step comes next (`STEPS.length` when all are done), and whether it has been sent and its
 * answer is awaited.
 * A step that the loop can do without is passed by when the next one that it needs is done.
 * @param {Histories} histories
 * @param {ReadonlySet<string>} [skipped] ids of steps to pass by
 * @returns {{ index: number, waiting: boolean }}
 */
export function progress(histories, skipped = new Set()) {
  /** @type {Record<Who, number>} */
  const from = { resident: 0, organizer: 0, redeemer: 0 };
  const found = (/** @type {Step} */ step) =>
    histories[step.who].findIndex(
      (message, at) =>
        at >= from[step.who] && isStep(step, message) && worked(step, histories[step.who], at),
    );

  for (const [index, step] of STEPS.entries()) {
    const at = found(step);
    const needed = STEPS.slice(index).find((later) => later.must);
    const passed = !step.must && needed !== undefined && found(needed) >= 0;
    // A "yes" said later belongs to a later question, and JOIN is no hello.
    const own = at >= 0 && !(passed && needed?.who === step.who && found(needed) <= at);
    if (own) {
      const answered = histories[step.who]
        .slice(at + 1)
        .some(({ direction }) => direction === 'out');
      if (!answered && !skipped.has(step.id)) return { index, waiting: true };
      from[step.who] = at + 1;
    } else if (!passed && !skipped.has(step.id)) {
      return { index, waiting: false };
    }
  }
  return { index: STEPS.length, waiting: false };
}

const CODE = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/gi;

/** The newest redemption code that this person was given. @param {readonly SandboxMessage[]} history */
export function codeIn(history) {
  for (const { direction, text } of history.toReversed()) {
    const code = direction === 'out' ? text.match(CODE)?.at(-1) : undefined;
    if (code !== undefined) return code.toUpperCase();
  }
  return undefined;
}

/**
 * The number that a step is about: the one just joined for evidence, else the first that the
 * city offered for this very step, else 1.
 * @param {Step} step
 * @param {Histories} histories
 */
export function numberFor(step, histories) {
  const own = histories[step.who].toReversed();
  const numberIn = (/** @type {string} */ text) => text.match(/\d+/)?.[0];
  if (step.id === 'done') {
    const joined = own.find(
      ({ direction, text }) => direction === 'in' && /^(?:join|unirme)\b/.test(folded(text)),
    );
    return (joined && numberIn(joined.text)) ?? '1';
  }
  for (const { choices } of own) {
    const offered = choices.find(({ send }) => step.says.test(folded(send)));
    if (offered !== undefined) return numberIn(offered.send) ?? '1';
  }
  return '1';
}

/**
 * What to send for a step, from its text in the catalog (`JOIN {number}`); `undefined` while the
 * code that it needs is not there.
 * @param {Step} step
 * @param {Histories} histories
 * @param {string} template
 */
export function lineFor(step, histories, template) {
  const code = codeIn(histories.resident);
  if (template.includes('{code}') && code === undefined) return undefined;
  return template.replace('{code}', code ?? '').replace('{number}', numberFor(step, histories));
}
