/**
 * Answers by SMS, where there are neither buttons nor room: as much as three segments hold, the rest
 * for MORE, and what the person can say next by a number.
 */
import type { Choice, Reply } from '../conversation/message.ts';
import { HOUR_MS } from '../lib/clock.ts';
import { plainDigits } from '../lib/digits.ts';
import { toGsm7 } from '../lib/gsm7.ts';
import { fitsSms, smsSegments } from '../lib/sms-pieces.ts';
import { splitText } from '../lib/split-text.ts';
import type { Answers, MailerParts, Moment } from './deliveries.ts';

export type SmsPage = {
  readonly reply: Reply;
  /** The part that MORE gives; null when `reply` holds all of it. */
  readonly rest: Pick<Reply, 'text' | 'choices'> | null;
  /** The words that each number stands for. */
  readonly numbers: Readonly<Record<string, string>>;
};

const LENGTH_MAX = 459;
const NUMBERED_MAX = 4;
/** 'JOIN 3' of a list in which 3 is a line. */
const ENDS_WITH_NUMBER = / #?(\d{1,9})$/;

/** Finds the numbers that begin lines of a text: what is listed there has a number already. */
const readListNumbers = (text: string): ReadonlySet<string> =>
  new Set([...plainDigits(text).matchAll(/^#?(\d{1,9})\b/gmu)].map(([, number = '']) => number));

/** Lets the number of each line in a list say the first thing that is offered about it. */
function numberList(choices: readonly Choice[], listed: ReadonlySet<string>) {
  const numbers: Record<string, string> = {};
  for (const { send } of choices) {
    const number = ENDS_WITH_NUMBER.exec(send)?.[1];
    if (number !== undefined && listed.has(number)) numbers[number] ??= send;
  }
  return numbers;
}

/** Offers by number what the text does not name, where that costs no other segment. */
function addNumbers(
  reply: Reply,
  choices: readonly Choice[],
  number: (number: number) => string,
): Pick<SmsPage, 'reply' | 'numbers'> {
  const { text } = reply;
  const offered = choices
    .filter(({ send }) => !plainDigits(text).includes(send))
    .slice(0, NUMBERED_MAX);
  if (offered.length === 0) return { reply, numbers: {} };
  const line = offered.map(({ label }, at) => `${number(at + 1)} ${label}`).join(', ');
  const longer = `${text}\n${line}`;
  if (smsSegments(longer) > smsSegments(text)) return { reply, numbers: {} };
  return {
    reply: { ...reply, text: longer },
    numbers: Object.fromEntries(offered.map(({ send }, at) => [String(at + 1), send])),
  };
}

/** The last of the answers becomes a page; its rest, and what numbers say, is kept for an hour. */
export function pageLast(
  { speech, isCareful }: MailerParts,
  { tx, now }: Moment,
  { to: { identityId }, language, replies }: Answers,
): readonly Reply[] {
  const last = replies.at(-1);
  if (last === undefined) return replies;
  const isAsked = tx.sessions.get(identityId) !== undefined;
  const voice = speech(language, now);
  const more = voice.say('more.hint', { word: voice.word('more') });
  const { reply, rest, numbers } = pageOf(last, { more, isAsked, isCareful, number: voice.number });
  const hasNumbers = Object.keys(numbers).length > 0;
  if (rest === null && !hasNumbers) {
    if (tx.followUps.isThere(identityId)) tx.followUps.end(identityId);
  } else {
    const choices = hasNumbers ? numbers : null;
    tx.followUps.put({ identityId, rest, choices, expiresAt: now + HOUR_MS });
  }
  return [...replies.slice(0, -1), reply];
}

/**
 * Makes one answer what SMS can carry. `more` is the sentence that ends a page when there is more;
 * while a question is open (`isAsked`), a number answers that. What `isCareful` finds to move
 * credits or codes has to be said in words.
 */
export function pageOf(
  reply: Reply,
  how: Pick<MailerParts, 'isCareful'> & {
    readonly more: string;
    readonly isAsked: boolean;
    /** Writes a number in the person's digits. */
    readonly number?: (number: number) => string;
  },
): SmsPage {
  const { isAsked, isCareful, number = String } = how;
  const text = toGsm7(reply.text);
  // One letter of another alphabet would leave room for less than half.
  const more = toGsm7(how.more);
  if (!fitsSms(text)) {
    const [first = '', ...others] = splitText(text, LENGTH_MAX, (piece) =>
      fitsSms(`${piece}\n${more}`),
    );
    return {
      reply: { ...reply, text: `${first}\n${more}`, choices: [] },
      rest: { text: others.join('\n'), choices: reply.choices },
      numbers: {},
    };
  }
  if (isAsked) return { reply, rest: null, numbers: {} };
  const free = reply.choices.filter(({ send }) => !isCareful(send));
  const listed = readListNumbers(text);
  return listed.size > 0
    ? { reply, rest: null, numbers: numberList(free, listed) }
    : { ...addNumbers(reply, free, number), rest: null };
}
