/**
 * Answers messages that were not understood: each in a row in other words, and none that only
 * repeats itself. Where two in a row were not, it is counted by language and question.
 */
import type { Command, SessionData } from '../conversation/command.ts';
import type { Reply } from '../conversation/message.ts';
import { answerReplies, offerChoices, unknownReplies } from '../conversation/misunderstanding.ts';
import type { Voice } from '../conversation/speech.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { isRepeated } from '../services/budgets/admit-message.ts';
import { chooseUnsaid, countUnclear } from '../services/budgets/misunderstand.ts';
import type { Context } from '../services/context.ts';
import { seeNext } from '../services/people/see-next.ts';
import type { Questions } from './questions.ts';
import type { Said } from './said.ts';

type Work = {
  readonly mailer: Pick<Mailer, 'speech'>;
  readonly context: Context;
  readonly questions: Pick<Questions, 'ask'>;
};

/** So many in a row tell an operator that somebody is stuck. */
const STUCK_COUNT = 2;

/** Counts one more in a row; undefined where no answer helps. */
function countOne({ context }: Work, { person, text }: Said, question?: string) {
  if (isRepeated(context, person.id, text)) return undefined;
  const count = countUnclear(context, person.id);
  if (count === STUCK_COUNT) context.stuck.push({ language: person.language, question });
  return count;
}

/** Where all was said before, never the same two times one after the other. */
function inTurn(replies: readonly Reply[], count: number): Reply {
  const reply = replies[count % replies.length];
  if (reply === undefined) throw new Error('inTurn: no reply');
  return reply;
}

/** Answers a message that means nothing here. */
export function answerUnknown(work: Work, said: Said): readonly Reply[] {
  const count = countOne(work, said);
  if (count === undefined) return [];
  return [count === 1 ? repliesTo(work, said).first : answerOnceMore(work, said, count)];
}

/** A voice that notes what it says of how commands are written. */
export const notingUsages = (voice: Voice, usages: Set<string>): Voice => ({
  ...voice,
  say: (key, params) => {
    const text = voice.say(key, params);
    if (key.endsWith('.usage')) usages.add(text);
    return text;
  },
});

/** Answers a command that was written in another way: how it is written, and that once in a row. */
export function answerUsage(work: Work, said: Said, usage: Reply): readonly Reply[] {
  const { context } = work;
  const count = countUnclear(context, said.person.id);
  if (count === undefined) return [];
  if (count === STUCK_COUNT)
    context.stuck.push({ language: said.person.language, question: undefined });
  const unsaid = chooseUnsaid(context, said.person.id, [usage]);
  return [unsaid ?? answerOnceMore(work, said, count)];
}

const repliesTo = ({ mailer, context }: Work, { person }: Said) =>
  unknownReplies(
    mailer.speech(person.language, context.now),
    seeNext(context, person),
    context.city,
  );

/** Offers three things or a person; after that what was not said yet. */
function answerOnceMore(work: Work, said: Said, count: number): Reply {
  const { mailer, context, questions } = work;
  if (count === STUCK_COUNT) {
    const voice = mailer.speech(said.person.language, context.now);
    const { reply, words } = offerChoices(voice, seeNext(context, said.person), context.city);
    questions.ask({ command: 'help', step: 'choose' }, words);
    return reply;
  }
  const { later } = repliesTo(work, said);
  return chooseUnsaid(context, said.person.id, later) ?? inTurn(later, count);
}

/** Answers what could not be taken as the answer of a question, which stays open. */
export function answerAgain(
  work: Work,
  said: Said,
  asked: {
    readonly command: Command;
    readonly step: string;
    readonly data: SessionData;
    /** What the question says of it. */
    readonly own: Reply | undefined;
  },
): readonly Reply[] {
  const { mailer, context } = work;
  const { command, step, data, own } = asked;
  const count = countOne(work, said, `${command.name}.${step}`);
  if (count === undefined) return [];
  const { city, now } = context;
  const voice = mailer.speech(said.person.language, now);
  const hint = command.hints?.[step];
  const replies = answerReplies(voice, city, { hint, own, data });
  const unsaid = chooseUnsaid(context, said.person.id, replies) ?? inTurn(replies, count);
  const { isAgain: _isAgain, ...reply } = unsaid;
  // Whoever hears one refusal after another learns that they may leave it.
  const isLeft = unsaid === own && count > 1;
  const text = isLeft ? `${reply.text} ${voice.say('again.leave')}` : reply.text;
  return [{ ...reply, text, ...(own?.isPublic === true && { isPublic: true }) }];
}
