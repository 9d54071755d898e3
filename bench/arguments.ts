/** What `npm run bench` is asked for on the command line. */
import { parseArgs } from 'node:util';
import { InputError } from './input-error.ts';

/** The figures of two versions that can be compared. */
export const COMPARED_NAMES = ['loops', 'balance', 'sms', 'telegram', 'statements'] as const;
export type ComparedName = (typeof COMPARED_NAMES)[number];

export type Comparison = {
  /** What git knows the other version by. */
  readonly ref: string;
  readonly figures: readonly ComparedName[];
  /** How often each version is measured. */
  readonly rounds: number;
  readonly isQuick: boolean;
};

export type Asked =
  | { readonly what: 'everything' | 'city' | 'worker'; readonly isQuick: boolean }
  | ({ readonly what: 'compare' } & Comparison);

/** As many first as second, so that neither version gains by its place. */
const ROUNDS = 6;
const ROUNDS_QUICK = 2;
const ROUNDS_MAX = 100;

const USAGE = [
  'npm run bench -- [--city | --worker] [--quick]',
  `npm run bench -- --compare <git ref> [--figures ${COMPARED_NAMES.join(',')}] [--rounds ${ROUNDS}] [--quick]`,
].join('\n       ');

/** Throws an `InputError` when it is asked for what there is not. */
export function readArguments(args: readonly string[]): Asked {
  const { quick, city, worker, compare, figures, rounds } = parsed(args);
  if (worker) return { what: 'worker', isQuick: quick };
  if (city) return { what: 'city', isQuick: quick };
  if (compare !== undefined) {
    return {
      what: 'compare',
      ref: compare,
      figures: figures === undefined ? COMPARED_NAMES : figuresNamed(figures),
      rounds: rounds === undefined ? (quick ? ROUNDS_QUICK : ROUNDS) : roundsOf(rounds),
      isQuick: quick,
    };
  }
  if (figures !== undefined || rounds !== undefined) {
    throw new InputError(`--figures and --rounds go with --compare.\nUsage: ${USAGE}`);
  }
  return { what: 'everything', isQuick: quick };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        city: { type: 'boolean', default: false },
        worker: { type: 'boolean', default: false },
        compare: { type: 'string' },
        figures: { type: 'string' },
        rounds: { type: 'string' },
      },
    }).values;
  } catch (error) {
    // What follows its first sentence is about programs.
    const [sentence = ''] = String(error instanceof Error ? error.message : error).split(
      /\.?\s*$|\.\s/,
    );
    throw new InputError(`${sentence}.\nUsage: ${USAGE}`, { cause: error });
  }
}

function figuresNamed(list: string): readonly ComparedName[] {
  const asked = list.split(',').map((name) => name.trim());
  const unknown = asked.filter((name) => !COMPARED_NAMES.some((known) => known === name));
  if (unknown.length > 0) {
    const there = COMPARED_NAMES.join(', ');
    throw new InputError(`No figure is called "${unknown.join('", "')}". There are: ${there}.`);
  }
  return COMPARED_NAMES.filter((name) => asked.includes(name));
}

function roundsOf(said: string): number {
  const rounds = Number(said);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > ROUNDS_MAX) {
    throw new InputError(`--rounds is a number from 1 to ${ROUNDS_MAX}, and not "${said}".`);
  }
  return rounds;
}
