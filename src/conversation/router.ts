/**
 * From the facts of a message to what is done about it, without doing it. The law's words come
 * first, then consent, then the open question, then the words of commands, then evidence without
 * a word.
 */

import { codesIn, hasLikeCode } from '../domain/code.ts';
import { linkCodeIn } from '../domain/link.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import { plainLetters } from '../lib/letters.ts';
import { type Command, type Language, maySay, type Roles, type Talker } from './command.ts';
import { hasParts } from './draft-line.ts';
import type { InboundMessage } from './message.ts';
import type { LegalWord } from './opt-out.ts';
import { isForUs, isOverheard } from './overheard.ts';
import { WHICH } from './pick.ts';
import type { Reader } from './reader.ts';
import type { Match, Matcher } from './words.ts';

/** The question that a person was asked last, by its command and step. */
export type Question = { readonly command: string; readonly step: string };

/** All that decides what is done about one message. */
export type Turn = {
  readonly text: string;
  readonly hasPictures: boolean;
  /** It replies to the announcement of a task. */
  readonly repliesToTask: boolean;
  /** It quotes the announcement of a task for others. */
  readonly isQuote: boolean;
  /** It names us where others are spoken to as well. */
  readonly namesUs: boolean;
  /** It changes the words of an earlier message, so long (ms) after that was sent; null for a new one. */
  readonly changedAfterMs: number | null;
  readonly roles: Roles;
  /** The person has agreed to messages. */
  readonly hasJoined: boolean;
  readonly isStopped: boolean;
  readonly question: Question | undefined;
  /** A photo that was sent before waits for the number of its task, and no question is open. */
  readonly holdsPhoto: boolean;
  /** The words that a number stands for since the last answer, where the message is a number. */
  readonly numbered: string | undefined;
  /** The word of the law that the provider obeyed and answered by itself. */
  readonly answered: LegalWord | null;
  /** The person shared the number of their own phone. */
  readonly sharesNumber: boolean;
  /** The person shared a location: its words are a map's. */
  readonly sharesLocation: boolean;
  /** A part of the message that nobody here can read. */
  readonly unread: Unread | null;
};

type Role = Exclude<Talker, 'anyone' | 'resident'>;
type Unread = NonNullable<InboundMessage['unread']> | 'change';

/** Comes with the word of a command. */
type WordSaid = {
  /** The one language that has the word. */
  readonly language?: Language | undefined;
  /** The open question is given up. */
  readonly endsQuestion?: true;
};

export type Decision =
  | { readonly kind: 'nothing' }
  | (WordSaid & {
      readonly kind: 'command';
      readonly command: string;
      readonly args: string;
      /** The provider gave the answer already. */
      readonly isSilent?: true;
    })
  /** The message itself, without a word, goes to a command. */
  | { readonly kind: 'bare'; readonly command: string }
  /** The message answers a question. Where the step says no, `routeUnanswered` decides. */
  | { readonly kind: 'step'; readonly question: Question }
  /** These words are understood in the message's place. */
  | { readonly kind: 'reread'; readonly text: string }
  | (WordSaid & { readonly kind: 'role-missing'; readonly who: Role })
  | { readonly kind: 'unknown' }
  /** The person is told what was not read, then the next decision is carried out. */
  | { readonly kind: 'unread'; readonly unread: Unread; readonly next: Decision };

/** The words of a message may be changed for so long. */
const CHANGE_MS_MAX = 5 * MINUTE_MS;

/** The step of every command that moves authority: the number is to be sent back. */
export const NUMBER_STEP = 'number-sent';

/** As many as are listed in a question. */
const PLACES = [1, 2, 3, 4, 5];

const NOTHING: Decision = { kind: 'nothing' };
const UNKNOWN: Decision = { kind: 'unknown' };

/** The commands the router itself turns to. */
const ESSENTIAL = [
  ...(['hello', 'help', 'stop', 'start', 'done', 'accept', 'lang', 'link', 'ok'] as const),
  ...(['join', 'drop', 'task', 'codes', 'confirm', 'here'] as const),
] as const;

/** What somebody may say who has not agreed to messages, or is asked anew after a restore. */
const OPEN_TO_STRANGERS: readonly string[] = ['accept', 'lang', 'forget'];

export type Router = {
  readonly commands: ReadonlyMap<string, Command>;
  readonly matcher: Matcher;
};

/** Routes by these commands; throws when one is missing that the router turns to by itself. */
export function createRouter(commands: readonly Command[], matcher: Matcher): Router {
  const byName = new Map(commands.map((command) => [command.name, command]));
  const missing = ESSENTIAL.find((name) => !byName.has(name));
  if (missing !== undefined) throw new Error(`The command ${missing} is missing.`);
  return { commands: byName, matcher };
}

const say = (command: (typeof ESSENTIAL)[number], args = ''): Decision => ({
  kind: 'command',
  command,
  args,
});

/** Decides about one message: nothing only for those who said STOP, or were answered already. */
export function route(router: Router, turn: Turn): Decision {
  const { unread } = turn;
  if (turn.changedAfterMs !== null) return routeChange(router, turn, turn.changedAfterMs);
  if (unread !== null && isOverheard(turn) && !isForUs(router.matcher, turn)) return NOTHING;
  if (unread === null || turn.isStopped || !turn.hasJoined) return routeText(router, turn);
  const { question, sharesLocation } = turn;
  if (sharesLocation && question !== undefined && asksForPlace(router, question)) {
    return { kind: 'step', question };
  }
  // Whoever shares where they are, is there.
  if (sharesLocation) return say('here');
  // An open question goes on waiting: this was no answer to it.
  const next = turn.text === '' ? NOTHING : routeText(router, turn);
  return { kind: 'unread', unread, next };
}

const asksForPlace = ({ commands }: Router, { command, step }: Question): boolean =>
  commands.get(command)?.hints?.[step] === 'place';

/**
 * Changed words opt out at any time. Else they count for some minutes, where they move nothing, and
 * answer no question: that was about the next thing already.
 */
function routeChange(router: Router, turn: Turn, afterMs: number): Decision {
  const { matcher } = router;
  if (turn.isStopped) return NOTHING;
  if (matcher.read.legalWord(turn.text) === 'stop') return say('stop');
  if (afterMs > CHANGE_MS_MAX || !turn.hasJoined) return NOTHING;
  const match = matcher.match(turn.text);
  const isSafe = match !== undefined && match.command.exact !== true && !isWithinSentence(match);
  if (isSafe && turn.question === undefined) return routeMatch(turn, match);
  const isMeant = match !== undefined || turn.question !== undefined;
  return isMeant ? { kind: 'unread', unread: 'change', next: NOTHING } : NOTHING;
}

function routeText(router: Router, turn: Turn): Decision {
  const { text, question, answered } = turn;
  const { read } = router.matcher;
  if (answered === 'help') return NOTHING;
  if (answered !== null) return { kind: 'command', command: answered, args: '', isSilent: true };
  const legal = read.legalWord(text);
  if (turn.isStopped && legal !== 'start') return NOTHING;
  // YES to an open question is its answer: the person is opted in already, or about to be. START
  // answers the first question of all.
  const isAnswer =
    question !== undefined &&
    legal === 'start' &&
    (read.is('yes', text) || question.command === 'hello');
  const isAside = isOverheard(turn) && !isForUs(router.matcher, turn);
  // 'Yes!' among people is no wish to take part.
  const isLegal = legal !== null && !(isAside && legal === 'start' && read.is('yes', text));
  if (isLegal && !isAnswer) return say(legal);
  if (isAside) return routeComment(router, turn);
  if (!turn.hasJoined) return routeStranger(router, turn);
  if (turn.sharesNumber) return say('link');
  if (question === undefined) return routeUnanswered(router, turn);
  // 'Task 2' tells which one is meant, and does not ask about it.
  const isPick = read.isNumbers(text) || read.pick(text, PLACES) !== undefined;
  if (question.step === WHICH && isPick) return { kind: 'step', question };
  // Whatever is no number drops that question, and whoever asked hears so.
  if (question.step === NUMBER_STEP) return { kind: 'step', question };
  const match = router.matcher.match(text);
  // 'DONE 2' tells a question that waits on where the evidence belongs.
  const isItsOwn = question.step === WHICH && match?.command.name === question.command;
  if (isItsOwn && staysOpen(router, question)) return { kind: 'step', question };
  if (!interrupts(text, match, read)) return { kind: 'step', question };
  return routeMatch(turn, match, !staysOpen(router, question));
}

/** Strangers are asked for their consent, but may choose their language first, or be forgotten. */
function routeStranger(router: Router, turn: Turn): Decision {
  const { text, question } = turn;
  const { match: find, read } = router.matcher;
  const match = find(text);
  const name = match?.isExact === true ? match.command.name : undefined;
  if (match !== undefined && name !== undefined && OPEN_TO_STRANGERS.includes(name)) {
    return routeMatch(turn, match);
  }
  const isAnswer = read.is('yes', text) || read.is('no', text) || read.legalWord(text) === 'start';
  if (question !== undefined && question.command !== 'hello') return { kind: 'step', question };
  if (question?.command === 'hello' && (isAnswer || match === undefined)) {
    return { kind: 'step', question };
  }
  return say('hello', text);
}

/** Decides about a message that answers no question. */
export function routeUnanswered(router: Router, turn: Turn): Decision {
  if (!turn.hasJoined) return say('hello', turn.text);
  if (turn.numbered !== undefined) return { kind: 'reread', text: turn.numbered };
  return routeWords(router, turn);
}

/** Decides by the words alone: a command, evidence, or nothing that can be understood. */
export function routeWords({ matcher }: Pick<Router, 'matcher'>, turn: Turn): Decision {
  const { text, hasPictures, repliesToTask } = turn;
  const { read } = matcher;
  const match = matcher.match(text);
  // 'Yo' to the question who comes is no question about oneself.
  if (repliesToTask && match?.command.name === 'me' && read.isCourtesy(match.args)) {
    return say('join');
  }
  const isOther = match !== undefined && !isWithinSentence(match);
  const isCode = !isOther || match.command.name === 'codes';
  // A code by itself says nothing of what is to be done with it.
  if (isCode && !hasPictures && !repliesToTask) {
    const hasCode = codesIn(text).length > 0;
    const isCounter =
      (hasCode || hasLikeCode(text)) && maySay(turn.roles, { who: 'redeemer', right: 'codes' });
    // A counter hears also of a code that is mistyped.
    if (isCounter) return { kind: 'bare', command: 'confirm' };
    if (hasCode) return { kind: 'bare', command: 'codes' };
  }
  // 'Ok thanks' agrees to nothing.
  const isThanks = !hasPictures && match?.command.name === 'ok' && read.isThanks(text);
  if (isOther && !isThanks) return routeMatch(turn, match);
  if (hasPictures) return { kind: 'bare', command: 'done' };
  if (repliesToTask) return routeComment({ matcher }, turn);
  if (match !== undefined && isAboutTask(match, read)) return { kind: 'bare', command: 'drop' };
  if (turn.holdsPhoto && read.number(text) !== undefined) return { kind: 'bare', command: 'done' };
  // Thanks need no answer.
  if (read.isThanks(text)) return NOTHING;
  if (read.is('yes', text)) return say('ok');
  return /\p{L}/u.test(text) && read.isCourtesy(text) ? NOTHING : UNKNOWN;
}

/** Of what people say below a task, a question goes on to its organizer and regret is asked about. */
function routeComment({ matcher }: Pick<Router, 'matcher'>, turn: Turn): Decision {
  const silence = turn.namesUs ? UNKNOWN : NOTHING;
  if (!turn.hasJoined || !turn.repliesToTask || turn.isQuote) return silence;
  const comment = matcher.read.comment(turn.text);
  if (comment === 'talk') return silence;
  return { kind: 'bare', command: comment === 'regret' ? 'drop' : 'task' };
}

/** 'Cancel my spot' is no wish to be left alone, and does not leave the task by itself. */
const isAboutTask = ({ args }: Match, read: Reader): boolean =>
  read.isNumbers(args) || read.isOfTask(args);

function routeMatch({ roles }: Turn, match: Match, endsQuestion = false): Decision {
  const { command, args, language } = match;
  const said: WordSaid = endsQuestion ? { language, endsQuestion } : { language };
  const { name, who, forOthers } = command;
  if (forOthers !== undefined && !hasParts(args) && !maySay(roles, command)) {
    return { kind: 'command', command: forOthers, args, ...said };
  }
  if (who !== 'anyone' && who !== 'resident' && !maySay(roles, command)) {
    return { kind: 'role-missing', who, ...said };
  }
  return { kind: 'command', command: name, args, ...said };
}

/** In an open question a message is a command only when it can hardly be anything else. */
const interrupts = (text: string, match: Match | undefined, read: Reader): match is Match =>
  match?.isPlain === true &&
  !isWithinSentence(match) &&
  !read.is('yes', text) &&
  !read.is('no', text) &&
  (read.plain(match.args) === '' ||
    read.isNumbers(match.args) ||
    linkCodeIn(match.args) !== undefined ||
    CODE.test(plainLetters(match.args).trim()));

/** A code, or an invitation, and nothing else. */
const CODE = /^[0-9a-z]{4}(-[0-9a-z]{4}){1,2}$/iu;

const staysOpen = ({ commands }: Router, { command, step }: Question): boolean =>
  commands.get(command)?.stepsThatStayOpen?.includes(step) === true;

/** Does a question keep what was sent, also when another one is asked? */
export const keeps = ({ commands }: Router, { command, step }: Question): boolean =>
  commands.get(command)?.stepsThatKeep?.includes(step) === true;

/** 'Stop sign repaired' is no wish to be left alone: words of the law stand by themselves. */
const isWithinSentence = ({ command, args }: Match): boolean =>
  (command.name === 'stop' || command.name === 'start') && args !== '';
