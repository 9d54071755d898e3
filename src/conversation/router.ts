/**
 * From what a person wrote to the command that answers it. The order is the law's first, then
 * consent, then the open question, then the words, then evidence without a word.
 */

import type { Language, TextKey } from '../languages/texts.ts';
import type { Command, SessionData, Talk, Talker } from './command.ts';
import type { InboundMessage, Reply } from './message.ts';
import { type LegalWord, legalWord } from './opt-out.ts';
import { replyWith } from './speech.ts';
import type { Match, Matcher } from './words.ts';
import { isAgreement, isRefusal, parseNumber } from './words.ts';

export type Session = {
  readonly command: string;
  readonly step: string;
  readonly data: SessionData;
};

/** One message to understand. */
export type Turn = {
  readonly talk: Talk;
  readonly text: string;
  readonly session: Session | undefined;
  readonly isStopped: boolean;
  /** What a number says that stands for something in the last answer; undefined for nothing. */
  readonly numbered: (number: number) => string | undefined;
  /** What the provider did, and answered by itself. */
  readonly answered: LegalWord | null;
  /** What the message held besides that nobody here can read. */
  readonly unread: Unread | null;
  readonly endSession: () => void;
  /** A command starts: the questions it asks are its own. */
  readonly commandStarts: (name: string) => void;
  /** The same turn for somebody whose first word is of this language; theirs stays what it is. */
  readonly inLanguage: (language: Language) => Turn;
  /** May this person say commands of this kind? Asked only when it matters. */
  readonly may: (who: Talker) => boolean;
};

type Unread = NonNullable<InboundMessage['unread']>;

/** The commands the router itself turns to. */
type Essential = 'hello' | 'help' | 'stop' | 'start' | 'done' | 'join' | 'accept' | 'lang';

/** What somebody hears who says a command of a role that they do not have. */
const ROLE_MISSING = {
  organizer: 'role.organizer',
  redeemer: 'role.redeemer',
  admin: 'role.admin',
} as const;

/** What somebody hears who sends what only an app can show. */
const UNREAD = {
  location: 'unread.location',
  contact: 'unread.contact',
  other: 'unread.other',
} as const satisfies Readonly<Record<Unread, TextKey>>;

/** The replies of a command; they are public where the command's answers are. */
function repliesOf(command: Command, replies: Reply | readonly Reply[]): readonly Reply[] {
  const list: readonly Reply[] = Array.isArray(replies) ? replies : [replies as Reply];
  return command.isPublic === true ? list.map((reply) => ({ ...reply, isPublic: true })) : list;
}

/** Routes by these commands, which include the essential ones. */
export function createRouter(commands: readonly Command[], matcher: Matcher) {
  const byName = new Map(commands.map((command) => [command.name, command]));
  const essential = (name: Essential): Command => {
    const command = byName.get(name);
    if (command === undefined) throw new Error(`The command ${name} is missing.`);
    return command;
  };

  const run = (turn: Turn, command: Command, args: string): readonly Reply[] => {
    turn.commandStarts(command.name);
    return repliesOf(command, command.run(turn.talk, args));
  };

  const runMatch = (heard: Turn, match: Match): readonly Reply[] => {
    const { command, args, language } = match;
    const turn = language === undefined ? heard : heard.inLanguage(language);
    if (command.who !== 'anyone' && command.who !== 'resident' && !turn.may(command.who)) {
      return [replyWith(turn.talk.say(ROLE_MISSING[command.who]))];
    }
    return run(turn, command, args);
  };

  /** In an open question a message is a command only when it can hardly be anything else. */
  const interrupts = (text: string, match: Match | undefined): match is Match =>
    match?.isExact === true &&
    !isAgreement(text) &&
    !isRefusal(text) &&
    /^(#?\d+|\d{3}[ -]\d{3}|[0-9a-z]{4}-[0-9a-z]{4})?$/i.test(match.args);

  const isPatient = ({ command, step }: Session): boolean =>
    byName.get(command)?.patientSteps?.includes(step) === true;

  const answerQuestion = (turn: Turn): readonly Reply[] | null => {
    const { session, talk, text } = turn;
    if (session === undefined) return null;
    const command = byName.get(session.command);
    const step = command?.steps?.[session.step];
    turn.endSession();
    if (command === undefined || step === undefined) return null;
    turn.commandStarts(session.command);
    const replies = step(talk, text, session.data);
    return replies === null ? null : repliesOf(command, replies);
  };

  /** 'Stop sign repaired' is no wish to be left alone: words of the law stand by themselves. */
  const isWithinSentence = ({ command, args }: Match): boolean =>
    (command.name === 'stop' || command.name === 'start') && args !== '';

  const understand = (turn: Turn): readonly Reply[] => {
    const { talk, text } = turn;
    const match = matcher.match(text);
    if (match !== undefined && !isWithinSentence(match)) return runMatch(turn, match);
    const isEvidence =
      talk.message.pictures.length > 0 || (talk.message.repliesToTask !== undefined && text !== '');
    if (!isEvidence) return run(turn, essential('help'), 'UNKNOWN');
    const done = essential('done');
    turn.commandStarts(done.name);
    return repliesOf(done, (done.runBare ?? done.run)(talk, text));
  };

  const greetStranger = (turn: Turn): readonly Reply[] => {
    const { text, session } = turn;
    const match = matcher.match(text);
    if (
      match?.isExact === true &&
      (match.command.name === 'accept' || match.command.name === 'lang')
    ) {
      return runMatch(turn, match);
    }
    const isAnswer = isAgreement(text) || isRefusal(text) || legalWord(text) === 'start';
    if (session?.command === 'hello' && (isAnswer || match === undefined)) {
      const replies = answerQuestion(turn);
      if (replies !== null) return replies;
    }
    return run(turn, essential('hello'), text);
  };

  const routeWords = (turn: Turn): readonly Reply[] => {
    const { talk, text } = turn;
    if (turn.answered !== null) {
      // Exactly one answer: the provider has given it.
      if (turn.answered !== 'help') run(turn, essential(turn.answered), '');
      return [];
    }
    const legal = legalWord(text);
    if (turn.isStopped && legal !== 'start') return [];
    // YES to an open question is its answer: the person is opted in already, or about to be. START
    // answers the first question of all.
    const isAnswer =
      turn.session !== undefined &&
      legal === 'start' &&
      (isAgreement(text) || turn.session.command === 'hello');
    if (legal !== null && !isAnswer) return run(turn, essential(legal), '');
    if (talk.person.joinedAt === null) return greetStranger(turn);
    if (turn.session !== undefined) {
      const match = matcher.match(text);
      if (interrupts(text, match)) {
        if (!isPatient(turn.session)) turn.endSession();
        return runMatch(turn, match);
      }
      const answered = answerQuestion(turn);
      if (answered !== null) return answered;
    }
    const number = parseNumber(text);
    const said = number === undefined ? undefined : turn.numbered(number);
    if (said !== undefined) return talk.understand(said, talk.message.inboxId);
    return understand(turn);
  };

  /** The replies to one message: none only for someone who said STOP. */
  const route = (turn: Turn): readonly Reply[] => {
    const { unread, talk, text } = turn;
    if (unread === null || turn.isStopped || talk.person.joinedAt === null) return routeWords(turn);
    const said = talk.say(UNREAD[unread], { tasks: talk.word('tasks') });
    const note: Reply = { ...replyWith(said), isPublic: true };
    // An open question goes on waiting: this was no answer to it.
    return text === '' ? [note] : [note, ...routeWords(turn)];
  };

  return { route, understand };
}
