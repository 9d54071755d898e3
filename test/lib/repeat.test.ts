import { expect, test } from 'vitest';
import { createDue, repeat } from '../../src/lib/repeat.ts';

/** Does these rounds one after the other; answers the pauses between them and how each ended. */
async function rounds(outcomes: readonly ('fails' | 'works' | 'is the last')[], leastPauseMs = 0) {
  const pauses: number[] = [];
  const ended: boolean[] = [];
  const left = [...outcomes];
  const ending = new AbortController();
  await repeat({
    everyMs: 7,
    round: async () => {
      const outcome = left.shift();
      if (outcome === 'fails') throw new Error('no');
      return outcome === 'is the last';
    },
    ended: (error) => ended.push(error === undefined),
    leastPauseMs: () => leastPauseMs,
    pauseMsMax: 3000,
    wait: async (ms) => {
      pauses.push(ms);
      if (left.length === 0) ending.abort();
    },
    signal: ending.signal,
  });
  return { pauses, ended };
}

test('rounds go on at their pace, and end with the last', async () => {
  expect(await rounds(['works', 'works', 'is the last', 'works'])).toEqual({
    pauses: [7, 7],
    ended: [true, true, true],
  });
});

test('pauses double while rounds fail, up to the longest, and begin again after one that works', async () => {
  const { pauses } = await rounds(['fails', 'fails', 'fails', 'works', 'fails']);
  expect(pauses).toEqual([1000, 2000, 3000, 7, 1000]);
});

test('an error may ask for a longer pause', async () => {
  expect((await rounds(['fails'], 60_000)).pauses).toEqual([60_000]);
});

test('what is done now and then is due at first, and after its time', () => {
  let now = 100;
  const due = createDue(10, () => now);
  expect(due.isDue()).toBe(true);
  due.done(now);
  expect(due.isDue()).toBe(false);
  now = 110;
  expect(due.isDue()).toBe(true);
});
