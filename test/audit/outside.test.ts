// The audit looks elsewhere: who the account is, its repository, posts of residents, pictures.
import { decodeCid } from '@atproto/lex-data';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditOptions } from '../../src/audit/audit.ts';
import { memorySink } from '../../src/audit/bytes.ts';
import { reportLines } from '../../src/audit/report.ts';
import { cidOfBlob } from '../../src/lib/cid.ts';
import { createNetwork } from '../../src/node/audit-network.ts';
import type { Encodable } from '../support/dag-cbor.ts';
import { brokenIn, openPaperAudit, type PaperAudit } from '../support/paper-audit.ts';
import { type FoundedCity, foundPaperCity, type Ref } from '../support/paper-city.ts';
import { newKey, signRepository } from '../support/paper-repository.ts';

const HANDLE = 'paperville.test';
const AUTHOR = 'did:plc:author234567abcdefghijkl';
const POST = { uri: `at://${AUTHOR}/app.bsky.feed.post/3mx4ujuyto222`, rkey: '3mx4ujuyto222' };

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
});

const publish = async (more: object = {}): Promise<void> => {
  const { car } = await city.sign();
  audit.paper.accounts.set(city.did, { key: city.key.did(), handle: HANDLE, car, ...more });
};

describe('an account', () => {
  it('is found by its DID, and its repository fetched', async () => {
    await publish();
    const sink = memorySink();
    const report = await audit.account(city.did, { sink });
    expect(report).toMatchObject({ ok: true, handle: HANDLE, pds: audit.paper.url });
    expect(sink.bytes().size).toBeGreaterThan(1000);
  });

  it('is found by its handle, where the service knows it and it names it back', async () => {
    await publish();
    expect(await audit.account(HANDLE)).toMatchObject({ ok: true, did: city.did });
  });

  it('that does not name the handle back is not taken for it', async () => {
    await publish({ handle: 'somebody-else.test' });
    const { network } = audit.paper;
    const lying: typeof fetch = async (input, init) =>
      String(input).includes('resolveHandle')
        ? Response.json({ did: city.did })
        : await network.fetch(input, init);
    await expect(audit.account(HANDLE, { fetch: lying })).rejects.toThrow(
      /paperville.test leads to .* whose own handle is somebody-else.test/,
    );
  });

  it.each([
    ['nobody.test', /Nobody knows the handle/],
    ['did:plc:nobody234567abcdefghijkl', /There is no account/],
    ['did:web:localhost%3A1', /could not be looked up|There is no account/],
    ['did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme', /neither a DID/],
    ['what is this', /neither a DID, nor a handle/],
  ])('%s is not there, and that is said', async (name, sentence) => {
    await expect(audit.account(name)).rejects.toThrow(sentence);
  });

  it('whose server does not answer is said to be so', async () => {
    audit.know(city);
    await expect(audit.account(city.did)).rejects.toThrow(/answers 404 for the repository/);
  });

  it('whose repository is too big is said to be so', async () => {
    await publish();
    await expect(audit.account(city.did, { bytesMax: 1000 })).rejects.toThrow(/bigger than 1000/);
  });

  it('whose server gives the repository of another is red', async () => {
    const other = await foundPaperCity('did:plc:elsewhere234567abcdefghi');
    other.loop(1);
    const { car } = await other.sign();
    await publish({ car });
    const report = await audit.account(city.did);
    expect(report.findings.counts).toMatchObject({ 'commit-did': 1, signature: 1 });
  });

  it('whose server gives nonsense is red at its address', async () => {
    await publish({ car: new TextEncoder().encode('<html>Welcome</html>') });
    const report = await audit.account(city.did);
    expect(brokenIn(report)).toEqual([
      `car-malformed at://${city.did}`,
      `commit-malformed at://${city.did}`,
    ]);
  });
});

describe('a file without anybody to ask', () => {
  const gone = () =>
    createNetwork({ plcUrl: 'http://localhost:1', blueskyService: 'http://localhost:1' });

  it('is not believed', async () => {
    const { car } = await city.sign();
    await expect(audit.car(car, gone())).rejects.toThrow(/The signature could not be checked/);
  });

  it('is looked at when that is asked for, and says what that is worth', async () => {
    const { car } = await city.sign();
    const report = await audit.car(car, { ...gone(), isOffline: true });
    expect(report).toMatchObject({ ok: true, signature: 'unchecked' });
    // Nobody is asked, even where somebody would answer.
    const reachable = await audit.car(car, { isOffline: true });
    expect(reachable).toMatchObject({ ok: true, signature: 'unchecked', handle: null });
  });
});

describe('strangers’ addresses', () => {
  const strangers = createNetwork({
    plcUrl: 'https://plc.directory',
    blueskyService: 'https://bsky.social',
  });

  it.each([
    'http://127.0.0.1:80/',
    'https://localhost/',
    'https://10.0.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'http://example.test/',
    'file:///etc/passwd',
  ])('are reached in public only: %s is not', async (url) => {
    await expect(strangers.fetchPublic(url, { redirect: 'error' })).rejects.toThrow();
  });
});

describe('evidence that is a post', () => {
  let shown: Ref;
  let author: Awaited<ReturnType<typeof newKey>>;

  const proofOf = async (text: string | undefined) => {
    const post = { collection: 'app.bsky.feed.post', rkey: POST.rkey, value: { text } };
    const other = { ...post, rkey: '3mx4ujuyto333', value: { text: 'Another post' } };
    return await signRepository(text === undefined ? [other] : [post, other], {
      did: AUTHOR,
      key: author,
      rev: '3mx4ujuyto222',
    });
  };

  const say = (car: Uint8Array, key = author.did()): void => {
    audit.paper.accounts.set(AUTHOR, { key, proofs: { [POST.rkey]: car } });
  };

  beforeEach(async () => {
    author = await newKey();
    const signed = await proofOf('The creek is clean');
    const cid = signed.entries.find(({ key }) => key.endsWith(POST.rkey))?.cid.toString() ?? '';
    shown = city.addEvidence(city.addClaim(city.task, 'p-000000000002'), {
      description: { $type: 'com.atproto.repo.strongRef', uri: POST.uri, cid },
      content: [{ $type: 'org.hypercerts.defs#uri', uri: POST.uri }],
    });
    say(signed.car);
  });

  it('that is still the same is green', async () => {
    const report = await audit.city(city);
    expect(brokenIn(report)).toEqual([]);
    expect(report.notes.count).toBe(0);
  });

  it('that says something else now is red', async () => {
    say((await proofOf('The creek was clean before')).car);
    expect(brokenIn(await audit.city(city))).toEqual([`post-changed ${shown.uri}`]);
  });

  it.each<[string, () => Promise<void> | void, string]>([
    ['that was deleted, provably', async () => say((await proofOf(undefined)).car), 'post-deleted'],
    ['whose server is gone', () => void audit.paper.accounts.delete(AUTHOR), 'post-unreachable'],
    [
      'whose server has no proof of it',
      () => void audit.paper.accounts.set(AUTHOR, { key: author.did() }),
      'post-unreachable',
    ],
    ['whose server sends nonsense', () => say(Uint8Array.of(1, 2, 3)), 'post-unreachable'],
    [
      'whose server sends what its author did not sign',
      async () => say((await proofOf('Forged')).car, (await newKey()).did()),
      'post-unreachable',
    ],
  ])('%s is told, and is nobody’s fault', async (_how, change, code) => {
    await change();
    const report = await audit.city(city);
    expect(brokenIn(report)).toEqual([]);
    expect(report.notes.list.map((note) => `${note.code} ${note.uri}`)).toEqual([
      `${code} ${shown.uri}`,
    ]);
    const [title] = reportLines(report);
    expect(title?.endsWith('; one post was not checked')).toBe(code === 'post-unreachable');
  });
});

describe('pictures', () => {
  const bytes = new TextEncoder().encode('the bytes of a picture');
  const cid = cidOfBlob(bytes);
  let shown: Ref;

  const picture = (size: number): Encodable => ({
    $type: 'org.hypercerts.defs#smallBlob',
    blob: {
      $type: 'blob',
      ref: blobLink(),
      mimeType: 'image/jpeg',
      size,
    },
  });
  const blobLink = (): Encodable => {
    const digest = audit.options.sha256(bytes);
    return decodeCid(Uint8Array.of(1, 0x55, 0x12, 32, ...digest)) as unknown as Encodable;
  };
  const show = (size = bytes.length): void => {
    shown = city.addEvidence(city.addClaim(city.task, 'p-000000000002'), {
      content: [picture(size)],
    });
  };
  const look = () => audit.account(city.did, { withBlobs: true });

  it('that are there are green, and are fetched only when asked for', async () => {
    show();
    await publish({ blobs: { [cid]: bytes } });
    const before = audit.paper.asked.length;
    expect(brokenIn(await audit.account(city.did))).toEqual([]);
    const asked = audit.paper.asked.slice(before).filter((path) => path.endsWith('getBlob'));
    expect(asked).toEqual([]);
    expect(brokenIn(await look())).toEqual([]);
    expect(audit.paper.asked.at(-1)).toMatch(/getBlob$/);
  });

  it('are waited for as long as a server says that takes no more, and no longer', async () => {
    show();
    await publish({ blobs: { [cid]: bytes } });
    const waits: number[] = [];
    const limiting = (headers: Record<string, string>, times: number): Partial<AuditOptions> => {
      let left = times;
      return {
        withBlobs: true,
        wait: async (ms) => void waits.push(ms),
        fetchPublic: async (input, init) => {
          left -= String(input).includes('getBlob') ? 1 : 0;
          const isLimited = String(input).includes('getBlob') && left >= 0;
          return isLimited
            ? new Response(null, { status: 429, headers })
            : audit.options.fetchPublic(input, init);
        },
      };
    };
    const date = new Date(0).toUTCString();
    for (const headers of [{ 'retry-after': '30' }, { 'ratelimit-reset': '30', date }]) {
      waits.length = 0;
      expect(brokenIn(await audit.account(city.did, limiting(headers, 5)))).toEqual([]);
      expect(waits).toEqual([30_000, 30_000, 30_000, 30_000, 30_000]);
    }
    waits.length = 0;
    for (const headers of [{}, { 'retry-after': '86400' }, { 'retry-after': 'soon' }]) {
      const looking = audit.account(city.did, limiting(headers, 5));
      await expect(looking).rejects.toThrow(/could not be fetched: \S+ answers 429/);
    }
    expect(waits).toEqual([]);
  });

  it('that are not there are red', async () => {
    show();
    await publish();
    expect(brokenIn(await look())).toEqual([`blob-missing ${shown.uri}`]);
  });

  it('that are others are red', async () => {
    show();
    await publish({ blobs: { [cid]: bytes.toReversed() } });
    expect(brokenIn(await look())).toEqual([`blob-changed ${shown.uri}`]);
  });

  it('that are longer or shorter than told are red', async () => {
    show(bytes.length + 1);
    await publish({ blobs: { [cid]: bytes } });
    expect(brokenIn(await look())).toEqual([`blob-changed ${shown.uri}`]);
  });
});
