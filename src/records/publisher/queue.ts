/**
 * Gives the records that wait, without those that are set aside because their pictures are lost: one
 * lost picture must not hold up a whole city. Those are tried again now and then.
 */
import { type Clock, MINUTE_MS } from '../../lib/clock.ts';
import type { RecordRow } from '../../store/records.ts';
import { RECORDS_BYTES_MAX, wholeDecisions } from './batch.ts';
import { keyOf } from './versions.ts';

export const LOOK_AGAIN_MS = 10 * MINUTE_MS;

export type Queue = ReturnType<typeof createQueue>;

export function createQueue(
  staged: (after: number, limit: number, bytesMax: number) => RecordRow[],
  clock: Clock,
) {
  const parked = new Map<string, string>();
  let triedAgainAt = Number.NEGATIVE_INFINITY;

  return {
    /**
     * The first records that wait, as many as fit a request and `limit` allows, up to the end of a
     * decision where they hold a whole one.
     */
    next: (limit: number): readonly RecordRow[] => {
      if (clock.elapsed() >= triedAgainAt) parked.clear();
      for (let after = 0; ; ) {
        const fitting = staged(after, limit, RECORDS_BYTES_MAX);
        const page = wholeDecisions(fitting, staged(fitting.at(-1)?.seq ?? after, 1, 0)[0]);
        const last = page.at(-1);
        const rows = parked.size === 0 ? page : page.filter((row) => !parked.has(keyOf(row)));
        if (rows.length > 0 || last === undefined) return rows;
        after = last.seq;
      }
    },
    /** Sets a record aside with all its versions, for this reason. */
    park: (row: RecordRow, reason: string): void => {
      if (parked.size === 0) triedAgainAt = clock.elapsed() + LOOK_AGAIN_MS;
      parked.set(keyOf(row), reason);
    },
    /** Why records are set aside, one reason for each. */
    parked: (): readonly string[] => [...parked.values()],
    /** When (`elapsed`, ms) those set aside are tried again; undefined when nothing is set aside. */
    triedAgainAt: () => (parked.size === 0 ? undefined : triedAgainAt),
  };
}
