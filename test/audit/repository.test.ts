// The file, the tree and the signature: whatever is done to a CAR, it is named, and nothing of it
// crashes the audit or passes for whole.
import { decodeCid } from '@atproto/lex-data';
import { MemoryBlockstore, MST, verifyRepoCar } from '@atproto/repo';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, memorySink } from '../../src/audit/bytes.ts';
import { openRepository } from '../../src/audit/fetch-repository.ts';
import { AuditError } from '../../src/audit/findings.ts';
import type { Report } from '../../src/audit/report.ts';
import type { Encodable } from '../support/dag-cbor.ts';
import { brokenIn, openPaperAudit, type PaperAudit } from '../support/paper-audit.ts';
import { type FoundedCity, foundPaperCity } from '../support/paper-city.ts';
import {
  type Block,
  blockOf,
  carOf,
  newKey,
  type Signed,
  signRepository,
  treeOf,
} from '../support/paper-repository.ts';
import { runs } from '../support/runs.ts';

const PEOPLE = 12;

let audit: PaperAudit;
let city: FoundedCity;
let signed: Signed;
let loops: ReturnType<FoundedCity['loop']>[];

beforeAll(async () => {
  audit = await openPaperAudit();
  city = await foundPaperCity();
  loops = Array.from({ length: PEOPLE }, (_, person) => city.loop(person));
  audit.know(city);
  signed = await city.sign();
});
afterAll(() => audit.close());

/** The report, or undefined when it could not even be begun. */
async function lookAt(car: Uint8Array): Promise<Report | undefined> {
  try {
    return await audit.car(car);
  } catch (error) {
    if (error instanceof AuditError) return undefined;
    throw error;
  }
}

const repository = `at://${'did:plc:paperville234567abcdefgh'}`;

describe('a repository that is whole', () => {
  it('is the same to the audit as to the ATProto packages', async () => {
    const { creates } = await verifyRepoCar(signed.car, city.did, city.key.did());
    const { repository: read, findings } = await openRepository(
      { car: bytesOf(signed.car) },
      audit.options,
    );
    expect(findings.count()).toBe(0);
    expect([...read.records()].map(({ collection, rkey, cid }) => [collection, rkey, cid])).toEqual(
      creates.map(({ collection, rkey, cid }) => [collection, rkey, cid.toString()]),
    );
    expect(read.count).toBe(city.records().length);
  });

  it('has the one tree that these records can have', async () => {
    let tree = await MST.create(new MemoryBlockstore());
    for (const { key, cid } of signed.entries) {
      tree = await tree.add(key, decodeCid(cid.bytes) as Parameters<MST['add']>[1]);
    }
    const { root } = treeOf(city.records(), (value) => blockOf(value).cid);
    expect((await tree.getPointer()).toString()).toBe(root.toString());
  });

  it('may be empty, and is then no city', async () => {
    const empty = await signRepository([], { ...city, rev: '3mx4ujuyto222' });
    await expect(audit.car(empty.car)).rejects.toThrow(/There is no city here/);
  });

  it('of somebody who posts is no city', async () => {
    const post = { collection: 'app.bsky.feed.post', rkey: '3mx4ujuyto222', value: { text: 'Hi' } };
    const plain = await signRepository([post], { ...city, rev: '3mx4ujuyto222' });
    await expect(audit.car(plain.car)).rejects.toThrow(/There is no city here/);
  });

  it('is read alike in whatever pieces it comes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 500 }),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 20 }),
        (bytes, sizes) => {
          const sink = memorySink();
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            sink.append(bytes.subarray(at, at + size));
            at += size;
          }
          const kept = sink.bytes();
          expect([...kept.read(0, kept.size)]).toEqual([...bytes]);
          expect([...kept.read(3, 7)]).toEqual([...bytes.subarray(3, 10)]);
        },
      ),
    );
  });

  it('is kept in memory across the pieces that memory is made of', () => {
    const sink = memorySink();
    const size = 9 * 1024 * 1024;
    const whole = Uint8Array.from({ length: size }, (_, at) => at % 251);
    sink.append(whole);
    const kept = sink.bytes();
    expect(kept.size).toBe(size);
    const from = 4 * 1024 * 1024 - 100;
    expect(kept.read(from, 200)).toEqual(whole.subarray(from, from + 200));
    expect(Buffer.compare(kept.read(0, size), whole)).toBe(0);
    expect(kept.read(size - 5, 100)).toEqual(whole.subarray(size - 5));
  });
});

describe('what was tampered with', () => {
  it('is red wherever a file ends early', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: signed.car.length - 1 }), async (length) => {
        const report = await lookAt(signed.car.slice(0, length));
        expect(report?.ok ?? false).toBe(false);
      }),
      { numRuns: runs(40, 500) },
    );
  });

  it('is red whichever bit of a file is turned', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: signed.car.length - 1 }),
        fc.nat({ max: 7 }),
        async (at, bit) => {
          const car = signed.car.slice();
          car[at] = (car[at] ?? 0) ^ (1 << bit);
          const report = await lookAt(car);
          expect(report?.ok ?? false).toBe(false);
        },
      ),
      { numRuns: runs(40, 500) },
    );
  });

  it('is no crash, whatever bytes there are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.nat({ max: signed.car.length }),
        async (bytes, at) => {
          const car = new Uint8Array([...signed.car.slice(0, at), ...bytes]);
          const report = await lookAt(car);
          if (at < signed.car.length || bytes.length > 0) expect(report?.ok ?? false).toBe(false);
        },
      ),
      { numRuns: runs(40, 500) },
    );
  });

  it('names the record of which one byte was changed', async () => {
    const { issue } = loops[3] as (typeof loops)[number];
    const blocks = signed.blocks.map((block) => {
      if (block.cid.toString() !== issue.cid) return block;
      const bytes = block.bytes.slice();
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      return { ...block, bytes };
    });
    const report = await audit.car(carOf(signed.root, blocks));
    expect(brokenIn(report)).toEqual([`record-damaged ${issue.uri}`]);
    expect(report).toMatchObject({ complete: false, head: null });
  });

  it('names the record whose block was taken out', async () => {
    const { review } = loops[5] as (typeof loops)[number];
    const blocks = signed.blocks.filter(({ cid }) => cid.toString() !== review.cid);
    expect(brokenIn(await audit.car(carOf(signed.root, blocks)))).toEqual([
      `record-missing ${review.uri}`,
    ]);
  });

  it.each([
    [
      'taken out',
      (blocks: readonly Block[], at: number) => blocks.toSpliced(at, 1),
      'tree-missing',
    ],
    [
      'changed',
      (blocks: readonly Block[], at: number) =>
        blocks.map((block, index) =>
          index === at ? { ...block, bytes: block.bytes.toReversed() } : block,
        ),
      'tree-damaged',
    ],
  ])('says between which records a node of the tree was %s', async (_how, tamper, code) => {
    const records = new Set(signed.entries.map(({ cid }) => cid.toString()));
    const node = signed.blocks.findIndex(
      ({ cid }, at) => at > 2 && !records.has(cid.toString()) && !cid.equals(signed.root),
    );
    const report = await audit.car(carOf(signed.root, tamper(signed.blocks, node)));
    expect(brokenIn(report)).toEqual([`${code} ${repository}`]);
    expect(report.first?.sentence).toMatch(/before the first record|next after at:\/\/did:plc:/);
  });

  it('finds blocks that belong to nothing, and blocks that are there twice', async () => {
    const extra = blockOf({ secret: 'not to be seen' });
    const more = await audit.car(carOf(signed.root, [...signed.blocks, extra]));
    expect(brokenIn(more)).toEqual([`block-extra ${repository}`]);
    expect(more.first?.sentence).toContain(extra.cid.toString());
    const [, second] = signed.blocks;
    const twice = await audit.car(carOf(signed.root, [...signed.blocks, second as Block]));
    expect(brokenIn(twice)).toEqual([`block-extra ${repository}`]);
  });

  it('finds a commit that somebody else signed', async () => {
    const forged = await signRepository(city.records(), {
      did: city.did,
      key: await newKey(),
      rev: '3mx4ujuyto222',
    });
    const report = await audit.car(forged.car);
    expect(brokenIn(report)).toEqual([`signature ${repository}`]);
    expect(report.signature).toBe('invalid');
  });

  it('finds a file whose root is not in it', async () => {
    const elsewhere = blockOf({ nothing: true }).cid;
    await expect(audit.car(carOf(elsewhere, signed.blocks))).rejects.toThrow(/not a repository/);
  });
});

describe('a tree that is not as it has to be, though it is signed', () => {
  type Put = (value: Encodable) => Block['cid'];
  const link = (cid: Block['cid']) => cid as unknown as Encodable;
  const key = (text: string) => new TextEncoder().encode(text);
  const NAME = 'org.city-sync.civic.city/self';
  const OTHER = 'org.city-sync.civic.task/3mx4ujuyto222';
  const value = { $type: 'org.city-sync.civic.city', name: 'A', createdAt: '2026-10-05T12:00:00Z' };
  const entry = (name: string, put: Put, more: Record<string, Encodable> = {}) => ({
    p: 0,
    k: key(name),
    v: link(put(value)),
    t: null,
    ...more,
  });

  it.each<[string, (put: Put) => Encodable]>([
    ['empty', () => ({ l: null, e: [] })],
    ['of another shape', () => ({ l: null, e: [], more: 1 })],
    ['no node at all', () => ['a', 'list']],
    ['a record', () => value],
    [
      'with its keys out of order',
      (put) => ({ l: null, e: [entry(OTHER, put), entry(NAME, put)] }),
    ],
    ['with a key twice', (put) => ({ l: null, e: [entry(NAME, put), entry(NAME, put)] })],
    ['with a key that is none', (put) => ({ l: null, e: [entry('../../etc/passwd', put)] })],
    ['with a beginning that is not there', (put) => ({ l: null, e: [entry(NAME, put, { p: 9 })] })],
    ['with a beginning below zero', (put) => ({ l: null, e: [entry(NAME, put, { p: -1 })] })],
    [
      'with bytes where a link has to be',
      (put) => ({ l: null, e: [entry(NAME, put, { v: put(value).bytes })] }),
    ],
    [
      'with itself for all children: the same node below each key',
      (put) => {
        const below = put({ l: null, e: [entry(NAME, put)] });
        return { l: link(below), e: [entry(OTHER, put, { t: link(below) })] };
      },
    ],
    [
      'with empty nodes, thousands deep',
      (put) => {
        let node = put({ l: null, e: [entry(NAME, put)] });
        for (let depth = 0; depth < 5000; depth += 1) node = put({ l: link(node), e: [] });
        return { l: link(node), e: [entry(OTHER, put)] };
      },
    ],
    [
      'with a way that doubles at each step',
      (put) => {
        let node = put({ l: null, e: [entry(NAME, put)] });
        for (let depth = 0; depth < 60; depth += 1) {
          node = put({ l: link(node), e: [entry(`${NAME}${depth}`, put, { t: link(node) })] });
        }
        return { l: link(node), e: [] };
      },
    ],
  ])('%s', async (how, forge) => {
    const forged = await city.sign((put) => put(forge(put)));
    const report = await audit.car(forged.car);
    expect(report.ok).toBe(false);
    // An empty repository is one, only that nothing leads to its records.
    expect(report.first?.code).toBe(how === 'empty' ? 'block-extra' : 'tree-malformed');
  });

  it('is no loop: a node that leads to itself has no CID, and is found by its bytes', async () => {
    const node = blockOf({ l: null, e: [] });
    const forged = await city.sign(() => node.cid);
    const bytes = blockOf({ l: link(node.cid), e: [] }).bytes;
    const car = carOf(forged.root, [...forged.blocks, { cid: node.cid, bytes }]);
    expect((await audit.car(car)).first?.code).toBe('tree-damaged');
  });

  it('holds a record to account whose fields are in another order than the only one', async () => {
    const { cid } = blockOf(null);
    const bytes = Uint8Array.of(0xa2, 0x61, 0x62, 2, 0x61, 0x61, 1);
    const digest = audit.options.sha256(bytes);
    const bad = { cid: decodeCid(Uint8Array.of(...cid.bytes.slice(0, 4), ...digest)), bytes };
    const forged = await city.sign((put) =>
      put({ l: null, e: [{ p: 0, k: key(OTHER), v: link(bad.cid), t: null }] }),
    );
    const report = await audit.car(carOf(forged.root, [...forged.blocks, bad]));
    expect(brokenIn(report)).toContain(`record-malformed ${repository}/${OTHER}`);
  });
});
