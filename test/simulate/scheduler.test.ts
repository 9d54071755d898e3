import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createChance } from '../../simulate/chance.ts';
import { createScheduler } from '../../simulate/scheduler.ts';
import { createLoop } from '../../src/lib/loop.ts';
import { waitBy } from '../../src/lib/wait.ts';

const START = 1_000_000;
const open = (seed = 1) => createScheduler(START, createChance(seed).next);

/** A timer that sets others when it rings, and may be taken back before. */
type Plan = { readonly ms: number; readonly isTakenBack: boolean; readonly next: readonly Plan[] };
const DEPTH_MAX = 5;
const { plan } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.record({
    ms: fc.double({ min: -5, max: 500, noNaN: true }),
    isTakenBack: fc.boolean(),
    next: fc.oneof(
      { maxDepth: DEPTH_MAX },
      fc.constant([]),
      fc.array(tie('plan'), { maxLength: 2 }),
    ),
  }),
}));

test('timers ring in order, each once, when they are due and never in the past', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { maxLength: 10 }), fc.nat(), async (plans, seed) => {
      const { clock, timers, runUntil } = open(seed);
      const rung: number[] = [];
      let expected = 0;
      const set = (all: readonly Plan[]): void => {
        for (const { ms, isTakenBack, next } of all) {
          const at = clock.now() + Math.max(1, Math.ceil(ms));
          const takeBack = timers.after(ms, () => {
            expect(isTakenBack).toBe(false);
            expect(clock.now()).toBe(at);
            rung.push(clock.now());
            set(next);
          });
          if (isTakenBack) takeBack();
          else expected += 1;
        }
      };
      set(plans);
      await runUntil(START + 1_000_000);
      expect(rung).toEqual(rung.toSorted((one, other) => one - other));
      expect(rung).toHaveLength(expected);
      expect(clock.now()).toBe(START + 1_000_000);
    }),
  );
});

test('what comes at the same time comes in an order that the seed decides', async () => {
  const orderOf = async (seed: number): Promise<string> => {
    const { timers, runUntil } = open(seed);
    let order = '';
    for (const name of 'abcdefgh') timers.after(10, () => (order += name));
    await runUntil(START + 10);
    return order;
  };
  expect(await orderOf(1)).toBe(await orderOf(1));
  const orders = new Set(await Promise.all([1, 2, 3, 4, 5].map(orderOf)));
  expect(orders.size).toBeGreaterThan(1);
});

test('nothing of a later time happens before promises and what is to be done soon are through', async () => {
  const { clock, timers, sleep, runUntil } = open();
  const seen: string[] = [];
  timers.after(5, () => {
    timers.soon(() => {
      seen.push(`soon at ${clock.elapsed()}`);
      void Promise.resolve()
        .then(() => Promise.resolve())
        .then(() => timers.soon(() => seen.push(`sooner or later at ${clock.elapsed()}`)));
    });
  });
  timers.after(6, () => seen.push('later'));
  const slept = sleep(7).then(() => seen.push(`slept until ${clock.elapsed()}`));
  await runUntil(START + 10);
  await slept;
  expect(seen).toEqual(['soon at 5', 'sooner or later at 5', 'later', 'slept until 7']);
});

test('rounds come every so long until they are ended', async () => {
  const { clock, timers, runUntil } = open();
  const at: number[] = [];
  const end = timers.every(100, () => {
    at.push(clock.elapsed());
    if (at.length === 3) end();
  });
  await runUntil(START + 1000);
  expect(at).toEqual([100, 200, 300]);
});

test("the city's own loops and waits live in its time", async () => {
  const { clock, timers, runUntil } = open();
  const turns: number[] = [];
  const loop = createLoop({
    timers,
    turn: async (self) => {
      turns.push(clock.elapsed());
      await waitBy(timers)(250, new AbortController().signal);
      self.wakeAfter(1000);
      return false;
    },
    failed: (error) => {
      throw error;
    },
  });
  loop.wake();
  await runUntil(START + 3000);
  expect(turns).toEqual([0, 1250, 2500]);
});
