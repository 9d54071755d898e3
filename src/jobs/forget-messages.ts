/**
 * Removes messages, in and out, that were done with so long ago that nothing needs them: neither to
 * know a second copy, nor to prove anything. What texts cost is kept by month.
 */
import { DAY_MS, isoTime, MINUTE_MS } from '../lib/clock.ts';
import type { Tx } from '../store/store.ts';
import type { Job } from './jobs.ts';

/** So few a turn that nobody waits for it; in a day it gets through a million. */
const BATCH = 500;

type Cost = {
  readonly channel: string;
  readonly kind: string;
  readonly segments: number | null;
  readonly at: number | null;
};

export function forgetMessagesJob(): Job {
  const [sent, received] = [createWalk(), createWalk()];
  return {
    everyMs: MINUTE_MS,
    run: ({ tx, now, city }) => {
      const before = now - city.policies.keepMessagesDays * DAY_MS;
      const { oldMessages } = tx;
      const out = { ids: sent(oldMessages.outbox, before), before };
      if (out.ids.length > 0) keepCosts(tx, oldMessages.removeSent(out));
      // Answers first: a message stays as long as one of its answers.
      const came = { ids: received(oldMessages.inbox, before), before };
      if (came.ids.length === 0) return false;
      oldMessages.removeRefused(came.ids);
      keepCosts(
        tx,
        oldMessages.removeDone(came).map((one) => ({ ...one, kind: 'in' })),
      );
      return false;
    },
  };
}

type Page = (
  after: number,
  limit: number,
) => readonly { readonly id: number; readonly at: number }[];

/**
 * Walks from the oldest on, since some stay among those that go; it begins anew where they are not old
 * any more. A turn that never gets to disk is made up for by the next walk.
 */
function createWalk() {
  let after = 0;
  return (page: Page, before: number): readonly number[] => {
    const rows = page(after, BATCH);
    const ids = rows.filter(({ at }) => at < before).map(({ id }) => id);
    const isAtEnd = ids.length < BATCH;
    after = isAtEnd ? 0 : (ids.at(-1) ?? 0);
    return ids;
  };
}

/** Adds up what texts cost, by month and kind. */
function keepCosts(tx: Tx, removed: readonly Cost[]): void {
  const counted = removed.flatMap(({ channel, kind, segments, at }) =>
    channel === 'sms' && segments !== null && at !== null
      ? [{ month: isoTime(at).slice(0, '2026-11'.length), kind, segments }]
      : [],
  );
  for (const ofMonth of Map.groupBy(counted, ({ month, kind }) => `${month} ${kind}`).values()) {
    const [{ month, kind }] = ofMonth as [(typeof counted)[number]];
    const segments = ofMonth.reduce((sum, one) => sum + one.segments, 0);
    tx.oldMessages.addToMonth({ month, kind, messages: ofMonth.length, segments });
  }
}
