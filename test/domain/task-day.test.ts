// The numbers of a task's day, each at its edge. Source: domain.md, The day of a task.
import { describe, expect, test } from 'vitest';
import { noticeTime } from '../../src/domain/notice.ts';
import { clashOf, isMove } from '../../src/domain/task.ts';
import {
  attendanceUntil,
  checkInWindow,
  evidenceWindow,
  isLateSlot,
  momentAfter,
  promotionAt,
  remindersPast,
} from '../../src/domain/task-day.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { BERKELEY } from '../support/city.ts';

/** Saturday, November 28, 9:00 in the city. */
const START = Date.UTC(2026, 10, 28, 17);
const END = START + 2 * HOUR_MS;
const TASK = { startsAt: START, endsAt: END, isAnyTime: 0 };

test('the moments of a task are 24, 2 and 1 hours before, its end, and 2 and 72 hours after it', () => {
  const moments: number[] = [];
  for (let time = 0; ; ) {
    const next = momentAfter(TASK, time);
    if (next === undefined) break;
    moments.push(next.at);
    time = next.at;
  }
  const before = [24, 2, 1].map((hours) => START - hours * HOUR_MS);
  expect(moments).toEqual([...before, END, END + 2 * HOUR_MS, END + 72 * HOUR_MS]);
});

test('a reminder goes to who had joined before its moment', () => {
  const past = (beforeMs: number) => remindersPast(TASK, START - beforeMs);
  expect(past(24 * HOUR_MS + 1)).toBe(0);
  expect([past(24 * HOUR_MS), past(2 * HOUR_MS + 1)]).toEqual([1, 1]);
  expect(past(2 * HOUR_MS)).toBe(2);
});

describe('a slot that comes free', () => {
  const given = (beforeMs: number) => promotionAt(TASK, START - beforeMs, START - beforeMs);

  test('is the first in line’s more than 24 hours ahead, offered until the last hour, then for all', () => {
    expect(given(24 * HOUR_MS + 1)).toEqual({ kind: 'at-once' });
    expect(given(24 * HOUR_MS)).toMatchObject({ kind: 'offer' });
    expect(given(HOUR_MS + 1)).toMatchObject({ kind: 'offer' });
    expect(given(HOUR_MS)).toEqual({ kind: 'first-come' });
    expect(promotionAt(TASK, END - 1, END - 1)).toEqual({ kind: 'first-come' });
    expect(promotionAt(TASK, END, END)).toBeUndefined();
  });

  test('is kept for two hours, or for half the time that is left', () => {
    const keptMs = (beforeMs: number) => {
      const kept = given(beforeMs);
      return kept?.kind === 'offer' ? kept.until - (START - beforeMs) : undefined;
    };
    expect(keptMs(20 * HOUR_MS)).toBe(2 * HOUR_MS);
    expect(keptMs(4 * HOUR_MS)).toBe(2 * HOUR_MS);
    expect(keptMs(3 * HOUR_MS)).toBe(90 * MINUTE_MS);
  });

  test('in the last hour makes nobody absent', () => {
    expect(isLateSlot(TASK, START - HOUR_MS - 1)).toBe(false);
    expect(isLateSlot(TASK, START - HOUR_MS)).toBe(true);
  });
});

test('check-in, evidence and corrections have their hours', () => {
  expect(checkInWindow(TASK)).toEqual({ from: START - HOUR_MS, until: END + 2 * HOUR_MS });
  expect(checkInWindow({ ...TASK, endsAt: null }).until).toBe(START + 8 * HOUR_MS);
  expect(evidenceWindow(TASK)).toEqual({ from: START - HOUR_MS, until: END + 48 * HOUR_MS });
  expect(evidenceWindow({ ...TASK, isAnyTime: 1 }).from).toBe(Number.NEGATIVE_INFINITY);
  // Nobody is absent before two hours after the end.
  expect(attendanceUntil(TASK)).toBe(END + 74 * HOUR_MS);
});

test('a change by an hour, or to another place, makes leaving free', () => {
  const before = { startsAt: START, place: 'Park' };
  const moved = (byMs: number, place = 'Park') => isMove(before, { startsAt: START + byMs, place });
  expect([moved(HOUR_MS - 1), moved(1 - HOUR_MS)]).toEqual([false, false]);
  expect([moved(HOUR_MS), moved(-HOUR_MS)]).toEqual([true, true]);
  expect(moved(0, 'Bridge')).toBe(true);
});

test('within 48 hours two tasks of a person are an hour apart', () => {
  const other = (gapMs: number) => [{ startsAt: END + gapMs, endsAt: null, isAnyTime: 0 }];
  const now = START - 48 * HOUR_MS;
  expect(clashOf(TASK, other(HOUR_MS - 1), now)).toBeDefined();
  expect(clashOf(TASK, other(HOUR_MS), now)).toBeUndefined();
  expect(clashOf(TASK, other(0), now - 1)).toBeUndefined();
});

describe('a service notice', () => {
  const day = Date.UTC(2026, 10, 20);
  /** Hours of the city, which is eight behind. */
  const hour = (hours: number) => day + (hours + 8) * HOUR_MS;
  const said = (now: number, startsAt: number) =>
    noticeTime('changed', { startsAt, endsAt: null, isAnyTime: 0 }, { now, city: BERKELEY });

  test('is sent from 7:00 to 22:00', () => {
    const later = hour(24 * 5);
    expect(said(hour(7) - 1, later)).toBe(hour(7));
    expect(said(hour(7), later)).toBe(hour(7));
    expect(said(hour(22) - 1, later)).toBe(hour(22) - 1);
    expect(said(hour(22), later)).toBe(hour(24 + 7));
  });

  test('is sent at any hour when the task begins within 12 hours, and no later than that', () => {
    expect(said(hour(23), hour(23 + 12))).toBe(hour(23));
    expect(said(hour(23), hour(23 + 12) + MINUTE_MS)).toBe(hour(23) + MINUTE_MS);
  });

  test('that is urgent never waits', () => {
    const task = { startsAt: hour(24 * 5), endsAt: null, isAnyTime: 0 };
    expect(noticeTime('called-off', task, { now: hour(3), city: BERKELEY })).toBe(hour(3));
  });
});
