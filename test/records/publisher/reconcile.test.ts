import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, uncertain } from '../../../src/account/answer.ts';
import { compareEach, countPublished } from '../../../src/records/publisher/reconcile.ts';
import type { RecordRow } from '../../../src/store/records.ts';

const rowsOf = (operations: readonly RecordRow['operation'][]): RecordRow[] =>
  operations.map((operation, at) => ({
    seq: at + 1,
    collection: 'c',
    rkey: `k${at}`,
    operation,
    cid: `new-${at}`,
    value: '{}',
    state: 'staged',
    stagedAt: 1,
    publishedAt: null,
  }));

const neverLater = () => false;

/** A repository in which the first `published` rows stand, and old versions where they were. */
function repositoryOf(rows: readonly RecordRow[], published: number) {
  let looks = 0;
  const currentCid = async (_collection: string, rkey: string) => {
    looks += 1;
    const at = Number(rkey.slice(1));
    const { operation = 'create', cid } = rows[at] ?? {};
    if (at < published) return answered(operation === 'delete' ? undefined : cid);
    return answered(operation === 'create' ? undefined : `old-${at}`);
  };
  return { did: 'did:plc:x', currentCid, looks: () => looks };
}

describe('countPublished', () => {
  it('finds where publishing ended, whatever the operations', async () => {
    const operations = fc.array(fc.constantFrom('create', 'update', 'delete'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(operations, fc.nat(), async (some, at) => {
        const rows = rowsOf(some);
        const published = at % (rows.length + 1);
        const repository = repositoryOf(rows, published);
        expect(await countPublished(rows, repository, neverLater)).toEqual(answered(published));
      }),
    );
  });

  it('needs one look when nothing was published, two when everything was, a few otherwise', async () => {
    const rows = rowsOf(Array.from({ length: 200 }, () => 'create' as const));
    for (const [published, looksMax] of [
      [0, 1],
      [200, 2],
      [137, 11],
    ] as const) {
      const repository = repositoryOf(rows, published);
      expect(await countPublished(rows, repository, neverLater)).toEqual(answered(published));
      expect(repository.looks()).toBeLessThanOrEqual(looksMax);
    }
  });

  it('tells when something else stands under the key of a new record', async () => {
    const foreign = { did: 'did:plc:x', currentCid: async () => answered('foreign') };
    const answer = await countPublished(rowsOf(['create']), foreign, neverLater);
    expect(answer).toMatchObject({ kind: 'refused', code: 'Conflict' });
  });

  it('does not guess when the repository cannot be read', async () => {
    const silent = { did: 'did:plc:x', currentCid: async () => uncertain('no connection') };
    const answer = await countPublished(rowsOf(['create']), silent, neverLater);
    expect(answer).toEqual({ kind: 'uncertain', message: 'no connection' });
  });
});

describe('a version that is left out', () => {
  it('is done with where a later one stands, also a new record', async () => {
    const rows = rowsOf(['create', 'update', 'create']);
    const cids: Readonly<Record<string, string>> = { k0: 'later-0', k1: 'later-1' };
    const repository = {
      did: 'did:plc:x',
      currentCid: async (_collection: string, rkey: string) => answered(cids[rkey]),
    };
    const isLater = ({ rkey }: RecordRow, cid: string) => cid === `later-${rkey.slice(1)}`;
    expect(await countPublished(rows, repository, isLater)).toEqual(answered(2));
    expect(await compareEach(rows, repository, isLater)).toMatchObject({
      kind: 'ok',
      value: { there: rows.slice(0, 2), missing: rows.slice(2), changed: [], removed: [] },
    });
  });
});

describe('compareEach', () => {
  const standing = (cids: Readonly<Record<string, string>>) => ({
    did: 'did:plc:x',
    currentCid: async (_collection: string, rkey: string) => answered(cids[rkey]),
  });
  const seqs = (rows: readonly RecordRow[]) => rows.map(({ seq, operation }) => [seq, operation]);

  it('tells apart what is there, what is missing, and what somebody removed', async () => {
    const rows = rowsOf(['create', 'create', 'update', 'update', 'update', 'delete', 'delete']);
    const answer = await compareEach(
      rows,
      standing({ k1: 'new-1', k2: 'new-2', k3: 'old-3', k5: 'old-5' }),
      neverLater,
    );
    if (answer.kind !== 'ok') throw new Error(answer.kind);
    expect(seqs(answer.value.there)).toEqual([
      [2, 'create'],
      [3, 'update'],
      [7, 'delete'],
    ]);
    expect(seqs(answer.value.missing)).toEqual([
      [1, 'create'],
      [4, 'update'],
      [5, 'create'],
      [6, 'delete'],
    ]);
    expect(answer.value.removed).toEqual(['at://did:plc:x/c/k4']);
  });

  it('makes of whatever became of records that are put back what their rows say', async () => {
    const row = fc.record({
      operation: fc.constantFrom('create', 'update', 'delete'),
      became: fc.constantFrom('kept', 'gone', 'changed'),
      isPutBack: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (some) => {
        // Something else under the key of a record that was never there is another matter.
        const facts = some.filter(
          ({ operation, became, isPutBack }) =>
            operation !== 'create' || became !== 'changed' || isPutBack,
        );
        const rows = rowsOf(facts.map(({ operation }) => operation)).map((one, at) => ({
          ...one,
          publishedAt: facts[at]?.isPutBack ? 1 : null,
        }));
        const repository = new Map<string, string>();
        for (const [at, { rkey, cid }] of rows.entries()) {
          const became = facts[at]?.became;
          if (became === 'kept') repository.set(rkey, cid);
          if (became === 'changed') repository.set(rkey, 'other');
        }
        const found = await compareEach(rows, standing(Object.fromEntries(repository)), neverLater);
        if (found.kind !== 'ok') throw new Error(found.kind);
        for (const { rkey, cid, operation } of found.value.missing) {
          // A PDS refuses a whole batch for one that does not fit.
          expect(repository.has(rkey)).toBe(operation !== 'create');
          if (operation === 'delete') repository.delete(rkey);
          else repository.set(rkey, cid);
        }
        for (const { rkey, cid, operation } of rows) {
          expect(repository.get(rkey)).toBe(operation === 'delete' ? undefined : cid);
        }
        const { there, missing } = found.value;
        expect(there.length + missing.length).toBe(rows.length);
      }),
    );
  });

  it('does what it can when something cannot be read, or is taken', async () => {
    const rows = rowsOf(['create', 'create', 'create']);
    const taken = await compareEach(rows, standing({ k2: 'foreign' }), neverLater);
    expect(taken).toMatchObject({ kind: 'ok', value: { missing: rows.slice(0, 2) } });
    expect(await compareEach(rows.slice(2), standing({ k2: 'foreign' }), neverLater)).toMatchObject(
      {
        kind: 'refused',
        code: 'Conflict',
        message: expect.stringContaining('at://did:plc:x/c/k2'),
      },
    );
    let reads = 0;
    const failing = {
      did: 'did:plc:x',
      currentCid: async () => {
        reads += 1;
        return reads === 2 ? uncertain('no connection') : answered(undefined);
      },
    };
    expect(await compareEach(rows, failing, neverLater)).toMatchObject({
      kind: 'ok',
      value: { missing: rows.slice(0, 1) },
    });
    reads = 1;
    expect(await compareEach(rows, failing, neverLater)).toEqual({
      kind: 'uncertain',
      message: 'no connection',
    });
  });
});
