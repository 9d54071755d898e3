import { afterEach, expect, test } from 'vitest';
import { type TextWarning, warnOfSegmentsJob } from '../../src/jobs/warn-of-segments.ts';
import { DAY_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { TUESDAY } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { ADMIN, ORGANIZER } from '../support/conversation.ts';
import { rememberingChannel, testCity } from '../support/test-city.ts';

const PER_DAY = 100;
const DAY = '2026-11-24';
let stop: () => Promise<void> = async () => {};
afterEach(() => stop());

async function openTown() {
  const clock = standingClock(TUESDAY);
  const { channel, sentTo } = rememberingChannel();
  const logged: number[] = [];
  const texts: TextWarning = { perDay: PER_DAY, warn: (used) => logged.push(used) };
  const town = testCity({
    clock,
    segmentsPerDay: PER_DAY,
    channels: () => [channel],
    jobs: (mailer) => [warnOfSegmentsJob(mailer, texts)],
  });
  stop = town.stop;
  town.seed();
  /** A start runs the jobs. */
  const pass = async (ms: number): Promise<void> => {
    clock.time += ms;
    await town.start();
    await town.idle();
  };
  await pass(0);
  return { ...town, clock, sentTo, logged, pass };
}

test('at four fifths of the day’s texts the admins and the log are told, once a day', async () => {
  const { store, sentTo, logged, pass } = await openTown();
  const use = (segments: number, day = DAY) =>
    store.transact((tx) => tx.budgets.addSegments(day, segments, PER_DAY));
  expect(use(77)).toBe(true);
  await pass(2 * MINUTE_MS);
  expect([logged, sentTo(ADMIN)]).toEqual([[], []]);
  // A text of three segments would now be one too many.
  expect(use(1)).toBe(true);
  await pass(2 * MINUTE_MS);
  expect(logged).toEqual([78]);
  expect(sentTo(ADMIN)).toHaveLength(1);
  expect(sentTo(ADMIN)[0]).toMatch(/78.*100/);
  expect(sentTo(ORGANIZER)).toEqual([]);
  await pass(2 * MINUTE_MS);
  expect(sentTo(ADMIN)).toHaveLength(1);
  // The next day has texts of its own.
  await pass(DAY_MS);
  expect(use(85, '2026-11-25')).toBe(true);
  await pass(2 * MINUTE_MS);
  expect(logged).toEqual([78, 85]);
  expect(sentTo(ADMIN)).toHaveLength(2);
});

test('the metrics show what is used and the limit', async () => {
  const { store, clock } = await openTown();
  store.transact((tx) => tx.budgets.addSegments(DAY, 42, PER_DAY));
  const text = await createMetrics({
    read: store.read,
    now: clock.now,
    memory: () => 0,
    lastBackup: () => null,
    texts: { dayOf: () => DAY, perDay: PER_DAY },
  }).text();
  expect(text).toContain('city_sms_segments_today 42');
  expect(text).toContain('city_sms_segments_limit 100');
});
