import { expect, test } from 'vitest';
import { withStore } from '../support/store.ts';

test('what a transaction wrote is read after it', () =>
  withStore((store) => {
    store.transact((tx) => tx.caps.put('city', '2026-11', 100));
    expect(store.read.caps.get('city', '2026-11')?.amount).toBe(100);
  }));

test('a transaction that throws leaves nothing behind', () =>
  withStore((store) => {
    const attempt = () =>
      store.transact((tx) => {
        tx.caps.put('city', '2026-11', 100);
        throw new Error('changed my mind');
      });
    expect(attempt).toThrow('changed my mind');
    expect(store.read.caps.get('city', '2026-11')).toBeUndefined();
  }));

test('a transaction that would wait is refused and leaves nothing behind', () =>
  withStore((store) => {
    const attempt = () =>
      store.transact((tx) => Promise.resolve(tx.caps.put('city', '2026-11', 100)));
    expect(attempt).toThrow('must not wait');
    expect(store.read.caps.get('city', '2026-11')).toBeUndefined();
  }));

test('work that shares a commit is undone by itself when it throws', () =>
  withStore(async (store) => {
    const outcomes = await Promise.allSettled([
      store.commit((tx) => tx.caps.put('city', '2026-10', 1)),
      store.commit((tx) => {
        tx.caps.put('city', '2026-11', 2);
        throw new Error('changed my mind');
      }),
      store.commit((tx) => tx.caps.put('city', '2026-12', 3)),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    const amounts = ['2026-10', '2026-11', '2026-12'].map(
      (epoch) => store.read.caps.get('city', epoch)?.amount,
    );
    expect(amounts).toEqual([1, undefined, 3]);
  }));
