/** Finds, from what was counted, which limit a city of this size comes to first. */
import { POINTS } from '../src/account/rate-limits.ts';
import { HOUR_MS, SECOND_MS } from '../src/lib/clock.ts';
import type { Asked } from './arguments.ts';
import type { Hour } from './figures.ts';
import { LIMITS } from './limits.ts';

const HOURS_A_DAY = 24;
const SECONDS_AN_HOUR = HOUR_MS / SECOND_MS;

export type Use = {
  readonly limit: string;
  /** Of the limit, in the worst stretch: above 1 where more was wanted than it takes. */
  readonly share: number;
  readonly moves: string;
};

const sumOf = (hours: readonly Hour[], of: (hour: Hour) => number): number =>
  hours.reduce((sum, hour) => sum + of(hour), 0);

const worst = (hours: readonly Hour[], of: (hour: Hour) => number): number =>
  Math.max(0, ...hours.map(of));

/** The hours of each day. */
export const daysOf = (hours: readonly Hour[]): readonly (readonly Hour[])[] =>
  Array.from({ length: Math.ceil(hours.length / HOURS_A_DAY) }, (_, day) =>
    hours.slice(day * HOURS_A_DAY, (day + 1) * HOURS_A_DAY),
  );

/** Every limit with the share of it that was wanted, the fullest first. */
export function usesOf(hours: readonly Hour[], asked: Asked): readonly Use[] {
  const days = daysOf(hours);
  const worstDay = (of: (day: readonly Hour[]) => number): number => Math.max(0, ...days.map(of));
  const uses: Use[] = [
    {
      limit: 'the segments an hour of the SMS numbers',
      share:
        worst(hours, ({ segmentsOut }) => segmentsOut) / (asked.smsPerSecond * SECONDS_AN_HOUR),
      moves: 'more throughput (a registered campaign), fewer alerts, people on Telegram',
    },
    {
      limit: "Telegram's messages an hour",
      share: worst(hours, ({ out }) => out.telegram) / (LIMITS.telegramPerSecond * SECONDS_AN_HOUR),
      moves: 'fewer alerts, areas as cities with bots of their own',
    },
  ];
  if (asked.segmentsPerDay !== undefined) {
    uses.push({
      limit: 'SMS_SEGMENTS_PER_DAY',
      share: worstDay((day) => sumOf(day, ({ segmentsOut }) => segmentsOut)) / asked.segmentsPerDay,
      moves: 'a larger budget, fewer alerts, people on Telegram',
    });
  }
  uses.push(...(asked.pds === 'hosted' ? hostedUses(days, asked) : relayUses(hours)));
  return uses.toSorted((one, other) => other.share - one.share);
}

function hostedUses(days: readonly (readonly Hour[])[], asked: Asked): readonly Use[] {
  /** What was spent, and what those would have cost that came to wait. */
  const wanted = (part: readonly Hour[], waitingBefore: number): number => {
    const more = Math.max(0, (part.at(-1)?.records ?? 0) - waitingBefore);
    return sumOf(part, ({ points }) => points) + more * POINTS.create;
  };
  const hours = days.flat();
  const wantedInHour = hours.map((hour, at) => wanted([hour], hours[at - 1]?.records ?? 0));
  const wantedInDay = days.map((day, at) => wanted(day, days[at - 1]?.at(-1)?.records ?? 0));
  return [
    {
      limit: 'the points an hour of a hosted account',
      share: Math.max(0, ...wantedInHour) / asked.pointsPerHour,
      moves: "a PDS of the city's own; an hour's peak is published in the hours after it",
    },
    {
      limit: 'the points a day of a hosted account',
      share: Math.max(0, ...wantedInDay) / asked.pointsPerDay,
      moves: "a PDS of the city's own",
    },
    {
      limit: 'the pictures a day of a hosted account',
      share:
        Math.max(0, ...days.map((day) => sumOf(day, ({ uploads }) => uploads))) /
        LIMITS.pdsUploadsPerDay,
      moves: "a PDS of the city's own",
    },
  ];
}

const relayUses = (hours: readonly Hour[]): readonly Use[] => [
  {
    limit: 'the commits an hour that a relay takes',
    share: worst(hours, ({ commits }) => commits) / LIMITS.relayCommitsPerHour,
    moves: 'more records to a commit (a pause before each batch), a relay that knows the PDS',
  },
];

/** Such as: At this size X is used most: 104 % of it in the worst hour or day. … */
export function bottleneckInWords([first, second]: readonly Use[]): string {
  if (first === undefined) return 'Nothing was used.';
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  const verb = first.share >= 1 ? 'the bottleneck is' : 'nothing binds; the fullest limit is';
  const next = second === undefined ? '' : ` Next: ${second.limit}, ${percent(second.share)}.`;
  return `At this size ${verb} ${first.limit}: ${percent(first.share)} of it was wanted in the worst hour or day. What moves it: ${first.moves}.${next}`;
}
