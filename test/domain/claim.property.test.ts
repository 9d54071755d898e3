// Random events and clocks: a claim has no state that the table does not have.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CLAIM_STATES,
  type ClaimEvent,
  type ClaimState,
  type ClaimStep,
  isFreeToLeave,
  isOver,
  nextState,
  slotSince,
  takesSlot,
} from '../../src/domain/claim.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';

const EVENTS: readonly ClaimEvent[] = [
  ...([
    'promote',
    'offer',
    'pass-over',
    'bring',
    'confirm',
    'check-in',
    'submit',
    'approve',
  ] as const),
  ...(['reject', 'leave', 'withdraw', 'miss', 'lapse', 'close', 'call-off'] as const),
];
const events = fc.array(fc.constantFrom(...EVENTS), { maxLength: 60 });
const first = fc.constantFrom<ClaimState>('joined', 'standby');

test('whatever happens, a claim is in a state of the table, and stays where it is over', () =>
  fc.assert(
    fc.property(first, events, (begin, all) => {
      let state: ClaimState = begin;
      for (const event of all) {
        const next = nextState(state, event);
        if (next === undefined) continue;
        expect(isOver(state)).toBe(false);
        expect(CLAIM_STATES).toContain(next);
        state = next;
      }
    }),
  ));

test('every state can be reached, and from every one that is not an end something follows', () => {
  const reached = new Set<ClaimState>(['joined', 'standby']);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const state of [...reached]) {
      for (const event of EVENTS) {
        const next = nextState(state, event);
        if (next !== undefined) reached.add(next);
      }
    }
  }
  expect([...reached].toSorted()).toEqual([...CLAIM_STATES].toSorted());
  const ends = CLAIM_STATES.filter((state) =>
    EVENTS.every((event) => nextState(state, event) === undefined),
  );
  expect(ends).toEqual(['verified', 'rejected', 'left', 'lapsed', 'closed', 'called-off']);
});

test('nothing brings back a slot that was given up', () => {
  for (const state of CLAIM_STATES.filter(isOver)) {
    expect(takesSlot(state)).toBe(false);
    for (const event of EVENTS) expect(nextState(state, event)).toBeUndefined();
  }
});

const steps = fc
  .array(fc.tuple(fc.constantFrom(...CLAIM_STATES), fc.nat({ max: 1000 })), { minLength: 1 })
  .map((all): ClaimStep[] => {
    let at = 0;
    return all.map(([state, wait]) => {
      at += wait;
      return { state, at };
    });
  });

test('since when somebody has a slot is the first step of the last stretch with one', () =>
  fc.assert(
    fc.property(steps, (all) => {
      const since = slotSince(all);
      const last = all.at(-1)?.state ?? 'left';
      expect(since === undefined).toBe(!takesSlot(last));
      if (since === undefined) return;
      const stretch = all.filter(({ at }) => at > since);
      for (const { state } of stretch) expect(takesSlot(state)).toBe(true);
    }),
  ));

const START = Date.UTC(2026, 10, 28, 17);
const task = { startsAt: START, movedAt: null, isAnyTime: 0 };
const joinedAt = (at: number): ClaimStep[] => [{ state: 'joined', at }];

test.each([
  ['more than 48 hours ahead', joinedAt(START - 72 * HOUR_MS), START - 49 * HOUR_MS, true],
  ['47 hours ahead', joinedAt(START - 72 * HOUR_MS), START - 47 * HOUR_MS, false],
  ['an hour ahead', joinedAt(START - 72 * HOUR_MS), START - HOUR_MS, false],
  ['30 minutes after joining', joinedAt(START - HOUR_MS), START - 30 * MINUTE_MS, true],
  ['31 minutes after joining', joinedAt(START - HOUR_MS), START - 29 * MINUTE_MS, false],
  [
    'whoever was promoted',
    [{ state: 'standby', at: START - 72 * HOUR_MS }, ...joinedAt(START - 20 * HOUR_MS)] as const,
    START - HOUR_MS,
    true,
  ],
] as const)('leaving %s: %#', (_when, all, now, isFree) => {
  expect(isFreeToLeave(all, task, now)).toBe(isFree);
});

test('leaving is free after the task was moved, for whoever joined before', () => {
  const moved = { ...task, movedAt: START - 10 * HOUR_MS };
  expect(isFreeToLeave(joinedAt(START - 72 * HOUR_MS), moved, START - HOUR_MS)).toBe(true);
  expect(isFreeToLeave(joinedAt(START - 5 * HOUR_MS), moved, START - HOUR_MS)).toBe(false);
});

test('leaving what has no fixed time is free', () => {
  const any = { ...task, isAnyTime: 1 };
  expect(isFreeToLeave(joinedAt(START - HOUR_MS), any, START + 40 * HOUR_MS)).toBe(true);
});
