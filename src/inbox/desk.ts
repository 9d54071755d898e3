/**
 * The desk in a browser: what a form does is what the words of a command do, for the person whose desk
 * it is, as if said from the address that they said LOGIN at. A number that SMS would ask for first is
 * not asked for: the link has reached the phone already.
 */
import type { Command, SessionData } from '../conversation/command.ts';
import { maySay } from '../conversation/command.ts';
import type { Reply } from '../conversation/message.ts';
import type { Question, Router } from '../conversation/router.ts';
import { replyWith } from '../conversation/speech.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import { shorten } from '../lib/text.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { admitMessage } from '../services/budgets/admit-message.ts';
import type { Context } from '../services/context.ts';
import type { DeskAnswer, DeskDeed } from '../services/desk/deed.ts';
import type { AtDesk } from '../services/desk/find-session.ts';
import { rolesOf } from '../services/roles.ts';
import type { WaitingMessage } from '../store/inbox.ts';
import type { Person } from '../store/people.ts';
import type { Questions } from './questions.ts';
import { repliesOf } from './replies.ts';
import { saidNow } from './said.ts';
import { carryOut, talkOf, type Work } from './talk.ts';

type Parts = { readonly router: Router; readonly mailer: Mailer };
/** Somebody at an address, with the questions that are theirs there. */
type Speaker = {
  readonly person: Person;
  readonly channel: string;
  readonly identityId: number;
  readonly questions: Questions;
};

/** So much of what happened is told on the person's channel as well. */
const TOLD_LENGTH_MAX = 220;

/** Does something at the desk, all within the context's transaction. */
export function actAtDesk(
  parts: Parts,
  context: Context,
  { session, person, channel }: AtDesk,
  deed: DeskDeed,
): DeskAnswer {
  const { identityId } = session;
  const questions = questionsAtDesk(context, session);
  const speaker = { person, channel, identityId, questions };
  const replies = refusedForNow(parts, context, speaker) ?? answerTo(parts, context, speaker, deed);
  const isAsked = questionOf(context, session.id) !== undefined;
  return {
    replies: replies.map(({ text, choices, verdict }) => ({
      ...{ text, choices },
      ...(verdict && { verdict }),
    })),
    isAsked,
  };
}

/** Messages of a person have a budget, wherever they come from. */
function refusedForNow(
  { mailer }: Parts,
  context: Context,
  { person, channel }: Speaker,
): readonly Reply[] | undefined {
  const { now: sentAt } = context;
  const room = admitMessage(context, { personId: person.id, channel, isStranger: false, sentAt });
  if (room.ok) return undefined;
  const { say, duration } = mailer.speech(person.language, sentAt);
  const wait = duration(Math.max(MINUTE_MS, room.until - sentAt));
  return [replyWith(say('limit.messages', { duration: wait }))];
}

function answerTo(
  parts: Parts,
  context: Context,
  speaker: Speaker,
  deed: DeskDeed,
): readonly Reply[] {
  const work = workOf(parts, context, speaker);
  const voice = parts.mailer.speech(speaker.person.language, context.now);
  const { questions } = speaker;
  if (deed.kind === 'say') {
    questions.end();
    return say(work, deed);
  }
  const { open } = questions;
  if (open === undefined) return [replyWith(voice.say('login.question-over'))];
  const data = questions.data();
  questions.end();
  const replies = step(work, open, { text: deed.text, data });
  if (replies !== null) return replies;
  // It was no answer: the question stays open.
  questions.ask(open, data);
  return [replyWith(voice.say('login.no-answer'))];
}

/** Runs one step of a command, as if its question had been asked with this data. */
export function stepAtDesk(
  parts: Parts,
  context: Context,
  speaker: Omit<Speaker, 'questions'>,
  asked: Question & { readonly text: string; readonly data: SessionData },
): readonly Reply[] {
  const work = workOf(parts, context, { ...speaker, questions: NO_QUESTIONS });
  return step(work, asked, asked) ?? [];
}

function say(
  work: Work,
  { command: name, args }: Extract<DeskDeed, { readonly kind: 'say' }>,
): readonly Reply[] {
  const command = work.router.commands.get(name);
  if (command === undefined) throw new Error(`There is no command ${name}.`);
  return allowed(work, command, (talk) => {
    const explained = command.explain?.(talk, args);
    const replies = repliesOf(talk, command, explained ?? command.run(talk, args));
    if (command.movesAuthority === true && explained === undefined) tellThere(work, replies);
    return replies;
  });
}

function step(
  work: Work,
  { command: name, step: named }: Question,
  { text, data }: { readonly text: string; readonly data: SessionData },
): readonly Reply[] | null {
  const command = work.router.commands.get(name);
  if (command === undefined) return [];
  let isAnswer = true;
  const replies = allowed(work, command, (talk) => {
    const said = command.steps?.[named]?.(talk, text, data) ?? null;
    isAnswer = said !== null;
    return said === null ? [] : repliesOf(talk, command, said);
  });
  return isAnswer ? replies : null;
}

/** Calls `run` where the person may say the command; they may have lost the role since. */
function allowed(
  work: Work,
  command: Command,
  run: (talk: ReturnType<typeof talkOf>) => readonly Reply[],
): readonly Reply[] {
  const { context, row } = work;
  const said = saidNow(context, row);
  const { who } = command;
  if (maySay(rolesOf(context, said.person.id), command)) {
    return run(talkOf(work, said, command.name));
  }
  return who === 'anyone' || who === 'resident'
    ? []
    : carryOut(work, said, { kind: 'role-missing', who });
}

/** Whoever took over somebody's desk cannot move authority unseen. */
function tellThere({ context, mailer, row }: Work, replies: readonly Reply[]): void {
  const [first] = replies;
  if (first === undefined) return;
  mailer.tellAt(context, {
    identityId: row.identityId,
    build: ({ say }) =>
      replyWith(say('login.told', { text: shorten(first.text, TOLD_LENGTH_MAX) })),
  });
}

/** A message that was never sent stands for what a form did. */
function workOf(
  parts: Parts,
  context: Context,
  { person, channel, identityId, questions }: Speaker,
): Work {
  const { now } = context;
  const row: WaitingMessage = {
    ...{ id: 0, externalId: '', attempts: 0, retryAt: now, sentAt: now, receivedAt: now },
    ...{ channel, identityId, person, place: null, postUri: null, postCid: null },
    ...{ stoppedAt: null, returnedAt: null, uses: null, session: null, hasFollowUp: 0 },
    payload: { text: '', pictures: 0, replyTo: null },
  };
  return { ...parts, context, row, questions, usages: new Set<string>() };
}

const NO_QUESTIONS: Questions = {
  open: undefined,
  data: () => ({}),
  isKeeping: () => false,
  ask: () => undefined,
  end: () => undefined,
  takeKept: () => undefined,
};

type Kept = Question & { readonly data: SessionData };

/** The question of a session that can be answered now. */
function questionOf({ tx, keys, now }: Context, sessionId: number): Kept | undefined {
  const found = tx.desk.question(sessionId);
  if (found?.question == null || (found.questionUntil ?? 0) <= now) return undefined;
  return JSON.parse(keys.openText(found.question)) as Kept;
}

/** The question of a session at the desk, which is no question at the person's phone. */
function questionsAtDesk(context: Context, { id }: { readonly id: number }): Questions {
  const { tx, now, keys, city } = context;
  const kept = questionOf(context, id);
  return {
    ...NO_QUESTIONS,
    open: kept,
    data: () => kept?.data ?? {},
    ask: ({ command, step: named }, data) =>
      tx.desk.setQuestion(
        id,
        keys.sealText(JSON.stringify({ command, step: named, data })),
        now + city.policies.sessionMinutes * MINUTE_MS,
      ),
    end: () => tx.desk.setQuestion(id, null, null),
  };
}
