/** What `npm run simulate` is asked for on the command line. */
import { parseArgs } from 'node:util';
import { InputError } from '../bench/input-error.ts';
import { BUDGETS } from '../src/domain/budgets.ts';
import { LIMITS } from './limits.ts';

type Pds = 'hosted' | 'own';

export type Asked = {
  readonly residents: number;
  readonly days: number;
  readonly seed: number;
  readonly pds: Pds;
  /** How many segments a second all numbers of the city send. */
  readonly smsPerSecond: number;
  /** How many segments a day its texts may cost; undefined for any number. */
  readonly segmentsPerDay: number | undefined;
  /** How many alerts a subscriber gets in a day. */
  readonly alertsPerDay: number;
  /** Points an hour and a day that a hosted PDS takes. */
  readonly pointsPerHour: number;
  readonly pointsPerDay: number;
  readonly isHourly: boolean;
};

const [HOUR, DAY] = LIMITS.pdsPoints;

/** Each with its range, what it is without being said, and what it means. */
const NUMBERS = {
  residents: { from: 100, to: 10_000_000, standard: 10_000, what: 'people who live in the city' },
  days: { from: 1, to: 90, standard: 7, what: 'how long it is simulated' },
  seed: { from: 0, to: 2 ** 32 - 1, standard: 1, what: 'the same seed prints the same' },
  'sms-per-second': {
    ...{ from: 1, to: 10_000, standard: LIMITS.smsSegmentsPerSecond },
    what: 'segments a second that the numbers of the city send together',
  },
  'segments-per-day': {
    ...{ from: 0, to: 1e9, standard: 0 },
    what: 'SMS_SEGMENTS_PER_DAY; 0 for no limit',
  },
  'alerts-per-day': {
    ...{ from: 0, to: 1000, standard: BUDGETS.alerts.windows[0].standard },
    what: 'alerts about new tasks that a subscriber gets in a day',
  },
  'points-per-hour': { from: 3, to: 1e9, standard: HOUR.max, what: 'of a hosted account' },
  'points-per-day': { from: 3, to: 1e9, standard: DAY.max, what: 'of a hosted account' },
} as const;
type NumberName = keyof typeof NUMBERS;
const NUMBER_NAMES = Object.keys(NUMBERS) as NumberName[];

export const USAGE = [
  'npm run simulate -- --residents 100000 --days 30 [--pds hosted|own] [--hourly] [...]',
  '',
  ...NUMBER_NAMES.map((name) => {
    const { standard, what } = NUMBERS[name];
    return `  --${name.padEnd(17)} ${what} (${standard})`;
  }),
  `  --${'pds'.padEnd(17)} hosted: an account of somebody's PDS; own: a PDS of the city's own, and a relay (hosted)`,
  `  --${'hourly'.padEnd(17)} every hour as CSV, in the place of a line a day`,
].join('\n');

/** `help` where that is asked for. Throws an `InputError` when it is asked for what there is not. */
export function readArguments(args: readonly string[]): Asked | 'help' {
  const { help, hourly, pds, ...numbers } = parsed(args);
  if (help) return 'help';
  if (pds !== 'hosted' && pds !== 'own') {
    throw new InputError(`--pds is hosted or own, and not "${pds}".`);
  }
  const of = (name: NumberName): number => numberOf(name, numbers[name]);
  const segmentsPerDay = of('segments-per-day');
  return {
    residents: of('residents'),
    days: of('days'),
    seed: of('seed'),
    pds,
    smsPerSecond: of('sms-per-second'),
    segmentsPerDay: segmentsPerDay === 0 ? undefined : segmentsPerDay,
    alertsPerDay: of('alerts-per-day'),
    pointsPerHour: of('points-per-hour'),
    pointsPerDay: of('points-per-day'),
    isHourly: hourly,
  };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', default: false },
        hourly: { type: 'boolean', default: false },
        pds: { ...text, default: 'hosted' },
        residents: text,
        days: text,
        seed: text,
        'sms-per-second': text,
        'segments-per-day': text,
        'alerts-per-day': text,
        'points-per-hour': text,
        'points-per-day': text,
      },
    }).values;
  } catch (error) {
    // What follows its first sentence is about programs.
    const [sentence = ''] = String(error instanceof Error ? error.message : error).split(
      /\.?\s*$|\.\s/,
    );
    throw new InputError(`${sentence}.\n\n${USAGE}`, { cause: error });
  }
}

function numberOf(name: NumberName, said: string | undefined): number {
  const { from, to, standard } = NUMBERS[name];
  if (said === undefined) return standard;
  const value = /^\d+$/.test(said) ? Number(said) : Number.NaN;
  if (!(value >= from && value <= to)) {
    throw new InputError(`--${name} is a whole number from ${from} to ${to}, and not "${said}".`);
  }
  return value;
}
