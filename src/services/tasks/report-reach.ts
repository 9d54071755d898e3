import { MINUTE_MS } from '../../lib/clock.ts';
import type { Broadcast } from '../../store/broadcasts.ts';
import type { Unreached } from '../../store/outbox.ts';
import type { Context } from '../context.ts';

/** How many were not reached for each reason, the most frequent first. */
export type Missed = readonly (readonly [reason: Unreached, count: number])[];

/** Whom the texts about a task reached, for whoever announced it. */
export type BroadcastReach = {
  readonly organizerId: number;
  readonly task: number;
  readonly reached: number;
  readonly missed: Missed;
  /** The channel took them over, and nobody knows more yet. */
  readonly waiting: number;
  /** It was halted before these were told. */
  readonly untold: number;
};

/** Receipts that take longer than this are not waited for. */
const RECEIPTS_MS_MAX = 10 * MINUTE_MS;

/**
 * The reach of broadcasts that have ended since, each once: when every receipt is in, or after ten
 * minutes. `reporting` are the channels that send receipts; the others' answer is their last word.
 */
export function reportBroadcasts(
  { tx, now }: Context,
  reporting: readonly string[],
): readonly BroadcastReach[] {
  return tx.broadcasts.unreported().flatMap((broadcast) => {
    const { id, taskId, endedAt } = broadcast;
    const isOver = now - (endedAt ?? 0) >= RECEIPTS_MS_MAX;
    if (!isOver && tx.broadcasts.awaitsReceipt(id, reporting)) return [];
    tx.broadcasts.setReported(id, now);
    const organizerId = tx.tasks.get(taskId)?.createdBy;
    if (organizerId === undefined) return [];
    return [
      { organizerId, task: taskId, ...reachOf(tx.broadcasts.standings(id), broadcast, reporting) },
    ];
  });
}

type Standings = readonly {
  readonly channel: string;
  readonly state: string;
  readonly reason: Unreached | null;
  readonly count: number;
}[];

function reachOf(standings: Standings, { total, queued }: Broadcast, reporting: readonly string[]) {
  const missed = new Map<Unreached, number>();
  let [reached, waiting, untold] = [0, 0, Math.max(0, total - queued)];
  for (const { channel, state, reason, count } of standings) {
    if (state === 'delivered' || (state === 'sent' && !reporting.includes(channel)))
      reached += count;
    else if (state === 'sent') waiting += count;
    else if (reason === 'halted') untold += count;
    else missed.set(reason ?? 'unknown', (missed.get(reason ?? 'unknown') ?? 0) + count);
  }
  return { reached, missed: mostFirst(missed), waiting, untold };
}

const mostFirst = (counts: ReadonlyMap<Unreached, number>): Missed =>
  [...counts].toSorted(([, one], [, other]) => other - one);

/** People who were not reached by what they had to hear about a task, for whoever announced it. */
export type NoticesMissed = {
  readonly organizerId: number;
  readonly task: number;
  readonly missed: Missed;
};

const NOTICES_MAX = 500;

/** Notices about tasks that did not arrive and are not tried again, each told once. */
export function reportNotices({ tx, now }: Context): readonly NoticesMissed[] {
  const unheard = tx.outbox.unheard(NOTICES_MAX);
  if (unheard.length === 0) return [];
  tx.outbox.setReported(
    unheard.map(({ id }) => id),
    now,
  );
  const lost = unheard.filter(({ isTriedAgain }) => isTriedAgain === 0);
  return [...Map.groupBy(lost, ({ taskId }) => taskId)].flatMap(([taskId, own]) => {
    const organizerId = taskId === null ? undefined : tx.tasks.get(taskId)?.createdBy;
    if (taskId === null || organizerId === undefined) return [];
    const counts = Map.groupBy(own, ({ reason }) => reason ?? 'unknown');
    const missed = new Map([...counts].map(([reason, { length }]) => [reason, length]));
    return [{ organizerId, task: taskId, missed: mostFirst(missed) }];
  });
}
