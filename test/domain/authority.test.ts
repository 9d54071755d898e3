import { describe, expect, test } from 'vitest';
import {
  capFor,
  decideResume,
  decideRevoke,
  decideSuspend,
  isRoleOf,
  mayExercise,
  rightsOf,
  standingAfterAccept,
  usualRole,
} from '../../src/domain/authority.ts';

describe('the rights of a role', () => {
  test.each([
    ['owner', 'issuer', ['tasks', 'roster', 'reviews', 'invites']],
    ['owner', 'redeemer', ['offers', 'codes', 'invites']],
    ['manager', 'issuer', ['tasks', 'roster']],
    ['manager', 'redeemer', ['offers']],
    ['reviewer', 'issuer', ['roster', 'reviews']],
    ['reviewer', 'redeemer', []],
    ['counter', 'issuer', []],
    ['counter', 'redeemer', ['codes']],
    ['admin', 'issuer', []],
  ] as const)('of %s at an %s are %j', (role, kind, rights) => {
    expect([...rightsOf(role, kind)].toSorted()).toEqual([...rights].toSorted());
  });

  test('hold while the partner is approved, and for live codes while it is suspended', () => {
    expect(mayExercise('tasks', 'approved')).toBe(true);
    expect(mayExercise('codes', 'suspended')).toBe(true);
    expect(mayExercise('offers', 'suspended')).toBe(false);
    expect(mayExercise('codes', 'deferred')).toBe(false);
  });

  test('say who can be invited to which partner', () => {
    expect(isRoleOf('counter', 'issuer')).toBe(false);
    expect(isRoleOf('reviewer', 'redeemer')).toBe(false);
    expect(isRoleOf('manager', 'redeemer')).toBe(true);
    expect([usualRole('issuer', false), usualRole('issuer', true)]).toEqual(['owner', 'reviewer']);
    expect(usualRole('redeemer', true)).toBe('counter');
  });
});

describe('a partner', () => {
  test('is approved when its first invitation is taken up, or deferred', () => {
    expect(standingAfterAccept('invited', 'green')).toBe('approved');
    expect(standingAfterAccept('pending', 'yellow')).toBe('approved');
    expect(standingAfterAccept('invited', 'red')).toBe('deferred');
    expect(standingAfterAccept('suspended', 'green')).toBeUndefined();
  });

  test('has half the cap on yellow, rounded down', () => {
    expect([capFor('green', 501), capFor('yellow', 501), capFor('yellow', 0)]).toEqual([
      501, 250, 0,
    ]);
  });

  test('is suspended once, for a reason, and resumed where there is something to resume', () => {
    expect(decideSuspend({ state: 'approved', reason: '' }).ok).toBe(false);
    expect(decideSuspend({ state: 'suspended', reason: 'mice' }).ok).toBe(false);
    expect(decideSuspend({ state: 'approved', reason: 'mice' }).ok).toBe(true);
    const resume = (state: 'suspended' | 'approved', hasPeople = true) =>
      decideResume({ state, onboarding: 'green', hasPeople });
    expect(resume('suspended')).toEqual({ ok: true, value: 'approved' });
    expect(resume('suspended', false)).toEqual({ ok: true, value: 'invited' });
    expect(resume('approved').ok).toBe(false);
  });
});

test('a role is ended by an admin or an owner of that partner, and never that of the last admin', () => {
  const facts = { isAdmin: false, isOwner: false, isForCity: false, adminsLeft: 1 };
  expect(decideRevoke(facts).ok).toBe(false);
  expect(decideRevoke({ ...facts, isOwner: true }).ok).toBe(true);
  expect(decideRevoke({ ...facts, isAdmin: true }).ok).toBe(true);
  expect(decideRevoke({ ...facts, isOwner: true, isForCity: true }).ok).toBe(false);
  expect(decideRevoke({ ...facts, isAdmin: true, isForCity: true }).ok).toBe(true);
  expect(decideRevoke({ ...facts, isAdmin: true, isForCity: true, adminsLeft: 0 }).ok).toBe(false);
});
