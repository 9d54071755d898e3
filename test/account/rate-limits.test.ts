import { describe, expect, it } from 'vitest';
import { createRateLimits, WRITE_METHOD } from '../../src/account/rate-limits.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { MORNING } from '../support/record-facts.ts';

const HOUR = { limit: 5000, seconds: 3600 };
const DAY = { limit: 35_000, seconds: 86_400 };
/** Requests of an address, of any kind. */
const GLOBAL = { limit: 3000, seconds: 300 };

function rateLimits() {
  /** The calendar is `setMs` apart from the time that goes by. */
  const time = { now: MORNING, setMs: 0 };
  const one = createRateLimits({ now: () => time.now + time.setMs, elapsed: () => time.now });
  const note = (
    method: string,
    window: typeof HOUR,
    remaining: number | string,
    resetMs: number,
    others: Readonly<Record<string, string>> = {},
  ) => {
    const headers: Readonly<Record<string, string>> = {
      'ratelimit-limit': String(window.limit),
      'ratelimit-remaining': String(remaining),
      'ratelimit-reset': String(Math.floor((time.now + resetMs) / 1000)),
      'ratelimit-policy': `${window.limit};w=${window.seconds}`,
      ...others,
    };
    one.note(method, (name) => headers[name]);
  };
  return { ...one, note, time };
}

describe('what the PDS allows', () => {
  it('is unknown at first', () => {
    const { pointsLeft, pointsAt, requestAt } = rateLimits();
    expect(pointsLeft()).toBe(Infinity);
    expect(pointsAt(1_000_000)).toBe(MORNING);
    expect(requestAt(WRITE_METHOD)).toBe(MORNING);
  });

  it('is the tightest of what it told last, until that begins again', () => {
    const { pointsLeft, note, time } = rateLimits();
    note(WRITE_METHOD, HOUR, 2000, HOUR_MS);
    note(WRITE_METHOD, DAY, 1500, DAY_MS);
    expect(pointsLeft()).toBe(1500);
    note(WRITE_METHOD, HOUR, 900, HOUR_MS);
    expect(pointsLeft()).toBe(900);
    time.now += HOUR_MS;
    expect(pointsLeft()).toBe(1500);
    time.now += DAY_MS;
    expect(pointsLeft()).toBe(Infinity);
  });

  it('comes in windows, one after the other', () => {
    const { pointsAt, note } = rateLimits();
    note(WRITE_METHOD, HOUR, 900, 10 * MINUTE_MS);
    expect(pointsAt(900)).toBe(MORNING);
    expect(pointsAt(901)).toBe(MORNING + 10 * MINUTE_MS);
    expect(pointsAt(5900)).toBe(MORNING + 10 * MINUTE_MS);
    expect(pointsAt(5901)).toBe(MORNING + 10 * MINUTE_MS + HOUR_MS);
  });

  it('counts requests where the window is short, and where it is not about records', () => {
    const { pointsLeft, requestAt, note } = rateLimits();
    note(WRITE_METHOD, GLOBAL, 3, MINUTE_MS);
    note('repo.uploadBlob', { limit: 1000, seconds: 86_400 }, 0, 5 * HOUR_MS);
    expect(pointsLeft()).toBe(Infinity);
    expect(requestAt(WRITE_METHOD)).toBe(MORNING);
    expect(requestAt('repo.uploadBlob')).toBe(MORNING + 5 * HOUR_MS);
    note(WRITE_METHOD, GLOBAL, 0, MINUTE_MS);
    expect(requestAt(WRITE_METHOD)).toBe(MORNING + MINUTE_MS);
  });

  it.each([
    ['a reset in the past', 0, -HOUR_MS, {}],
    ['a reset in the year 3000', 0, 0, { 'ratelimit-reset': '32503680000' }],
    ['no reset', 0, 0, { 'ratelimit-reset': 'never' }],
    ['less than nothing', '-5', HOUR_MS, {}],
    ['no number', 'NaN', HOUR_MS, {}],
  ])('is not what cannot be: %s', (_name, remaining, resetMs, others) => {
    const { pointsLeft, note } = rateLimits();
    note(WRITE_METHOD, HOUR, remaining, resetMs, others);
    expect(pointsLeft()).toBe(Infinity);
  });

  it('is over when it is, whatever becomes of the calendar meanwhile', () => {
    const { pointsLeft, requestAt, note, time } = rateLimits();
    note(WRITE_METHOD, HOUR, 0, HOUR_MS);
    note('repo.uploadBlob', GLOBAL, 0, MINUTE_MS);
    time.setMs = -30 * DAY_MS;
    expect(pointsLeft()).toBe(0);
    expect(requestAt('repo.uploadBlob')).toBe(MORNING + MINUTE_MS);
    time.now += HOUR_MS;
    expect(pointsLeft()).toBe(Infinity);
    expect(requestAt('repo.uploadBlob')).toBe(MORNING + HOUR_MS);
  });
});
