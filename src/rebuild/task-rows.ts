/** Turns the records of tasks and of people's parts in them into rows: see `rows.ts`. */
import { CHECK_IN_WAYS, CLAIM_STATES, type ClaimStep } from '../domain/claim.ts';
import { nextDate } from '../domain/series.ts';
import { isMove, type TaskTimes } from '../domain/task.ts';
import {
  fieldsOf,
  listOf,
  type SourceRecord,
  textIn,
  timeIn,
  UnusableRecord,
  uriIn,
} from './fields.ts';
import type { Row } from './filler.ts';

type Told = Readonly<Record<string, unknown>>;
const TASK_STATES = ['open', 'closed', 'called-off'] as const;

export function taskRow(did: string, record: SourceRecord): Row {
  const { text, whole, word, time, ref, maybe } = fieldsOf(did, record);
  const state = word('status', TASK_STATES);
  const changes = listOf(record.value['changes']).map(timesBefore);
  return [
    record.rkey,
    record.cid,
    maybe(whole, 'number'),
    ref('issuer'),
    text('title'),
    text('place'),
    whole('credits'),
    whole('slots'),
    time('startsAt'),
    maybe(time, 'endsAt'),
    state,
    time('createdAt'),
    state === 'open' ? null : maybe(time, 'updatedAt'),
    maybe(ref, 'location'),
    ...postOf(record.value['post']),
    textIn(record.value['note']) ?? '',
    textIn(record.value['reason']) ?? '',
    textIn(record.value['area']),
    record.value['anyTime'] === true ? 1 : 0,
    JSON.stringify(changes),
    changes.length,
    seriesKey(record),
    lastMove(changes, { startsAt: time('startsAt'), place: text('place') }),
  ];
}

const seriesKey = ({ value }: SourceRecord): string | null =>
  textIn((value['series'] as Told | undefined)?.['key']);

/** The series that a task is a date of; no row for a task by itself. The latest date tells the newest. */
export function seriesRows(did: string, record: SourceRecord): readonly Row[] {
  const key = seriesKey(record);
  if (key === null) return [];
  const { text, whole, time, ref } = fieldsOf(did, record);
  const series = fieldsOf(did, { ...record, value: record.value['series'] as Told });
  const made = [ref('issuer'), text('title'), text('place'), whole('credits'), whole('slots')];
  return [
    [
      ...[key, ...made, textIn(record.value['note']) ?? ''],
      ...[series.whole('startMinute'), series.maybe(series.whole, 'endMinute')],
      ...[nextDate(series.text('day')), series.text('lastDay'), time('createdAt')],
    ],
  ];
}

/** When and where a task was to be before it was changed. */
function timesBefore(told: unknown): TaskTimes {
  const { changedAt, startsAt, endsAt, place, slots } = (told ?? {}) as Told;
  return {
    until: timeIn(changedAt) ?? 0,
    startsAt: timeIn(startsAt) ?? 0,
    endsAt: timeIn(endsAt),
    place: textIn(place) ?? '',
    slots: Number(slots ?? 1),
  };
}

/** When a task last moved so far that leaving it is free (ms); null for never. */
function lastMove(
  changes: readonly TaskTimes[],
  now: { readonly startsAt: number; readonly place: string },
): number | null {
  const after = [...changes.slice(1), now];
  const at = changes.findLastIndex((one, index) => isMove(one, after[index] ?? now));
  return changes[at]?.until ?? null;
}

/** A step of a claim, as the store keeps it. */
function stepIn(told: unknown): ClaimStep {
  const { status, decidedAt, guests, way, by, expiresAt, startsAt, free } = (told ?? {}) as Told;
  const state = CLAIM_STATES.find((one) => one === status);
  const time = timeIn(decidedAt);
  if (state === undefined || time === null) {
    throw new UnusableRecord('It has a step that this version does not know.');
  }
  const [kept, began, who] = [timeIn(expiresAt), timeIn(startsAt), textIn(by)];
  const known = CHECK_IN_WAYS.find((one) => one === way);
  return {
    ...{ state, at: time },
    ...(typeof guests === 'number' ? { guests } : {}),
    ...(known === undefined ? {} : { way: known }),
    ...(who === null ? {} : { by: who }),
    ...(kept === null ? {} : { until: kept }),
    ...(began === null ? {} : { startsAt: began }),
    ...(free === true ? { isFree: true } : {}),
  };
}

/** The address and the version of a post; null and null for none. */
export function postOf(ref: unknown): readonly [string | null, string | null] {
  const { uri, cid } = (ref ?? {}) as { readonly uri?: unknown; readonly cid?: unknown };
  return typeof uri === 'string' && typeof cid === 'string' ? [uri, cid] : [null, null];
}

/** Where a task was announced on Bluesky; no row for a task that was not. */
export function announcementRows({ rkey, value }: SourceRecord): readonly Row[] {
  const uri = uriIn(value['post']);
  return uri === undefined ? [] : [[rkey, 'bluesky', uri]];
}
export function claimRow(did: string, record: SourceRecord): Row {
  const { text, word, time, ref } = fieldsOf(did, record);
  const { rkey, cid } = record;
  const state = word('status', CLAIM_STATES);
  const steps = listOf(record.value['steps']).map(stepIn);
  const guests = record.value['guests'];
  return [
    ...[rkey, cid, ref('task'), text('participant'), state, time('createdAt')],
    JSON.stringify(steps),
    Number.isSafeInteger(guests) ? (guests as number) : 0,
    steps.at(-1)?.until ?? null,
  ];
}
