import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/lib/clock.ts';
import { createQueue, LOOK_AGAIN_MS } from '../../../src/records/publisher/queue.ts';
import type { RecordRow } from '../../../src/store/records.ts';
import { clockOf } from '../../support/clock.ts';
import { MORNING } from '../../support/record-facts.ts';

const rowsOf = (...keys: readonly string[]): RecordRow[] =>
  keys.map((rkey, at) => ({
    seq: at + 1,
    collection: 'c',
    rkey,
    operation: 'create',
    cid: `cid-${at}`,
    value: '{}',
    state: 'staged',
    stagedAt: 1,
    publishedAt: null,
  }));

function queueOf(rows: readonly RecordRow[]) {
  const time = { now: MORNING };
  const queue = createQueue(
    (after, limit) => rows.filter(({ seq }) => seq > after).slice(0, limit),
    clockOf(() => time.now),
  );
  return { ...queue, time, keys: (limit = 10) => queue.next(limit).map(({ rkey }) => rkey) };
}

describe('the queue of records', () => {
  it('leaves out what is set aside, with all its versions', () => {
    const rows = rowsOf('a', 'b', 'a', 'c');
    const { keys, park, parked } = queueOf(rows);
    expect(keys()).toEqual(['a', 'b', 'a', 'c']);
    park(rows[0] as RecordRow, 'lost');
    expect(keys()).toEqual(['b', 'c']);
    expect(parked()).toEqual(['lost']);
  });

  it('gives whole decisions, unless one alone is more than was asked for', () => {
    const rows = rowsOf('a', 'b', 'c', 'd').map((row, at) => ({
      ...row,
      stagedAt: at === 0 ? 1 : 2,
    }));
    const { keys } = queueOf(rows);
    expect(keys(3)).toEqual(['a']);
    expect(keys(4)).toEqual(['a', 'b', 'c', 'd']);
    expect(queueOf(rows.slice(1)).keys(2)).toEqual(['b', 'c']);
  });

  it('looks beyond any number of them', () => {
    const rows = rowsOf('a', 'b', 'c', 'd', 'e');
    const { keys, park } = queueOf(rows);
    for (const row of rows.slice(0, 4)) park(row, 'lost');
    expect(keys(2)).toEqual(['e']);
    park(rows[4] as RecordRow, 'lost');
    expect(keys(2)).toEqual([]);
  });

  it('tries them again after ten minutes', () => {
    const rows = rowsOf('a', 'b');
    const { keys, park, parked, triedAgainAt, time } = queueOf(rows);
    expect(triedAgainAt()).toBeUndefined();
    park(rows[0] as RecordRow, 'lost');
    time.now += MINUTE_MS;
    park(rows[1] as RecordRow, 'lost');
    expect(triedAgainAt()).toBe(MORNING + LOOK_AGAIN_MS);
    expect(keys()).toEqual([]);
    time.now = MORNING + LOOK_AGAIN_MS;
    expect(keys()).toEqual(['a', 'b']);
    expect(parked()).toEqual([]);
  });
});
