import { expect, test } from 'vitest';
import { backupJob } from '../../src/jobs/backup.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { withCity } from '../support/city.ts';

/** Which of the times (local, in November: UTC−8) a backup is made at, looking every ten minutes. */
const madeFrom = (from: number, hours: number, first: number | null = null): Promise<string[]> =>
  withCity(async (city) => {
    const made: string[] = [];
    let last = first;
    const job = backupJob(
      {
        make: async () => {
          last = city.clock.now;
          made.push(new Date(city.clock.now - 8 * HOUR_MS).toISOString().slice(0, 16));
        },
        makeRecent: async () => {},
        status: () => ({ last }),
      },
      () => 0,
    );
    for (let at = from; at < from + hours * HOUR_MS; at += 10 * MINUTE_MS) {
      city.clock.now = at;
      city.run(job.run);
      await job.committed?.();
    }
    return made;
  });

const MIDDAY = Date.UTC(2026, 10, 23, 20);

test('is made at once where there is none, and then in the quiet of every night', async () => {
  expect(await madeFrom(MIDDAY, 48)).toEqual([
    '2026-11-23T12:00',
    '2026-11-24T03:00',
    '2026-11-25T03:00',
  ]);
});

test('is made at the start when the last night was missed, and not otherwise', async () => {
  expect(await madeFrom(MIDDAY, 10, MIDDAY - 10 * HOUR_MS)).toEqual(['2026-11-23T12:00']);
  expect(await madeFrom(MIDDAY, 10, MIDDAY - 8 * HOUR_MS)).toEqual([]);
});

test('is tried again soon when it could not be made', () =>
  withCity(async (city) => {
    let tries = 0;
    const make = () => {
      tries += 1;
      return Promise.reject(new Error('the disk is full'));
    };
    const job = backupJob({ make, makeRecent: make, status: () => ({ last: null }) }, () => 0);
    expect(job.everyMs).toBe(10 * MINUTE_MS);
    for (let look = 0; look < 3; look += 1) {
      city.run(job.run);
      await expect(job.committed?.()).rejects.toThrow('the disk is full');
    }
    expect(tries).toBe(3);
  }));

/** How often the one in between is made in two hours, where each takes as long as this. */
const recentIn = (durationMs: number): Promise<number> =>
  withCity(async (city) => {
    let made = 0;
    let elapsed = 0;
    const job = backupJob(
      {
        make: async () => {},
        makeRecent: async () => {
          made += 1;
          elapsed += durationMs;
        },
        status: () => ({ last: city.clock.now }),
      },
      () => elapsed,
    );
    for (let look = 0; look < 12; look += 1) {
      elapsed = Math.max(elapsed, look * 10 * MINUTE_MS);
      city.run(job.run);
      await job.committed?.();
    }
    return made;
  });

test('one more is made every ten minutes, and less often where that takes long', async () => {
  expect(await recentIn(0)).toBe(12);
  expect(await recentIn(MINUTE_MS)).toBe(12);
  expect(await recentIn(6 * MINUTE_MS)).toBe(2);
});
