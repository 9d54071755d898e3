/** Carries out what the router decides about a stored message: the talk of a command with a person. */
import type { Command, MessageSent, SessionData, Talk } from '../conversation/command.ts';
import { maySay } from '../conversation/command.ts';
import type { ChannelName, Reply } from '../conversation/message.ts';
import type { Decision, Question, Router, Turn } from '../conversation/router.ts';
import { keeps, NUMBER_STEP, route, routeUnanswered, routeWords } from '../conversation/router.ts';
import { publicly, replyWith } from '../conversation/speech.ts';
import { parseNumber } from '../conversation/words.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { forgetUnclear } from '../services/budgets/misunderstand.ts';
import type { Context } from '../services/context.ts';
import { setLanguage } from '../services/people/set-language.ts';
import { rolesOf, suspendedFor } from '../services/roles.ts';
import type { WaitingMessage } from '../store/inbox.ts';
import { available } from './available.ts';
import { answerAgain, answerUnknown, answerUsage, notingUsages } from './misunderstood.ts';
import { askElsewhere, type Questions, questionsAt } from './questions.ts';
import { repliesOf } from './replies.ts';
import { type Said, saidBefore, saidNow } from './said.ts';
import { runOrAsk, takeNumber } from './send-back.ts';

/** The stored message that is being answered. */
export type Work = {
  readonly router: Router;
  readonly mailer: Mailer;
  readonly context: Context;
  readonly row: WaitingMessage;
  readonly questions: Questions;
  /** What was said of how commands are written. */
  readonly usages: Set<string>;
  /** Is told of each decision with the text that it is about, by whom wants to see them. */
  readonly understood?: Understood | undefined;
};

export type Understood = (decision: Decision, text: string) => void;

type WordSaid = Extract<Decision, { readonly kind: 'command' | 'role-missing' }>;

/** Decides about a stored message and does it, all within the context's transaction. */
export function answersTo(
  parts: Pick<Work, 'router' | 'mailer' | 'understood'>,
  context: Context,
  row: WaitingMessage,
): readonly Reply[] {
  const questions = questionsAt(context, row, (question) => keeps(parts.router, question));
  const work = { ...parts, context, row, questions, usages: new Set<string>() };
  const said = saidNow(context, row);
  return carryOut(work, said, route(work.router, turnOf(work, said)));
}

/** Roles, and what a number stands for, are looked up only when the router asks. */
function turnOf({ router, context, row, questions }: Work, { text, person, message }: Said): Turn {
  const { payload } = row;
  return {
    text,
    hasPictures: message.pictures.length > 0,
    repliesToTask: message.repliesToTask !== undefined,
    isQuote: payload.isQuote === true,
    namesUs: payload.namesUs === true,
    changedAfterMs: payload.changedAfterMs ?? null,
    hasJoined: person.joinedAt !== null,
    // A message from before STOP is understood as it was meant.
    isStopped: row.stoppedAt !== null && row.receivedAt >= row.stoppedAt,
    question: questions.open,
    // A number answers the question that is open, and is none for what waits behind it.
    holdsPhoto: questions.open === undefined && questions.isKeeping(),
    answered: payload.answered ?? null,
    sharesNumber: payload.sharedNumber !== undefined,
    sharesLocation: payload.location !== undefined,
    unread: payload.unread ?? null,
    get roles() {
      return rolesOf(context, person.id);
    },
    get numbered() {
      const { match, read } = router.matcher;
      // 'Task 2' is about a task, and 'the 2, please' about what was offered.
      const number =
        parseNumber(text) ?? (match(text) === undefined ? read.number(text) : undefined);
      if (number === undefined) return undefined;
      return context.tx.followUps.get(row.identityId, context.sentAt)?.choices?.[String(number)];
    },
  };
}

/** A message that is carried out was understood; a question tells by itself. */
const UNDERSTOOD: readonly Decision['kind'][] = ['role-missing', 'reread'];

export function carryOut(work: Work, said: Said, decision: Decision): readonly Reply[] {
  const { mailer, context, row, router } = work;
  if (decision.kind !== 'unknown') work.understood?.(decision, said.text);
  if (UNDERSTOOD.includes(decision.kind)) forgetUnclear(context, said.person.id);
  switch (decision.kind) {
    case 'nothing':
      return [];
    case 'command': {
      const command = commandOf(router, decision.command);
      const talk = talkOf(work, wordSaid(work, said, decision), command.name);
      const replies = repliesOf(talk, command, runOrAsk(talk, command, decision.args));
      const [own] = replies;
      // How it is written was not understood the first time either.
      if (own !== undefined && work.usages.has(own.text)) return answerUsage(work, said, own);
      forgetUnclear(context, said.person.id);
      return decision.isSilent ? [] : replies;
    }
    case 'role-missing': {
      const { person } = wordSaid(work, said, decision);
      const { who } = decision;
      const { admin, issuers, redeemers } = rolesOf(context, person.id);
      const has = { admin, organizer: issuers.length > 0, redeemer: redeemers.length > 0 }[who];
      const key = has ? ('role.short' as const) : (`role.${who}` as const);
      const voice = mailer.speech(person.language, context.now);
      const isSilenced = context.unproven.has(person.id);
      if (isSilenced) return [replyWith(voice.refusal({ code: 'number-returned', params: {} }))];
      const name = who === 'admin' ? undefined : suspendedFor(context, person.id, who);
      return [
        replyWith(
          name === undefined
            ? voice.say(key)
            : voice.refusal({ code: 'partner-suspended', params: { name } }),
        ),
      ];
    }
    case 'bare': {
      const command = commandOf(router, decision.command);
      const talk = talkOf(work, said, command.name);
      forgetUnclear(context, said.person.id);
      return repliesOf(talk, command, (command.runBare ?? command.run)(talk, said.text));
    }
    case 'step':
      return answer(work, said, decision.question);
    case 'reread':
      return reread(work, decision.text, { inboxId: row.id, repliesToTask: undefined });
    case 'unknown': {
      const recognized = recognize(work, said);
      if (recognized !== null) return recognized;
      work.understood?.(decision, said.text);
      return answerUnknown(work, said);
    }
    case 'unread': {
      const voice = mailer.speech(said.person.language, context.now);
      const note = replyWith(
        voice.say(`unread.${decision.unread}`, { tasks: voice.word('tasks') }),
      );
      return [publicly(note), ...carryOut(work, said, decision.next)];
    }
  }
}

/** A message that has no command's word may name something that a command is about. */
function recognize(work: Work, said: Said): readonly Reply[] | null {
  if (said.person.joinedAt === null) return null;
  for (const command of work.router.commands.values()) {
    const talk = command.recognize && talkOf(work, said, command.name);
    const replies = talk && command.recognize?.(talk, said.text);
    if (!talk || !replies) continue;
    work.understood?.({ kind: 'bare', command: command.name }, said.text);
    forgetUnclear(work.context, said.person.id);
    return repliesOf(talk, command, replies);
  }
  return null;
}

function commandOf({ commands }: Router, name: string): Command {
  const command = commands.get(name);
  if (command === undefined) throw new Error(`There is no command ${name}.`);
  return command;
}

/** Ends the open question if it is given up; somebody's first word decides their language. */
function wordSaid(
  { context, questions }: Work,
  said: Said,
  { language, endsQuestion }: WordSaid,
): Said {
  const { person } = said;
  if (endsQuestion) questions.end();
  const isSettled = person.languageChosen === 1;
  if (language === undefined || isSettled || !context.city.languages.includes(language)) {
    return said;
  }
  setLanguage(context, person.id, language);
  return { ...said, person: { ...person, language } };
}

/** Gives the message to the question that is open; the question may ask again. */
function answer(work: Work, said: Said, { command: name, step }: Question): readonly Reply[] {
  const { router, context, questions } = work;
  questions.end();
  const command = router.commands.get(name);
  const data = questions.data();
  const talk = talkOf(work, said, name);
  if (step === NUMBER_STEP) {
    const proof = takeNumber(talk, said.text, { command: name, data });
    if (proof.kind === 'asked-again') return [proof.reply];
    if (proof.kind === 'dropped') {
      const next = carryOut(work, said, routeUnanswered(router, turnOf(work, said)));
      return [proof.reply, ...next];
    }
    // The person may have lost the role since.
    const isTheirs = command !== undefined && maySay(rolesOf(context, said.person.id), command);
    return isTheirs ? repliesOf(talk, command, command.run(talk, proof.args)) : [];
  }
  const replies = command?.steps?.[step]?.(talk, said.text, data) ?? null;
  if (command === undefined) {
    return carryOut(work, said, routeUnanswered(router, turnOf(work, said)));
  }
  const asked = { command, step, data };
  if (replies === null) return understandAfresh(work, said, asked);
  const [own, ...others] = repliesOf(talk, command, replies);
  if (own?.isAgain === true) return answerAgain(work, said, { ...asked, own });
  forgetUnclear(context, said.person.id);
  return own === undefined ? [] : [own, ...others];
}

/** What answers no question may mean something by itself; else a question with a hint stays open. */
function understandAfresh(
  work: Work,
  said: Said,
  asked: { readonly command: Command; readonly step: string; readonly data: SessionData },
): readonly Reply[] {
  const { command, step, data } = asked;
  const decision = routeUnanswered(work.router, turnOf(work, said));
  if (decision.kind === 'nothing') {
    work.questions.ask({ command: command.name, step }, data);
    return [];
  }
  if (decision.kind !== 'unknown' || command.hints?.[step] === undefined) {
    return carryOut(work, said, decision);
  }
  work.understood?.(decision, said.text);
  work.questions.ask({ command: command.name, step }, data);
  return answerAgain(work, said, { ...asked, own: undefined });
}

function reread(work: Work, text: string, message: MessageSent): readonly Reply[] {
  const said = saidBefore(work, text, message);
  return carryOut(work, said, routeWords(work.router, turnOf(work, said)));
}

/** Whose word a person is shown is theirs: running it settles their language as saying it does. */
function runAnother(
  work: Work,
  { command, args, inboxId }: { command: string; args: string; inboxId: number },
): readonly Reply[] {
  const said = saidBefore(work, '', { inboxId, repliesToTask: undefined });
  const { language } = said.person;
  return carryOut(work, said, { kind: 'command', command, args, language });
}

/** All that a command has to work with; the questions it asks are its own. */
export function talkOf(work: Work, { person, message }: Said, command: string): Talk {
  const { mailer, router, context, row, questions } = work;
  const { now, city } = context;
  const { identityId } = row;
  const { read } = router.matcher;
  return {
    ...notingUsages(mailer.speech(person.language, now), work.usages),
    context,
    channel: row.channel as ChannelName,
    identityId,
    person,
    message,
    speechIn: (language) => mailer.speech(language, now),
    ask: (step, data) => questions.ask({ command, step }, data),
    takeKept: questions.takeKept,
    askAt: (to, asked) => askElsewhere(context, to, asked),
    tell: (notice) => mailer.tell(context, notice),
    tellAt: (identity, build) => mailer.tellAt(context, { identityId: identity, build }),
    announce: (taskId, build) => {
      const leftOut = mailer.announce(context, { taskId, build });
      if (leftOut > 0) context.refused.push({ budget: 'alerts', isFirst: true, count: leftOut });
      return leftOut;
    },
    postBelow: (task, build) => mailer.postBelow(context, { task, build }),
    read,
    readWhen: (text) =>
      read.when(text, { language: person.language, timeZone: city.timeZone, now }),
    commandIn: (text) => {
      const match = router.matcher.match(text);
      return match && { name: match.command.name, args: match.args };
    },
    run: (name, args, inboxId = message.inboxId) =>
      runAnother(work, { command: name, args, inboxId }),
    understand: (text, sent) => reread(work, text, sent),
    available: () => available(work, person),
  };
}
