/** Whose turn it was: recipients take turns in a ring. */
import { type DueDelivery, type LastTurns, recipientOf } from '../store/outbox.ts';

/** Who had the last turn in each kind: the one furthest in the ring from whoever had it before. */
export function lastTurnsOf(rows: readonly DueDelivery[], before: LastTurns): LastTurns {
  const last: Partial<Record<0 | 1, number>> = {};
  for (const row of rows) {
    const kind = row.bulk === 1 ? 1 : 0;
    const [one, other] = [recipientOf(row), last[kind]];
    if (other === undefined || isFurther(one, other, before[kind])) last[kind] = one;
  }
  return last;
}

/** Whether one recipient comes after another in the ring that begins after `start`. */
const isFurther = (one: number, other: number, start = -1): boolean =>
  one > start === other > start ? one > other : one <= start;
