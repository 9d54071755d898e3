import { describe, expect, it } from 'vitest';
import { COLLECTIONS } from '../../../src/records/kinds/index.ts';
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
  composeBatch(rows, points)?.written.map(({ rkey }) => rkey);

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

  it('leaves out what a later version replaces, and creates what is new', () => {
    const rows = [row('a'), row('b', 'update'), row('a', 'update'), row('b', 'update'), row('c')];
    const batch = composeBatch(rows, 8);
    expect(batch?.rows).toEqual(rows);
    expect(batch?.written.map(({ rkey, operation, cid }) => [rkey, operation, cid])).toEqual([
      ['a', 'create', rows[2]?.cid],
      ['b', 'update', rows[3]?.cid],
      ['c', 'create', rows[4]?.cid],
    ]);
    expect(batch?.points).toBe(8);
    expect(composeBatch(rows, 5)?.rows).toEqual(rows.slice(0, 4));
  });

  it('ends before the second version of a record whose first one is needed', () => {
    const cid = `bafyrei${'a'.repeat(52)}`;
    const refersTo = (other: string) => row('b', 'create', JSON.stringify({ cid: other }));
    const first = { ...row('a'), cid };
    const rows = [first, refersTo(cid), row('a', 'update'), row('c')];
    expect(keysOf(rows, 100)).toEqual(['a', 'b']);
    expect(keysOf(rows.slice(2), 100)).toEqual(['a', 'c']);
    const blob = JSON.stringify({ blob: { $type: 'blob', ref: { $link: 'one' }, size: 1 } });
    expect(keysOf([row('a', 'create', blob), row('a', 'update')], 100)).toEqual(['a']);
    expect(keysOf([row('a', 'update'), row('a', 'delete')], 100)).toEqual(['a']);
    expect(keysOf([row('a', 'delete'), row('a', 'update')], 100)).toEqual(['a']);
    const putBack = { ...row('a'), publishedAt: 1 };
    expect(keysOf([putBack, row('a', 'update')], 100)).toEqual(['a']);
    const apart = [row('a'), row('elsewhere'), row('a', 'update')];
    expect(keysOf([apart[0], apart[2]] as RecordRow[], 100)).toEqual(['a']);
  });

  it('writes each version of what is never replaced', () => {
    for (const kind of ['transfer', 'review', 'redemption', 'location'] as const) {
      const of = (one: RecordRow) => ({ ...one, collection: COLLECTIONS[kind] });
      expect(keysOf([of(row('a')), of(row('a', 'update'))], 100)).toEqual(['a']);
    }
  });

  it('ends with a decision, unless one alone is too much', () => {
    const at = (stagedAt: number, rkey: string) => ({ ...row(rkey), stagedAt });
    const rows = [at(1, 'a'), at(1, 'b'), at(2, 'burn'), at(2, 'redemption'), at(3, 'c')];
    expect(keysOf(rows, 9)).toEqual(['a', 'b']);
    expect(composeBatch(rows, 9)?.points).toBe(6);
    expect(keysOf(rows, 12)).toEqual(['a', 'b', 'burn', 'redemption']);
    expect(keysOf(rows.slice(2), 3)).toEqual(['burn']);
    const again = [at(1, 'a'), at(2, 'b'), { ...at(2, 'a'), operation: 'delete' as const }];
    expect(keysOf(again, 100)).toEqual(['a']);
    const newer = [at(1, 'a'), at(2, 'b'), { ...at(2, 'a'), operation: 'update' as const }];
    expect(composeBatch([...newer, at(2, 'c')], 8)?.written).toEqual(newer.slice(0, 1));
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
