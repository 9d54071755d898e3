import { HOUR_MS } from '../../lib/clock.ts';
import { CONTRIBUTORS_MAX } from '../../records/kinds/activity.ts';
import {
  CITY_WORK_KEY,
  type CityWorkFacts,
  contributorsOf,
  shownOf,
} from '../../records/kinds/city-work.ts';
import type { Values } from '../../records/kinds/index.ts';
import { CITY_WORK } from '../../store/cursors.ts';
import type { Context } from '../context.ts';
import { cityBeganAt } from './city-began-at.ts';

/** What was counted of the work in the city, up to a review. */
type Counted = {
  readonly review: number;
  readonly people: number;
  readonly pieces: number;
  /** When (ms). */
  readonly at: number;
};

const NOTHING: Counted = { review: 0, people: 0, pieces: 0, at: 0 };
/** Each version costs points of the write budget, and says a little more than the one before. */
const EVERY_MS = 6 * HOUR_MS;

/**
 * Brings the record of all the work in the city up to date, when somebody was approved since and it
 * was not written within the last six hours; it is written at once when it names nobody yet. `shown` is
 * what it shows besides: the start says it, later versions keep it. Answers whether it was written.
 */
export function recordCityWork(
  context: Context,
  shown?: Pick<CityWorkFacts, 'location' | 'image'>,
): boolean {
  const { city, records, tx } = context;
  const known = readCounted(context);
  const isNews = known.review !== (tx.cityWork.lastReview() ?? 0);
  if (shown === undefined && !isNews) return false;
  const before = records.get('cityWork', CITY_WORK_KEY);
  // The start writes the first one.
  if (shown === undefined && before === undefined) return false;
  const { counted, contributors } = isNews
    ? count(context, known, before)
    : { counted: known, contributors: namesIn(before) };
  return records.put('cityWork', CITY_WORK_KEY, ({ createdAt }) => ({
    ...(shown ?? shownOf(before)),
    ...{ city: city.name, people: counted.people, pieces: counted.pieces, contributors },
    beganAt: cityBeganAt(context),
    createdAt,
  }));
}

function readCounted({ tx }: Context): Counted {
  const kept = tx.cursors.get(CITY_WORK);
  return kept === undefined ? NOTHING : JSON.parse(kept);
}

const namesIn = (before: Values['cityWork'] | undefined): readonly string[] =>
  before === undefined ? [] : contributorsOf(before);

/** Counts on from what is known; what is known stays as it is while these hours have not passed. */
function count(context: Context, known: Counted, before: Values['cityWork'] | undefined) {
  const { tx, now } = context;
  // Without a record, or without what was counted for it, as after a rebuild, all is counted again.
  const from = before === undefined ? NOTHING : known;
  const named = from.review === 0 ? [] : namesIn(before);
  const isSoon = now >= from.at && now - from.at < EVERY_MS;
  if (isSoon && named.length > 0) return { counted: from, contributors: named };
  const { review } = from;
  const counted: Counted = {
    review: tx.cityWork.lastReview() ?? 0,
    people: from.people + tx.cityWork.newcomers(review),
    pieces: from.pieces + tx.cityWork.pieces(review),
    at: now,
  };
  tx.cursors.put(CITY_WORK, JSON.stringify(counted));
  const room = CONTRIBUTORS_MAX - named.length;
  const added = room > 0 ? tx.cityWork.namesOfNewcomers(review, room) : [];
  return { counted, contributors: [...named, ...added] };
}
