/** Pieces of evidence that are named together, where the words can be read in two ways. */

import { shorten } from '../lib/text.ts';
import type { SessionData, Step, Talk, TextKey } from './command.ts';
import type { Reply } from './message.ts';
import type { Numbers } from './numbers.ts';
import { replyWith } from './speech.ts';

/** So much of a person's words fits beside the question. */
const WORDS_SHOWN = 80;

/** The step that takes the answer. */
const WHICH = 'several';

/** Carries the decision out for these, with the words that go with it. */
type Decide = (talk: Talk, numbers: readonly number[], words: string) => Reply;

/** Can the words be read in two ways: `6 or 7`, or `6 7 bags`, where the 7 may count the bags? */
export const isUnclear = ({ numbers, rest, isChoice }: Numbers): boolean =>
  isChoice || (numbers.length > 1 && rest !== '');

const DECISIONS: readonly string[] = ['approve', 'reject'];

/** The other decision in `APPROVE 6, REJECT 7 blurry`: it is no note about the first. */
export function otherDecision(talk: Talk, rest: string) {
  const said = talk.commandIn(rest);
  const isDecision = said !== undefined && DECISIONS.includes(said.name);
  return isDecision && talk.read.numbers(said.args) !== undefined ? said : undefined;
}

const listed = (talk: Talk, numbers: readonly number[]): string =>
  numbers.map((number) => talk.number(number)).join(', ');

/** Asks which reading is meant, and names both. */
export function askReading(talk: Talk, { numbers, rest, restOfFirst, isChoice }: Numbers): Reply {
  const [first = 0] = numbers;
  const data = { numbers: numbers.join(' '), rest, restOfFirst, isChoice };
  talk.ask(WHICH, data);
  const all = listed(talk, numbers);
  if (isChoice) {
    const choices = numbers.map((number) => ({
      label: talk.number(number),
      send: String(number),
    }));
    return replyWith(talk.say('several.which', { all }), choices);
  }
  return replyWith(
    talk.say('several.or-words', {
      all,
      first: talk.number(first),
      words: shorten(restOfFirst, WORDS_SHOWN),
    }),
    [
      { label: all, send: numbers.join(', ') },
      { label: talk.number(first), send: String(first) },
    ],
  );
}

const isSame = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((number) => other.includes(number));

/** The step that takes the numbers; anything else is no answer. `kept` is said after a NO. */
export const readingStep = (
  decide: Decide,
  kept: TextKey,
): Readonly<Record<typeof WHICH, Step>> => ({
  [WHICH]: (talk: Talk, text: string, data: SessionData) => {
    if (talk.read.is('no', text)) return replyWith(talk.say(kept));
    const said = talk.read.numbers(text);
    if (said === undefined || said.rest !== '' || said.isChoice) return null;
    const numbers = String(data.numbers).split(' ').map(Number);
    if (!said.numbers.every((number) => numbers.includes(number))) return null;
    if (data.isChoice === true) return decide(talk, said.numbers, '');
    if (isSame(said.numbers, numbers)) return decide(talk, numbers, String(data.rest));
    const isFirst = isSame(said.numbers, numbers.slice(0, 1));
    return isFirst ? decide(talk, said.numbers, String(data.restOfFirst)) : null;
  },
});
