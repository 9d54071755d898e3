/**
 * What people say to one another where we can hear it: below the announcement of a task, or in a
 * quotation of it. Only a command, a photo or an answer to an open question is meant for us there.
 */
import { plainLetters } from '../lib/letters.ts';
import { maySay, type Roles } from './command.ts';
import { type Match, type Matcher, parseNumber } from './words.ts';

/** What tells whether an overheard message is for us. */
type Overheard = {
  readonly text: string;
  readonly hasPictures: boolean;
  readonly repliesToTask: boolean;
  readonly isQuote: boolean;
  readonly namesUs: boolean;
  /** Undefined where no question is open. */
  readonly question: unknown;
  readonly roles: Roles;
};

/** Words of commands that people below a post say to one another. */
const TALK: readonly string[] = ['hello', 'ok', 'more'];
/** 'I'm in! See you there' is about the task, whatever follows; so is 'DROP 2, my cat is ill'. */
const ABOUT_TASK: readonly string[] = ['join', 'drop'];
const NUMBER_OR_CODE =
  /^(?:#?\d{1,9}|\d{3}[ -]\d{3}|[0-9a-z]{4}(?:-[0-9a-z]{4}){1,2})(?=$|[\s.,;:!])/iu;

/** Was it said in a place where people talk, and not to us by name? */
export const isOverheard = ({ repliesToTask, isQuote, namesUs }: Overheard): boolean =>
  (repliesToTask || isQuote) && !namesUs;

/** Is an overheard message for us all the same? */
export function isForUs(matcher: Matcher, turn: Overheard): boolean {
  const { text, question } = turn;
  const { read, match: find } = matcher;
  if (turn.hasPictures && !turn.isQuote) return true;
  const isAnswer = read.is('yes', text) || read.is('no', text) || parseNumber(text) !== undefined;
  if (question !== undefined && isAnswer) return true;
  const match = find(text);
  return match !== undefined && isCommand(matcher, turn, match);
}

function isCommand({ read }: Matcher, turn: Overheard, match: Match): boolean {
  const { command, args, isExact } = match;
  const { name, who } = command;
  if (!isExact || TALK.includes(name)) return false;
  if (who !== 'anyone' && who !== 'resident' && !maySay(turn.roles, command)) return false;
  if (name === 'done') return true;
  const rest = plainLetters(args).replace(NUMBER_OR_CODE, '');
  const isNamed = rest !== plainLetters(args);
  // 'Can't go any more' asks first, and 'Can't go, but you should' is said to others; 'DROP 2' acts.
  const isSaid = !read.isCourtesy(rest) || read.comment(turn.text) === 'regret';
  if (name === 'drop' && !isNamed && isSaid) return false;
  return read.isCourtesy(rest) || (ABOUT_TASK.includes(name) && isPhrase(turn.text, args));
}

/** The command's words are more than one: 'Join us!' is said to others, 'Count me in!' is not. */
const isPhrase = (text: string, args: string): boolean =>
  /\S\s+\S/u.test(text.slice(0, text.length - args.length).trim());
