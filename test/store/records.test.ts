import { describe, expect, it } from 'vitest';
import { withDatabase } from '#test-store';
import type { Database } from '../../src/store/database.ts';
import { type NewRecord, recordsReads, recordsWrites } from '../../src/store/records.ts';
import { stage } from '../support/staged.ts';

const record = (rkey: string, more: Partial<NewRecord> = {}): NewRecord => ({
  collection: 'org.city-sync.civic.claim',
  rkey,
  operation: 'create',
  cid: `cid-${rkey}`,
  value: '{}',
  stagedAt: 1000,
  ...more,
});

const open = (db: Database) => ({ ...recordsReads(db), ...recordsWrites(db) });
const keys = (rows: readonly { readonly rkey: string }[]) => rows.map((row) => row.rkey);

describe('records', () => {
  it('wait in the order in which they were staged', () =>
    withDatabase((db) => {
      const records = open(db);
      expect(['b', 'a', 'c'].map((key) => stage(records, record(key)))).toEqual([1, 2, 3]);
      expect(keys(records.staged(0, 10, 1000))).toEqual(['b', 'a', 'c']);
      expect(keys(records.staged(1, 1, 1000))).toEqual(['a']);
    }));

  it('come in as many bytes as asked for, but at least one', () =>
    withDatabase((db) => {
      const records = open(db);
      // Three characters of two bytes each, in quotes: eight bytes.
      for (const key of ['a', 'b', 'c']) records.stage(record(key, { value: '"ééé"' }));
      expect(keys(records.staged(0, 10, 16))).toEqual(['a', 'b']);
      expect(keys(records.staged(0, 10, 23))).toEqual(['a', 'b']);
      expect(keys(records.staged(0, 10, 24))).toEqual(['a', 'b', 'c']);
      expect(keys(records.staged(1, 10, 3))).toEqual(['b']);
      expect(records.staged(3, 10, 3)).toEqual([]);
    }));

  it('no longer wait once they are published, however many at once', () =>
    withDatabase((db) => {
      const records = open(db);
      const seqs = Array.from({ length: 250 }, (_, n) => stage(records, record(`k${n}`)));
      records.markPublished(seqs.slice(0, 249), 2000);
      expect(keys(records.staged(0, 10, 1000))).toEqual(['k249']);
      expect(records.get('org.city-sync.civic.claim', 'k7')).toMatchObject({
        state: 'published',
        publishedAt: 2000,
      });
      records.markPublished(seqs, 3000);
      expect(records.get('org.city-sync.civic.claim', 'k7')?.publishedAt).toBe(2000);
    }));

  it('tell how many wait and since when', () =>
    withDatabase((db) => {
      const records = open(db);
      expect(records.backlog()).toEqual({ count: 0, oldest: null });
      const first = stage(records, record('a', { stagedAt: 1 }));
      records.stage(record('b', { stagedAt: 5 }));
      expect(records.backlog()).toEqual({ count: 2, oldest: 1 });
      records.markPublished([first], 9);
      expect(records.backlog()).toEqual({ count: 1, oldest: 5 });
    }));

  it('are found by key in their newest version, and are created once only', () =>
    withDatabase((db) => {
      const records = open(db);
      records.stage(record('a'));
      records.stage(record('a', { operation: 'update', cid: 'second' }));
      expect(records.get('org.city-sync.civic.claim', 'a')?.cid).toBe('second');
      expect(records.get('org.city-sync.civic.claim', 'b')).toBeUndefined();
      expect(() => records.stage(record('a'))).toThrow();
    }));

  it('are listed newest first page by page, and in order after a place', () =>
    withDatabase((db) => {
      const records = open(db);
      for (const key of ['a', 'b', 'c', 'd']) records.stage(record(key));
      expect(keys(records.newest(2))).toEqual(['d', 'c']);
      expect(keys(records.newest(2, 3))).toEqual(['b', 'a']);
      expect(keys(records.after(2, 10))).toEqual(['c', 'd']);
    }));

  it('are counted by when they were published', () =>
    withDatabase((db) => {
      const records = open(db);
      const one = stage(records, record('a'));
      const two = stage(records, record('b'));
      const three = stage(records, record('a', { operation: 'update' }));
      records.stage(record('c'));
      records.markPublished([one], 1_010);
      records.markPublished([two], 2_010);
      records.markPublished([three], 2_090);
      expect(records.publishedCounts(0, 1_000, 10)).toEqual([
        { from: 1_000, creates: 1, updates: 0, deletes: 0 },
        { from: 2_000, creates: 1, updates: 1, deletes: 0 },
      ]);
      expect(records.publishedCounts(1_010, 1_000, 10)).toHaveLength(1);
      expect(records.publishedCounts(0, 1_000, 1)).toEqual([
        { from: 2_000, creates: 0, updates: 1, deletes: 0 },
      ]);
    }));

  it('count what was superseded for nothing, and what stands in its place as created', () =>
    withDatabase((db) => {
      const records = open(db);
      const [first, second] = [
        stage(records, record('a')),
        stage(records, record('a', { operation: 'update', cid: 'second' })),
      ];
      const third = stage(records, record('a', { operation: 'update', cid: 'third' }));
      records.markSuperseded([first, second], 1_010);
      records.markPublished([third], 1_010);
      expect(records.backlog().count).toBe(0);
      expect(records.publishedHead()?.seq).toBe(third);
      expect(records.publishedCounts(0, 1_000, 10)).toEqual([
        { from: 1_000, creates: 1, updates: 0, deletes: 0 },
      ]);
      const [row] = records.after(0, 1);
      expect(row && records.isLaterVersion(row, 'third')).toBe(true);
      expect(row && records.isLaterVersion(row, row.cid)).toBe(false);
      expect(row && records.isLaterVersion(row, 'another')).toBe(false);
    }));

  it('tell how far the repository has come: up to the first that waits', () =>
    withDatabase((db) => {
      const records = open(db);
      expect(records.publishedHead()).toBeUndefined();
      const seqs = ['a', 'b', 'c', 'd'].map((key) => stage(records, record(key)));
      expect(records.publishedHead()).toBeUndefined();
      records.markPublished(seqs.slice(0, 2), 2000);
      expect(records.publishedHead()).toEqual({ seq: 2, cid: 'cid-b', publishedAt: 2000 });
      records.markPublished([4], 3000);
      expect(records.publishedHead()?.seq).toBe(2);
      records.markPublished([3], 4000);
      expect(records.publishedHead()?.seq).toBe(4);
    }));

  it('are read as they stood at some moment, page by page in the order of their keys', () =>
    withDatabase((db) => {
      const records = open(db);
      for (const key of ['c', 'a', 'b', 'd', 'e']) records.stage(record(key));
      records.stage(record('b', { collection: 'org.city-sync.civic.task' }));
      records.stage(record('b', { operation: 'update', cid: 'second' }));
      const before = stage(records, record('d', { operation: 'delete', cid: 'gone' }));
      records.stage(record('b', { operation: 'update', cid: 'third' }));
      records.stage(record('f'));
      const pages = (upTo: number, limit: number) => {
        const read: string[][] = [];
        let after = '';
        for (;;) {
          const rows = records.allAsOf('org.city-sync.civic.claim', upTo, after, limit);
          read.push(rows.map(({ rkey, operation, cid }) => `${rkey} ${operation} ${cid}`));
          after = rows.at(-1)?.rkey ?? after;
          if (rows.length < limit) return read;
        }
      };
      expect(pages(before, 2)).toEqual([
        ['a create cid-a', 'b update second'],
        ['c create cid-c', 'd delete gone'],
        ['e create cid-e'],
      ]);
      expect(pages(6, 10)).toEqual([
        ['a create cid-a', 'b create cid-b', 'c create cid-c', 'd create cid-d', 'e create cid-e'],
      ]);
      expect(pages(0, 10)).toEqual([[]]);
      expect(records.asOf('org.city-sync.civic.claim', 'b', before)?.cid).toBe('second');
      expect(records.asOf('org.city-sync.civic.claim', 'b', 2)).toBeUndefined();
    }));
});
