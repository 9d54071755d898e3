import { describe, expect, it } from 'vitest';
import { composeBatch, OPERATIONS_MAX } from '../../../src/records/publisher/batch.ts';
import type { RecordRow } from '../../../src/store/records.ts';

let seq = 0;
const row = (rkey: string, operation: RecordRow['operation'] = 'create', value = '{"a":1}') => {
  seq += 1;
  return {
    seq,
    collection: 'org.city-sync.civic.claim',
    rkey,
    operation,
    cid: `cid-${seq}`,
    value: operation === 'delete' ? '' : value,
    state: 'staged',
    stagedAt: 1,
    publishedAt: null,
  } satisfies RecordRow;
};
const keysOf = (rows: readonly RecordRow[], points: number) =>
  composeBatch(rows, points)?.rows.map(({ rkey }) => rkey);

describe('a batch', () => {
  it('has as many records as the points pay for, in their order', () => {
    const rows = [row('a'), row('b', 'update'), row('c', 'delete'), row('d')];
    expect(keysOf(rows, 100)).toEqual(['a', 'b', 'c', 'd']);
    expect(composeBatch(rows, 100)?.points).toBe(9);
    expect(keysOf(rows, 8)).toEqual(['a', 'b', 'c']);
    expect(keysOf(rows, 3)).toEqual(['a']);
    expect(composeBatch(rows, 2)).toBeUndefined();
    expect(composeBatch([], 100)).toBeUndefined();
  });

  it('ends before the second version of a record', () => {
    const rows = [row('a'), row('b'), row('a', 'update'), row('c')];
    expect(keysOf(rows, 100)).toEqual(['a', 'b']);
    expect(keysOf(rows.slice(2), 100)).toEqual(['a', 'c']);
  });

  it('ends with a decision, unless one alone is too much', () => {
    const at = (stagedAt: number, rkey: string) => ({ ...row(rkey), stagedAt });
    const rows = [at(1, 'a'), at(1, 'b'), at(2, 'burn'), at(2, 'redemption'), at(3, 'c')];
    expect(keysOf(rows, 9)).toEqual(['a', 'b']);
    expect(composeBatch(rows, 9)?.points).toBe(6);
    expect(keysOf(rows, 12)).toEqual(['a', 'b', 'burn', 'redemption']);
    expect(keysOf(rows.slice(2), 3)).toEqual(['burn']);
    const again = [at(1, 'a'), at(2, 'b'), at(2, 'a'), at(3, 'c')];
    expect(keysOf(again, 100)).toEqual(['a']);
    const many = Array.from({ length: OPERATIONS_MAX + 1 }, (_, n) => at(n < 199 ? 1 : 2, `${n}`));
    expect(composeBatch(many, Number.POSITIVE_INFINITY)?.rows).toHaveLength(199);
  });

  it('has no more operations than the PDS takes', () => {
    const rows = Array.from({ length: OPERATIONS_MAX + 5 }, (_, n) => row(`k${n}`));
    expect(keysOf(rows, Number.POSITIVE_INFINITY)).toHaveLength(OPERATIONS_MAX);
  });

  it('sends the records as they were stored', () => {
    const batch = composeBatch([row('a', 'create', '{"b":"é","a":1}'), row('b', 'delete')], 100);
    expect(JSON.parse(batch?.writes ?? '')).toEqual([
      {
        $type: 'com.atproto.repo.applyWrites#create',
        collection: 'org.city-sync.civic.claim',
        rkey: 'a',
        value: { b: 'é', a: 1 },
      },
      {
        $type: 'com.atproto.repo.applyWrites#delete',
        collection: 'org.city-sync.civic.claim',
        rkey: 'b',
      },
    ]);
  });

  it('names each picture once, and none that text only speaks of', () => {
    const blob = (cid: string) => ({ blob: { $type: 'blob', ref: { $link: cid }, size: 1 } });
    const pictures = JSON.stringify({ content: [blob('one'), blob('two')] });
    const again = JSON.stringify({ content: [blob('two')] });
    const talk = JSON.stringify({ text: '"$type":"blob","ref":{"$link":"three"}' });
    const rows = [
      row('a', 'create', pictures),
      row('b', 'create', again),
      row('c', 'create', talk),
    ];
    expect(composeBatch(rows, 100)?.pictures).toEqual(['one', 'two']);
  });
});
