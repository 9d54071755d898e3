import { expect, test, vi } from 'vitest';
import { createServing } from '../../src/cloudflare/serving.ts';
import { createStanding } from '../../src/cloudflare/standing.ts';
import { openDurableStore } from '../../src/store/open-durable.ts';
import { storageOfTest } from '../support/object-of-test.ts';

/** What an object keeps, for as long as a test runs. */
function keptValues() {
  const values = new Map<string, string>();
  return {
    get: (name: string) => values.get(name),
    put: (name: string, value: string) => void values.set(name, value),
    delete: (name: string) => values.delete(name),
  };
}

test('how a city stands outlives the object, and says why it must not run', () => {
  const kept = keptValues();
  const standing = createStanding(kept);
  expect(standing.now()).toBe('running');
  expect(() => standing.mustRun()).not.toThrow();
  for (const [as, sentence] of [
    ['frozen', /stands still/],
    ['filling', /not whole yet/],
    ['left', /moved away/],
  ] as const) {
    standing.keep(as, 'one move');
    const later = createStanding(kept);
    expect([later.now(), later.move()]).toEqual([as, 'one move']);
    expect(() => later.mustRun()).toThrow(sentence);
  }
  standing.keep('running');
  const later = createStanding(kept);
  expect([later.now(), later.move()]).toEqual(['running', undefined]);
});

test('nothing is written to a city that stands still, and what it knows can be read', async () => {
  let mayWrite = true;
  const { store } = await openDurableStore(storageOfTest(), { mayWrite: () => mayWrite });
  store.transact((tx) => tx.cursors.put('a-name', 'before'));
  mayWrite = false;
  expect(() => store.transact((tx) => tx.cursors.put('a-name', 'late'))).toThrow('stands still');
  await expect(store.commit((tx) => void tx.cursors.put('a-name', 'late'))).rejects.toThrow(
    'stands still',
  );
  expect(store.read.cursors.get('a-name')).toBe('before');
  mayWrite = true;
  store.transact((tx) => tx.cursors.put('a-name', ''));
});

test('whoever has a city stand still waits for what is being served, and not for ever', async () => {
  vi.useFakeTimers();
  try {
    const serving = createServing();
    const slow = Promise.withResolvers<string>();
    const served = serving.serve(() => slow.promise);
    let isQuiet = false;
    const quiet = serving.quiet(30_000).then(() => {
      isQuiet = true;
    });
    await vi.advanceTimersByTimeAsync(29_999);
    expect(isQuiet).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await quiet;
    slow.resolve('done');
    expect(await served).toBe('done');
    await serving.quiet(30_000);
    await expect(serving.serve(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await serving.quiet(30_000);
  } finally {
    vi.useRealTimers();
  }
});
