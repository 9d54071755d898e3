/** Writes what was simulated: what was assumed, a line a day or an hour, and what it comes to. */
import { percent, whole } from '../bench/print.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../src/lib/clock.ts';
import type { Asked } from './arguments.ts';
import { bottleneckInWords, daysOf, usesOf } from './bottleneck.ts';
import type { Hour } from './figures.ts';
import { LIMITS } from './limits.ts';
import {
  BLUESKY_MESSAGE,
  CLOUDFLARE,
  MMS_RECEIVED,
  OBJECT_GIGABYTES,
  SMS_CARRIER_FEE,
  SMS_SEGMENT,
  TELEGRAM_MESSAGE,
} from './prices.ts';
import { RATES_IN_WORDS } from './rates.ts';
import type { Result } from './simulate.ts';

const HOURS_A_MONTH = 730;
/** An object that is kept awake has an alarm every half minute. */
const ALARMS_AN_HOUR = 120;
const SECONDS_AN_HOUR = HOUR_MS / SECOND_MS;

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

/** Such as 0.2 s, 14 s, 3 min or 2.5 h. */
function span(ms: number): string {
  if (ms < 10 * SECOND_MS) return `${(ms / SECOND_MS).toFixed(1)} s`;
  if (ms < 3 * MINUTE_MS) return `${whole(ms / SECOND_MS)} s`;
  return ms < 3 * HOUR_MS ? `${whole(ms / MINUTE_MS)} min` : `${(ms / HOUR_MS).toFixed(1)} h`;
}

const sumOf = (hours: readonly Hour[], of: (hour: Hour) => number): number =>
  hours.reduce((sum, hour) => sum + of(hour), 0);
const mostOf = (hours: readonly Hour[], of: (hour: Hour) => number): number =>
  Math.max(0, ...hours.map(of));

const inOf = ({ in: said }: Hour): number => said.sms + said.telegram + said.bluesky;
const outOf = ({ out }: Hour): number => out.sms + out.telegram + out.bluesky;
/** What messages cost. */
const costOf = ({ segmentsIn, segmentsOut, photosIn, out }: Hour): number =>
  (segmentsIn + segmentsOut) * SMS_SEGMENT +
  segmentsOut * SMS_CARRIER_FEE +
  photosIn * MMS_RECEIVED +
  out.telegram * TELEGRAM_MESSAGE +
  out.bluesky * BLUESKY_MESSAGE;

/** What the simulation stands on. */
export function assumptions(asked: Asked): readonly string[] {
  const { residents, days, seed, smsPerSecond, segmentsPerDay, pds } = asked;
  const points = `${whole(asked.pointsPerHour)} points an hour and ${whole(asked.pointsPerDay)} a day (a record costs 3, its change 2), ${whole(LIMITS.pdsUploadsPerDay)} pictures a day`;
  return [
    `A city of ${whole(residents)} residents for ${days} days, seed ${seed}. Everybody is driven, every day at the full rate: nothing is scaled.`,
    '',
    'Assumed:',
    ...RATES_IN_WORDS.map((sentence) => `- ${sentence}`),
    `- A subscriber gets ${asked.alertsPerDay} alerts a day at most, from 9:00 to 20:00.`,
    'Limits:',
    `- SMS, segments: ${whole(smsPerSecond)} a second, ${segmentsPerDay === undefined ? 'any number' : whole(segmentsPerDay)} a day. Telegram: ${LIMITS.telegramPerSecond} messages a second, ${LIMITS.telegramPlacePerMinute} a minute in its channel.`,
    pds === 'hosted'
      ? `- A hosted account: ${points}.`
      : `- A PDS of the city's own without limits; a relay takes ${whole(LIMITS.relayCommitsPerHour)} commits an hour.`,
    `Prices: a segment $${SMS_SEGMENT} each way, and $${SMS_CARRIER_FEE} of carriers on the way out; a photo by SMS $${MMS_RECEIVED}; Telegram and Bluesky nothing.`,
    '',
  ];
}

type Column = readonly [name: string, width: number, of: (hours: readonly Hour[]) => string];

/** Counts are of all hours; what stands or waits is of the worst one. */
const COLUMNS: readonly Column[] = [
  ['in', 8, (hours) => whole(sumOf(hours, inOf))],
  ['out', 9, (hours) => whole(sumOf(hours, outOf))],
  ['alerts', 9, (hours) => whole(sumOf(hours, ({ kinds }) => kinds.broadcast))],
  ['segments', 9, (hours) => whole(sumOf(hours, ({ segmentsOut }) => segmentsOut))],
  ['cost', 10, (hours) => dollars(sumOf(hours, costOf))],
  ['loops', 7, (hours) => whole(sumOf(hours, ({ loops }) => loops))],
  ['answers p50', 12, (hours) => span(mostOf(hours, ({ answerP50Ms }) => answerP50Ms))],
  ['p99', 8, (hours) => span(mostOf(hours, ({ answerP99Ms }) => answerP99Ms))],
  ['outbox', 8, (hours) => whole(mostOf(hours, ({ outbox }) => outbox))],
  ['oldest', 8, (hours) => span(mostOf(hours, ({ outboxMs }) => outboxMs))],
  ['records', 9, (hours) => whole(sumOf(hours, ({ recordsStaged }) => recordsStaged))],
  ['points', 8, (hours) => whole(sumOf(hours, ({ points }) => points))],
  ['commits', 8, (hours) => whole(sumOf(hours, ({ commits }) => commits))],
  ['backlog', 8, (hours) => whole(mostOf(hours, ({ records }) => records))],
  ['oldest', 8, (hours) => span(mostOf(hours, ({ recordsMs }) => recordsMs))],
  ['relay', 8, (hours) => span(mostOf(hours, ({ relayMs }) => relayMs))],
];

const row = (first: string, cells: readonly string[]): string =>
  [first.padEnd(5), ...cells.map((cell, at) => cell.padStart(COLUMNS[at]?.[1] ?? 0))].join(' ');

/** A line a day: sums, and of what waits the worst hour's. */
export const table = (hours: readonly Hour[]): readonly string[] => [
  row(
    'day',
    COLUMNS.map(([name]) => name),
  ),
  ...daysOf(hours).map((day, at) =>
    row(
      String(at + 1),
      COLUMNS.map(([, , of]) => of(day)),
    ),
  ),
];

const CSV: readonly (readonly [name: string, of: (hour: Hour) => number])[] = [
  ['hour', ({ hour }) => hour],
  ['in_sms', (hour) => hour.in.sms],
  ['in_telegram', (hour) => hour.in.telegram],
  ['in_bluesky', (hour) => hour.in.bluesky],
  ['out_sms', ({ out }) => out.sms],
  ['out_telegram', ({ out }) => out.telegram],
  ['out_bluesky', ({ out }) => out.bluesky],
  ['out_alerts', ({ kinds }) => kinds.broadcast],
  ['unanswered', ({ unanswered }) => unanswered],
  ['answer_p50_ms', ({ answerP50Ms }) => answerP50Ms],
  ['answer_p99_ms', ({ answerP99Ms }) => answerP99Ms],
  ['outbox', ({ outbox }) => outbox],
  ['outbox_oldest_ms', ({ outboxMs }) => outboxMs],
  ['segments_in', ({ segmentsIn }) => segmentsIn],
  ['segments_out', ({ segmentsOut }) => segmentsOut],
  ['sms_queue_ms', ({ smsQueueMs }) => smsQueueMs],
  ['cost_dollars', costOf],
  ['turned_away', ({ turnedAway }) => turnedAway],
  ['loops', ({ loops }) => loops],
  ['records_staged', ({ recordsStaged }) => recordsStaged],
  ['records_published', ({ recordsPublished }) => recordsPublished],
  ['records_waiting', ({ records }) => records],
  ['records_oldest_ms', ({ recordsMs }) => recordsMs],
  ['points', ({ points }) => points],
  ['commits', ({ commits }) => commits],
  ['pictures', ({ uploads }) => uploads],
  ['relay_behind_ms', ({ relayMs }) => relayMs],
];

export const csvHeader = CSV.map(([name]) => name).join(',');
export const csvLine = (hour: Hour): string =>
  CSV.map(([, of]) => String(Math.round(100 * of(hour)) / 100)).join(',');

/** What a month like this would cost on Cloudflare, as far as it is counted here. */
function cloudflare(hours: readonly Hour[]): string {
  const months = hours.length / HOURS_A_MONTH;
  const asked = sumOf(hours, (hour) => inOf(hour) + hour.reports + ALARMS_AN_HOUR) / months;
  const gigabyteSeconds = HOURS_A_MONTH * SECONDS_AN_HOUR * OBJECT_GIGABYTES;
  const beyond = (used: number, included: number, million: number): number =>
    (Math.max(0, used - included) / 1e6) * million;
  const { base, requestsIncluded, requestsMillion } = CLOUDFLARE;
  const { gigabyteSecondsIncluded, gigabyteSecondsMillion } = CLOUDFLARE;
  const cost =
    base +
    beyond(asked, requestsIncluded, requestsMillion) +
    beyond(gigabyteSeconds, gigabyteSecondsIncluded, gigabyteSecondsMillion);
  return `On Cloudflare a month like this: ${whole(asked)} requests (messages in, reports, alarms), ${whole(gigabyteSeconds)} GB-s of one object that is awake, ${dollars(cost)}, without rows, storage and pages.`;
}

/** What all of it comes to. */
export function summary(result: Result, asked: Asked): readonly string[] {
  const { hours, people, partners, transfers, faults } = result;
  const [said, sent] = [sumOf(hours, inOf), sumOf(hours, outOf)];
  const loops = sumOf(hours, (hour) => hour.loops);
  const cost = sumOf(hours, costOf);
  const of = (count: (hour: Hour) => number): string => whole(sumOf(hours, count));
  const uses = usesOf(hours, asked);
  return [
    `${whole(people)} people take part, ${whole(partners)} partners. ${whole(said)} messages in, ${whole(sent)} out: ${of(({ kinds }) => kinds.reply)} answers, ${of(({ kinds }) => kinds.notice)} notices, ${of(({ kinds }) => kinds.broadcast)} alerts, ${of(({ kinds }) => kinds.place)} in public.`,
    `${whole(loops)} whole loops; ${of(({ unhonored }) => unhonored)} codes were not honored, ${of(({ unanswered }) => unanswered)} messages not answered within half an hour, ${of(({ turnedAway }) => turnedAway)} tries turned away by a provider. Budgets of the city left out or refused ${of(({ refused }) => refused)} things, nearly all of them alerts to subscribers who had enough.`,
    `Messages cost ${dollars(cost)}${loops > 0 ? `, ${dollars(cost / loops)} a loop` : ''}. ${cloudflare(hours)}`,
    `${whole(transfers)} transfers, ${of(({ recordsStaged }) => recordsStaged)} records staged and ${of(({ recordsPublished }) => recordsPublished)} published in ${of(({ commits }) => commits)} commits; the database has ${(result.databaseBytes / 1e6).toFixed(1)} MB.`,
    faults.length === 0 ? 'The books agree.' : `The books do not agree: ${faults.join(' ')}`,
    '',
    'Of each limit, in its worst hour or day:',
    ...uses.map(({ limit, share }) => `- ${limit}: ${percent(share, 1)}`),
    '',
    bottleneckInWords(uses),
  ];
}
