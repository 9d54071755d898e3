/** Messages mixed from all words there are, numbers, codes, signs and other scripts. */
import { LANGUAGES } from '../../src/languages/index.ts';
import { repeatableRandom } from './city.ts';

const WORDS = LANGUAGES.flatMap(({ words, answers, optOut, amounts }) =>
  [words, answers, amounts, { stop: optOut.stop, start: optOut.start, help: optOut.help }].flatMap(
    (all) => Object.values<readonly string[]>(all).flat(),
  ),
);
const FILLERS = [
  ...'please the a to my I want for quiero por favor el la un gracias de that is'.split(' '),
  ...[
    '1',
    '2',
    '3',
    '#1',
    '12',
    '１２',
    '٣',
    '7GK2-M4QX',
    '2026',
    '-5',
    '1.5',
    '9am',
    '+15105550130',
  ],
  ...[
    '👍',
    '👩🏽‍🚒',
    '🎉',
    '…',
    '?!',
    '«',
    'مرحبا',
    'こんにちは',
    'привет',
    '\u0000',
    '\u202e',
    'e\u0301',
  ],
];

/** Makes another message at each call; the same ones for the same seed. */
export function mixedMessages(seed: number) {
  const random = repeatableRandom(seed);
  const below = (max: number): number => {
    const [high = 0, low = 0] = random.bytes(2);
    return (high * 256 + low) % max;
  };
  const pick = <T>(all: readonly T[]): T => all[below(all.length)] as T;
  const words = (countMax: number, names: readonly string[]): readonly string[] =>
    Array.from({ length: 1 + below(countMax) }, () => {
      if (names.length > 0 && below(6) === 0) return pick(names);
      const word = pick(below(3) === 0 ? FILLERS : WORDS);
      return below(2) === 0 ? word : word.toLowerCase();
    });
  /** Up to six words, and now and then a name of something that there is. */
  const message = (names: readonly string[] = []): string =>
    words(6, names).join(pick([' ', ' ', ', ', '\n', '']));
  /** A line that somebody may well say, with other words around it or in it. */
  const around = (line: string, names: readonly string[]): string => {
    const said = line.split(' ');
    const at = pick([0, 0, said.length, said.length, below(said.length + 1)]);
    return [...said.slice(0, at), ...words(3, names), ...said.slice(at)].join(
      pick([' ', ' ', ', ']),
    );
  };
  return { message, around, pick, below };
}
