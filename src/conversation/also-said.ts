/**
 * Another command behind a first one: `JOIN 2 and drop 3`. It is carried out as well where it is one
 * of a person's own and clear; else they are asked for it by itself. No half of a message is ignored.
 */
import { codesIn } from '../domain/code.ts';
import type { Talk } from './command.ts';
import type { Reply } from './message.ts';
import { replyWith } from './speech.ts';

/** They are about what is named, and ask nothing. */
const NAMED: readonly string[] = ['join', 'drop', 'redeem', 'release', 'task'];
/** They show something, and take nothing. */
const SHOWN: readonly string[] = ['balance', 'offers', 'codes'];
/** Nobody says these behind something else. */
const OF_LAW: readonly string[] = ['stop', 'start'];

/** What follows the numbers of a first command; undefined where that is no command. */
export function alsoSaid(talk: Talk, rest: string): (() => readonly Reply[]) | undefined {
  const said = rest === '' ? undefined : talk.commandIn(rest);
  if (said === undefined || OF_LAW.includes(said.name)) return undefined;
  const { name, args } = said;
  const run = () => talk.run(name, args);
  if (SHOWN.includes(name)) return talk.read.plain(args) === '' ? run : undefined;
  const named = talk.read.numbers(args);
  if (named === undefined)
    return NAMED.includes(name) && codesIn(args).length > 0 ? run : undefined;
  const isClear = named.rest === '' || alsoSaid(talk, named.rest) !== undefined;
  if (NAMED.includes(name) && isClear) return run;
  const words = `${talk.word(name)} ${named.numbers.map((number) => talk.number(number)).join(', ')}`;
  return () => [replyWith(talk.say('also.alone', { words }), [{ label: words, send: words }])];
}
