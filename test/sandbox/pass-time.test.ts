// The steps in which the sandbox's time goes on.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replyWith } from '../../src/conversation/speech.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { createPassTime, createSandboxClock } from '../../src/sandbox/clock.ts';
import type { Store } from '../../src/store/store.ts';
import { TUESDAY } from '../support/city.ts';
import { machineClock } from '../support/clock.ts';
import { runs } from '../support/runs.ts';
import { withStore } from '../support/store.ts';

const QUARTER_MS = 15 * MINUTE_MS;

/** A sandbox whose machine stands still at `startMs`, and the times (ms) at which it did what was due. */
function sandboxAt(store: Store, startMs: number) {
  const machine = machineClock(startMs);
  const others: number[] = [];
  const clock = createSandboxClock({
    ...{ machine, store },
    moveOthers: async (aheadMs) => void others.push(startMs + aheadMs),
  });
  const done: number[] = [];
  let fault: Error | undefined;
  const ending = new AbortController();
  const passTime = createPassTime({
    ...{ clock, store, channels: [{ name: 'telegram' }], ending: ending.signal },
    doDue: async () => {
      done.push(clock.now());
      if (fault !== undefined) throw fault;
      // What is due is sent.
      const now = clock.now();
      const asked = { channel: 'telegram', now, each: 16, after: {} };
      const ids = store.read.outbox.due(asked, 256).rows.map(({ id }) => id);
      await store.commit((tx) => tx.outbox.lease(ids, now + DAY_MS));
    },
  });
  const wait = (notBefore: number) =>
    store.transact((tx) =>
      tx.outbox.add({
        ...{ channel: 'telegram', kind: 'announcement', body: replyWith('x') },
        ...{ notBefore, createdAt: startMs },
      }),
    );
  const fail = (error: Error | undefined) => {
    fault = error;
  };
  return { clock, others, done, passTime, wait, fail, end: () => ending.abort() };
}

const START = TUESDAY + 7 * MINUTE_MS;

describe('time goes by', () => {
  it('in quarters of an hour of the clock, and stops at the delivery that waits', () =>
    withStore(async (store) => {
      const { passTime, wait, done, clock } = sandboxAt(store, START);
      wait(TUESDAY + 20 * MINUTE_MS);
      await passTime(HOUR_MS);
      expect(done.map((at) => (at - TUESDAY) / MINUTE_MS)).toEqual([7, 15, 20, 30, 45, 60, 67]);
      expect(clock.now()).toBe(START + HOUR_MS);
      expect(clock.elapsed()).toBe(HOUR_MS);
    }));

  it('for those whom the city deals with as well, and for them first', () =>
    withStore(async (store) => {
      const { passTime, others, done } = sandboxAt(store, START);
      await passTime(HOUR_MS);
      expect(others).toEqual(done.slice(1));
    }));

  it('in hours on a long way, whose number has an end however much waits', () =>
    withStore(async (store) => {
      const { passTime, wait, done } = sandboxAt(store, TUESDAY);
      for (let ms = 1; ms <= 200; ms += 1) wait(TUESDAY + HOUR_MS / 2 + ms);
      await passTime(3 * DAY_MS);
      expect(done.length).toBeLessThanOrEqual(1 + 3 * 24 + 2);
    }));

  it('by turns, and one that fails keeps nobody from the next', () =>
    withStore(async (store) => {
      const { passTime, fail, clock } = sandboxAt(store, START);
      fail(new Error('The disk is full.'));
      await expect(passTime(HOUR_MS)).rejects.toThrow('The disk is full.');
      fail(undefined);
      await Promise.all([passTime(HOUR_MS), passTime(2 * HOUR_MS)]);
      expect(clock.now()).toBe(START + 3 * HOUR_MS);
    }));

  it('no longer than the sandbox is open', () =>
    withStore(async (store) => {
      const { passTime, end, clock } = sandboxAt(store, START);
      end();
      await passTime(HOUR_MS);
      expect(clock.now()).toBe(START);
    }));

  it('and not again backwards when the sandbox is opened over the same store', () =>
    withStore(async (store) => {
      await sandboxAt(store, START).passTime(5 * HOUR_MS);
      expect(sandboxAt(store, START).clock.now()).toBe(START + 5 * HOUR_MS);
    }));

  it('exactly as long as it is to, and no delivery waits over a minute too long', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: DAY_MS }),
        fc.integer({ min: 1, max: 2 * 24 * 60 }),
        fc.array(fc.integer({ min: 1, max: DAY_MS }), { maxLength: 8 }),
        (offset, minutes, waits) =>
          withStore(async (store) => {
            const start = TUESDAY + offset;
            const { passTime, wait, done, clock } = sandboxAt(store, start);
            for (const ms of waits) wait(start + ms);
            await passTime(minutes * MINUTE_MS);
            expect(clock.now()).toBe(start + minutes * MINUTE_MS);
            const steps = done.slice(1).map((at, index) => at - (done[index] ?? 0));
            expect(Math.max(...steps)).toBeLessThanOrEqual(QUARTER_MS);
            for (const ms of waits.filter((each) => each <= minutes * MINUTE_MS)) {
              const sentAt = done.find((at) => at >= start + ms) ?? Number.NaN;
              expect(sentAt - start - ms).toBeLessThanOrEqual(MINUTE_MS);
            }
          }),
      ),
      { numRuns: runs(20, 300) },
    ));
});
