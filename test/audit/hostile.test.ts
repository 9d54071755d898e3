// Files and servers that want to keep the audit busy, or keep it from saying what it found.
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBlockIndex, NO_BLOCK } from '../../src/audit/block-index.ts';
import { bytesOf } from '../../src/audit/bytes.ts';
import { readCar } from '../../src/audit/car.ts';
import { createDigestHash } from '../../src/audit/digest-hash.ts';
import { createFindings } from '../../src/audit/findings.ts';
import type { Network } from '../../src/audit/identity.ts';
import { checkPosts } from '../../src/audit/posts.ts';
import { cut, cutSentence } from '../../src/audit/quote.ts';
import { printable, reportJson, reportLines } from '../../src/audit/report.ts';
import { walkTree } from '../../src/audit/tree.ts';
import type { Encodable } from '../support/dag-cbor.ts';
import { brokenIn, openPaperAudit, type PaperAudit, sha256 } from '../support/paper-audit.ts';
import { type FoundedCity, foundPaperCity } from '../support/paper-city.ts';
import { type Block, blockOf, carOf, layerOf, newKey } from '../support/paper-repository.ts';

const AUTHOR = 'did:plc:author234567abcdefghijkl';
const POSTS = 'app.bsky.feed.post';

let audit: PaperAudit;
let city: FoundedCity;

beforeAll(async () => {
  audit = await openPaperAudit();
});
afterAll(() => audit.close());
beforeEach(async () => {
  audit.paper.accounts.clear();
  city = await foundPaperCity();
  city.loop(1);
  audit.know(city);
});

const link = (cid: Block['cid']) => cid as unknown as Encodable;
const repository = 'at://did:plc:paperville234567abcdefgh';

/** The first `count` keys of a collection that lie on a layer, in order. */
function keysOn(layer: number, collection: string, count: number): string[] {
  const keys: string[] = [];
  for (let at = 0; keys.length < count; at += 1) {
    const key = `${collection}/${String(at).padStart(9, '0')}`;
    if (layerOf(key) === layer) keys.push(key);
  }
  return keys;
}

/** A node with these keys, each of them leading to the same record and the same node below. */
function nodeOf(keys: readonly string[], record: Block['cid'], below: Block['cid'] | null) {
  let before = '';
  const entries = keys.map((key) => {
    let shared = 0;
    while (shared < before.length && before[shared] === key[shared]) shared += 1;
    before = key;
    return {
      p: shared,
      k: new TextEncoder().encode(key.slice(shared)),
      v: link(record),
      t: below === null ? null : link(below),
    };
  });
  return { l: null, e: entries };
}

describe('digests that a file chose', () => {
  const COUNT = 40_000;
  const chosen = Array.from({ length: COUNT }, (_, at) => {
    const digest = new Uint8Array(32).fill(7);
    new DataView(digest.buffer).setUint32(28, at);
    return digest;
  });

  it('are spread, however much they are alike', () => {
    const hash = createDigestHash();
    const places = new Map<number, number>();
    for (const digest of chosen) {
      const place = hash(digest, 0) & 0x1ffff;
      places.set(place, (places.get(place) ?? 0) + 1);
    }
    expect(Math.max(...places.values())).toBeLessThan(30);
    expect(places.size).toBeGreaterThan(COUNT / 4);
  });

  it('are spread otherwise each time', () => {
    const [one, other] = [createDigestHash(), createDigestHash()];
    const digest = chosen[0] as Uint8Array;
    const isAlike = chosen.slice(0, 8).every((each) => one(each, 0) === other(each, 0));
    expect(isAlike).toBe(false);
    expect(one(digest, 0)).toBe(one(Uint8Array.of(0, 0, ...digest), 2));
  });

  it('are found again, each as it was put in', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.uint8Array({ minLength: 32, maxLength: 32 }), {
          maxLength: 50,
          selector: String,
        }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (digests, other) => {
          const index = createBlockIndex();
          const added = digests.map((digest, at) => index.add(digest, at * 10, at, at % 2 === 0));
          expect(added).toEqual(digests.map((_, at) => at));
          expect(digests.map((digest) => index.find(digest))).toEqual(added);
          expect(digests.map((digest) => index.add(digest, 0, 0, true))).toEqual(
            digests.map(() => NO_BLOCK),
          );
          const isThere = digests.some((digest) => String(digest) === String(other));
          expect(index.find(other) === NO_BLOCK).toBe(!isThere);
        },
      ),
    );
    const index = createBlockIndex();
    for (const [at, digest] of chosen.entries()) index.add(digest, at, 1, false);
    expect(index.count()).toBe(COUNT);
    expect(index.find(chosen[COUNT - 1] as Uint8Array)).toBe(COUNT - 1);
  });
});

describe('a tree that leads to one node again and again', () => {
  const KEYS = 300;

  it('is walked once, and ends at the second time', () => {
    const record = blockOf({ a: 1 });
    const low = blockOf(nodeOf(keysOn(0, 'org.city-sync.civic.city', KEYS), record.cid, null));
    const high = blockOf(nodeOf(keysOn(1, 'org.city-sync.civic.task', KEYS), record.cid, low.cid));
    const car = readCar(bytesOf(carOf(high.cid, [high, low, record])), sha256);
    const told = { visits: 0, nodes: 0, faults: [] as string[] };
    const isWhole = walkTree(car, sha256(high.bytes), {
      sha256,
      visit: () => {
        told.visits += 1;
      },
      reached: () => {
        told.nodes += 1;
      },
      fault: (code, what) => {
        told.faults.push(`${code} ${what}`);
      },
    });
    expect(isWhole).toBe(false);
    expect(told.visits).toBeLessThanOrEqual(KEYS + 1);
    expect(told.nodes).toBe(2);
    expect(told.faults).toHaveLength(1);
  });

  it('has one finding, though every key of it leads there', async () => {
    const forged = await city.sign((put) => {
      const record = put({ a: 1 });
      // They are in order, so that nothing but the node itself is there twice.
      const low = put(nodeOf([], record, null));
      return put(nodeOf(keysOn(1, 'org.city-sync.civic.task', KEYS), record, low));
    });
    expect(brokenIn(await audit.car(forged.car))).toEqual([`tree-malformed ${repository}`]);
  });
});

describe('records that are far too big', () => {
  const bigAs = (bytes: number): Encodable => ({
    $type: 'org.city-sync.civic.partner',
    other: { uri: `at://${'a'.repeat(bytes)}`, cid: 'x' },
  });

  it('are no blocks of a repository', async () => {
    const forged = await city.sign((put) =>
      put(nodeOf(keysOn(0, 'org.city-sync.civic.partner', 1), put(bigAs(3_000_000)), null)),
    );
    expect((await audit.car(forged.car)).first?.code).toBe('car-malformed');
  });

  it('are quoted in part: the report is of a length that can be read', async () => {
    const forged = await city.sign((put) =>
      put(nodeOf(keysOn(0, 'org.city-sync.civic.partner', 12), put(bigAs(2_000_000)), null)),
    );
    const report = await audit.car(forged.car);
    expect(report.ok).toBe(false);
    expect(report.findings.counts['ref-foreign']).toBe(12);
    expect(reportJson(report).length).toBeLessThan(50_000);
    const [foreign] = report.findings.list.filter(({ code }) => code === 'ref-foreign');
    expect(foreign?.sentence).toMatch(/^It refers to at:\/\/a+… which is not in this repository/);
  });

  it('are not read for ever when many keys lead to one of them', async () => {
    const forged = await city.sign((put) =>
      put(nodeOf(keysOn(0, 'org.city-sync.civic.partner', 100), put(bigAs(2_000_000)), null)),
    );
    const report = await audit.car(forged.car);
    expect(report).toMatchObject({ ok: false, complete: false });
    expect(report.findings.counts).toEqual({ 'tree-malformed': 1 });
    expect(report.first?.sentence).toMatch(/Too many keys lead to the same records/);
  });
});

describe('what is quoted', () => {
  it('is cut where it is long, and the sentence around it stays', () => {
    const long = 'x'.repeat(5000);
    expect(cut(long)).toBe(`${'x'.repeat(200)}…`);
    expect(cut('short')).toBe('short');
    expect(cutSentence(`It refers to ${long}, which is not there.`)).toBe(
      `It refers to ${'x'.repeat(200)}… which is not there.`,
    );
    expect(cutSentence('word '.repeat(5000))).toHaveLength(1001);
  });

  it('is never cut through a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.nat({ max: 20 }),
        (text, max) => {
          expect(cut(text, max)).toSatisfy((part: string) => part.isWellFormed());
          expect(cut(text, max).length).toBeLessThanOrEqual(max + 1);
        },
      ),
    );
  });
});

describe('pictures that are not pictures', () => {
  it.each<[string, Encodable]>([
    ['a map', {}],
    ['a text', 'bafkrei'],
    ['a map that is no text', { toString: 1, valueOf: 1 }],
    ['a record', link(blockOf({ a: 1 }).cid)],
  ])('%s in the place of a picture is red', async (_what, ref) => {
    const shown = city.addEvidence(city.addClaim(city.task, 'p-000000000002'), {
      content: [{ $type: 'org.example.x', blob: { ref, size: 1 } }],
    });
    const { car } = await city.sign();
    audit.paper.accounts.set(city.did, { key: city.key.did(), car });
    const report = await audit.account(city.did, { withBlobs: true });
    expect(brokenIn(report)).toEqual([`blob-invalid ${shown.uri}`]);
  });
});

describe('servers of posts', () => {
  const found: string[] = [];
  const notes: string[] = [];
  const tell = () => ({
    findings: createFindings(),
    note: (code: string, uri: string) => void notes.push(`${code} ${uri}`),
    progress: (done: number) => void found.push(String(done)),
  });
  const posts = (count: number, did = AUTHOR) =>
    Array.from({ length: count }, (_, at) => ({
      uri: `${repository}/evidence/${at}`,
      post: { uri: `at://${did}/${POSTS}/${at}`, cid: blockOf({ at }).cid.toString() },
    }));
  /** The network, in which servers of strangers are asked by `ask`. */
  const networkOf = (ask: () => Promise<Response>): { network: Network; asked: () => number } => {
    let asked = 0;
    const fetchPublic: typeof fetch = () => {
      asked += 1;
      return ask();
    };
    return { network: { ...audit.paper.network, fetchPublic }, asked: () => asked };
  };

  beforeEach(async () => {
    notes.length = 0;
    audit.paper.accounts.set(AUTHOR, { key: (await newKey()).did() });
  });

  it('are looked up once for all posts of an author', async () => {
    const { network } = networkOf(() => Promise.resolve(new Response(null, { status: 404 })));
    const before = audit.paper.asked.length;
    expect(await checkPosts(posts(20), network, tell())).toBe(20);
    expect(audit.paper.asked.slice(before)).toEqual([`/${encodeURIComponent(AUTHOR)}`]);
  });

  it('are not asked again when they are gone, and what was not checked is counted', async () => {
    const { network, asked } = networkOf(() => Promise.reject(new Error('nobody is there')));
    expect(await checkPosts(posts(50), network, tell())).toBe(50);
    expect(asked()).toBeLessThanOrEqual(5);
    expect(notes).toHaveLength(50);
    expect(new Set(notes.map((note) => note.split(' ')[0]))).toEqual(new Set(['post-unreachable']));
  });

  it('are asked for so many posts and no more', async () => {
    const { network, asked } = networkOf(() =>
      Promise.resolve(new Response(null, { status: 404 })),
    );
    expect(await checkPosts(posts(2005), network, tell())).toBe(2005);
    expect(asked()).toBe(2000);
  });

  it('are not waited for when all of it takes too long', async () => {
    const { network, asked } = networkOf(() => new Promise(() => {}));
    expect(await checkPosts(posts(9), network, tell(), AbortSignal.abort())).toBe(9);
    expect(asked()).toBe(0);
  });

  it('are left in the middle of an answer when it takes too long', async () => {
    const ending = new AbortController();
    const fetchPublic: typeof fetch = (_input, init) =>
      new Promise((_, fail) => {
        const stop = () => fail(new Error('aborted'));
        if (init?.signal?.aborted) stop();
        init?.signal?.addEventListener('abort', stop);
        ending.abort();
      });
    const network = { ...audit.paper.network, fetchPublic };
    expect(await checkPosts(posts(9), network, tell(), ending.signal)).toBe(9);
  });

  it('that say nothing are told beside the verdict', async () => {
    city.addEvidence(city.addClaim(city.task, 'p-000000000002'), {
      description: { $type: 'com.atproto.repo.strongRef', ...posts(1)[0]?.post },
      content: [{ $type: 'org.hypercerts.defs#uri', uri: `at://${AUTHOR}/${POSTS}/0` }],
    });
    const report = await audit.city(city);
    expect(report).toMatchObject({ ok: true, posts: { total: 1, unchecked: 1 } });
    expect(reportLines(report)[0]).toMatch(/everything holds; one post was not checked$/);
  });
});

describe('a server that sends its repository in drops', () => {
  it('is not waited for', async () => {
    const { car } = await city.sign();
    audit.paper.accounts.set(city.did, { key: city.key.did(), car });
    const dripping: typeof fetch = async (input, init) => {
      if (!String(input).includes('getRepo'))
        return await audit.paper.network.fetchPublic(input, init);
      let at = 0;
      const body = new ReadableStream({
        // Each byte comes soon after the one before, for ever.
        pull: async (controller) => {
          await new Promise((next) => setTimeout(next, 1));
          if (init?.signal?.aborted) return controller.error(init.signal.reason);
          controller.enqueue(car.slice(at % car.length, (at % car.length) + 1));
          at += 1;
        },
      });
      return new Response(body);
    };
    const slowest = { ms: 50, bytes: 1_000_000 };
    await expect(audit.account(city.did, { fetchPublic: dripping, slowest })).rejects.toThrow(
      /too little came for 0.05 seconds/,
    );
  });
});

describe('text for a terminal', () => {
  const NASTY = ['\u001b', '\u0085', '\u009b', '\u202e', '\u2066', '\u200b', '\u200f', '\u2028'];

  it('has nothing that is not seen', () => {
    for (const nasty of [...NASTY, '\u3164', '\u{e0041}', '\u00ad']) {
      expect(printable(`a${nasty}b`)).toBe('ab');
    }
    expect(printable('Gemeinde Ōtautahi 🏙')).toBe('Gemeinde Ōtautahi 🏙');
  });

  it('is the same text in JSON, and has nothing there that is not seen either', async () => {
    const report = await audit.city(city);
    const name = `Paper${NASTY.join('')}\u{e0041}ville`;
    const nasty = { ...report, city: { name, operator: null } };
    const text = reportJson(nasty);
    expect(JSON.parse(text)).toEqual(nasty);
    expect(text.replaceAll('\n', '')).toBe(printable(text));
  });
});
