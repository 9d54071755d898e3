import { expect, test } from 'vitest';
import { createOpening } from '../../src/cloudflare/opening.ts';

/** An opening by a clock of the test's own, of which each try is answered by `outcomes`. */
function opened(outcomes: readonly (string | Error)[]) {
  const clock = { now: 0 };
  const told: string[] = [];
  let tries = 0;
  const opening = createOpening({
    open: async (ends) => {
      const outcome = outcomes[tries] ?? 'open';
      tries += 1;
      ends.defer(() => void told.push(`closed ${tries}`));
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    failed: (error) => told.push(String(error)),
    now: () => clock.now,
  });
  return { opening, clock, told, tries: () => tries };
}

test('whoever comes at once gets the same', async () => {
  const { opening, tries } = opened(['one']);
  expect(await Promise.all([opening.get(), opening.get(), opening.get()])).toEqual(
    Array(3).fill('one'),
  );
  expect(tries()).toBe(1);
});

test('after a failure nobody tries again until a pause is over, which doubles up to ten minutes', async () => {
  const failures = Array.from({ length: 14 }, (_, at) => new Error(`no ${at}`));
  const { opening, clock, told, tries } = opened(failures);
  let pause = 1000;
  for (let at = 1; at <= failures.length; at += 1) {
    await expect(opening.get()).rejects.toThrow(`no ${at - 1}`);
    expect(tries()).toBe(at);
    clock.now += pause - 1;
    await expect(opening.get()).rejects.toThrow(`no ${at - 1}`);
    expect(tries()).toBe(at);
    clock.now += 1;
    pause = Math.min(600_000, pause * 2);
  }
  expect(await opening.get()).toBe('open');
  expect(told.filter((one) => one.startsWith('Error'))).toHaveLength(failures.length);
  // What a try had opened is closed again.
  expect(told.filter((one) => one.startsWith('closed'))).toHaveLength(failures.length);
});

test('what was closed is opened anew, and its failures are forgotten', async () => {
  const { opening, told } = opened(['one', new Error('no'), 'three']);
  expect(await opening.get()).toBe('one');
  await opening.close();
  expect(told).toEqual(['closed 1']);
  await expect(opening.get()).rejects.toThrow('no');
  await opening.close();
  expect(await opening.get()).toBe('three');
});

test('whoever closes waits for what is being opened', async () => {
  const gate = Promise.withResolvers<string>();
  const told: string[] = [];
  const opening = createOpening({
    open: async (ends) => {
      const value = await gate.promise;
      ends.defer(() => void told.push('closed'));
      return value;
    },
    failed: () => undefined,
    now: () => 0,
  });
  const got = opening.get();
  const closed = opening.close();
  gate.resolve('one');
  expect(await got).toBe('one');
  await closed;
  expect(told).toEqual(['closed']);
});

test('nothing is opened beside what is still being closed', async () => {
  const gate = Promise.withResolvers<void>();
  const told: string[] = [];
  const opening = createOpening({
    open: async (ends) => {
      told.push('open');
      ends.defer(async () => {
        await gate.promise;
        told.push('closed');
      });
      return told.length;
    },
    failed: () => undefined,
    now: () => 0,
  });
  await opening.get();
  const closes = [opening.close(), opening.close()];
  const again = opening.get();
  await Promise.resolve();
  expect(told).toEqual(['open']);
  gate.resolve();
  await Promise.all(closes);
  await again;
  expect(told).toEqual(['open', 'closed', 'open']);
});

test('what a failed try had opened is closed before another try', async () => {
  const told: string[] = [];
  const clock = { now: 0 };
  const gate = Promise.withResolvers<void>();
  const opening = createOpening({
    open: async (ends) => {
      told.push('open');
      ends.defer(async () => {
        await gate.promise;
        told.push('closed');
      });
      if (told.length === 1) throw new Error('late');
      return 'open';
    },
    failed: () => undefined,
    now: () => clock.now,
  });
  const first = opening.get();
  await Promise.resolve();
  clock.now += 3_600_000;
  const second = opening.get();
  gate.resolve();
  await expect(first).rejects.toThrow('late');
  await expect(second).rejects.toThrow('late');
  clock.now += 3_600_000;
  expect(await opening.get()).toBe('open');
  expect(told).toEqual(['open', 'closed', 'open']);
});
