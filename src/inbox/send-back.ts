/**
 * Words that move authority, said by SMS: a sender's number can be forged but not read, so the phone
 * gets a number that has to come back from it. Source: domain.md, Roles and authority.
 */
import type { Command, SessionData, Talk } from '../conversation/command.ts';
import type { Reply } from '../conversation/message.ts';
import { NUMBER_STEP } from '../conversation/router.ts';
import { replyWith } from '../conversation/speech.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import { plainLetters } from '../lib/letters.ts';
import { isOfLastMinute } from '../lib/sent-twice.ts';
import { shorten } from '../lib/text.ts';
import { hasRoom, take } from '../services/budgets/spend.ts';

const DIGITS = 4;
const RANDOM_BYTES = 4;
const MINUTES = 10;
const TRIES = 3;
/** So much of the words is shown beside the number. */
const WORDS_SHOWN = 70;

/** What came of an answer to the question for the number. */
type Proof =
  | { readonly kind: 'proved'; readonly args: string }
  | { readonly kind: 'asked-again'; readonly reply: Reply }
  /** Nothing was done; the message is understood afresh. */
  | { readonly kind: 'dropped'; readonly reply: Reply };

/** The command that a number was asked for, and what its question kept. */
type Asked = { readonly command: string; readonly data: SessionData };

/** Runs a command, or asks for the number first where it moves authority and came by SMS. */
export function runOrAsk(talk: Talk, command: Command, args: string): Reply | readonly Reply[] {
  if (command.movesAuthority !== true || talk.channel !== 'sms') return command.run(talk, args);
  const explained = command.explain?.(talk, args);
  if (explained !== undefined) return explained;
  const { context } = talk;
  if (!hasRoom(context, 'wrongNumbers', talk.person.id).ok)
    return replyWith(talk.say('number.wait'));
  const number = newNumber(context.random.bytes(RANDOM_BYTES));
  const until = context.now + MINUTES * MINUTE_MS;
  return askFor(talk, command.name, { args, number, triesLeft: TRIES, until });
}

/** Asks for the number to the words of a command. */
function askFor(talk: Talk, command: string, data: SessionData): Reply {
  const { args, number } = data;
  ask(talk, data);
  // The sentence around them has a full stop of its own.
  const said = `${talk.word(command)} ${args}`.trim().replace(/[.\s]+$/u, '');
  const words = shorten(said, WORDS_SHOWN);
  return replyWith(talk.say('number.ask', { number: String(number), words, minutes: MINUTES }));
}

/** Are these the words that the number was asked for, sent twice by a phone? */
function isSentTwice({ context, commandIn }: Talk, text: string, asked: Asked): boolean {
  const { command, data } = asked;
  const said = commandIn(text);
  const askedAt = Number(data.until) - MINUTES * MINUTE_MS;
  return (
    said?.name === command && said.args === data.args && isOfLastMinute(askedAt, context.sentAt)
  );
}

/** Takes what came in the place of the number: the number itself, a wrong one, or something else. */
export function takeNumber(talk: Talk, text: string, asked: Asked): Proof {
  const { command, data } = asked;
  const said = plainLetters(text).replace(/[\s.\-#]/gu, '');
  const { args, number, until } = data;
  if (isSentTwice(talk, text, asked)) {
    return { kind: 'asked-again', reply: askFor(talk, command, data) };
  }
  const isTime = Number(until) > talk.context.sentAt;
  if (!/^\d{4}$/.test(said) || !isTime) {
    return { kind: 'dropped', reply: replyWith(talk.say('number.dropped')) };
  }
  if (said === number) return { kind: 'proved', args: String(args) };
  take(talk.context, 'wrongNumbers', talk.person.id, 1);
  const triesLeft = Number(data.triesLeft) - 1;
  if (triesLeft <= 0) {
    return { kind: 'asked-again', reply: replyWith(talk.say('number.ended')) };
  }
  ask(talk, { ...data, triesLeft });
  return { kind: 'asked-again', reply: replyWith(talk.say('number.wrong', { left: triesLeft })) };
}

/** The number is kept in the session alone, which is sealed. */
const ask = (talk: Talk, data: SessionData): void => talk.ask(NUMBER_STEP, data);

function newNumber(bytes: Uint8Array): string {
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}
