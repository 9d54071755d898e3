import type { LookupFunction } from 'node:net';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMediaFetch, type MediaRefusal } from '../../src/media/fetch-media.ts';
import { createPublicFetch } from '../../src/media/public-fetch.ts';
import {
  answerWith,
  type MediaServer,
  redirectTo,
  startMediaServer,
} from '../support/media-server.ts';

const SECRET = 'AC0123:sesame';
const AUTHORIZATION = `Basic ${Buffer.from(SECRET).toString('base64')}`;
const PICTURE = new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3]);
const MEGABYTE = 1_000_000;

/** The provider, which wants a password, and the place where it keeps its files. */
let provider: MediaServer;
let files: MediaServer;
/** What nobody must reach. */
let inside: MediaServer;

beforeAll(async () => {
  inside = await startMediaServer({ '/secret': answerWith('inside') });
  files = await startMediaServer({
    '/picture': answerWith(PICTURE),
    '/back': redirectTo(() => `${provider.origin}/picture`),
  });
  provider = await startMediaServer({
    '/picture': answerWith(PICTURE, { 'content-type': 'image/png' }),
    '/moved': redirectTo(() => `${files.origin}/picture`, 307),
    '/moved-and-back': redirectTo(() => `${files.origin}/back`),
    '/moved-here': redirectTo('/picture'),
    '/to-inside': redirectTo(() => `${inside.origin}/secret`),
    '/to-metadata': redirectTo('http://169.254.169.254/latest/meta-data/'),
    '/to-mapped': redirectTo(() => `http://[::ffff:127.0.0.1]:${inside.port}/secret`),
    '/to-decimal': redirectTo(() => `http://2130706433:${inside.port}/secret`),
    '/to-name': redirectTo(() => `http://localhost:${inside.port}/secret`),
    '/to-http': redirectTo('http://example.net/picture'),
    '/to-file': redirectTo('file:///etc/passwd'),
    '/to-data': redirectTo('data:image/png;base64,AAAA'),
    '/to-userinfo': redirectTo(() => `http://ana:secret@127.0.0.1:${files.port}/picture`),
    '/round': redirectTo('/round'),
    '/to-nowhere': (_request, response) => response.writeHead(302).end(),
    '/no-type': (_request, response) => response.end(PICTURE),
    '/empty': answerWith(''),
    '/missing-rights': (_request, response) => response.writeHead(401).end('who are you?'),
    '/busy': (_request, response) => response.writeHead(503).end(),
    '/limited': (_request, response) => response.writeHead(429).end(),
    '/part': (_request, response) => response.writeHead(206).end(PICTURE),
    '/full': answerWith(new Uint8Array(10 * MEGABYTE)),
    '/declared-larger': answerWith(new Uint8Array(10 * MEGABYTE + 1)),
    '/streamed-larger': (_request, response) => {
      for (let at = 0; at < 11; at += 1) response.write(new Uint8Array(MEGABYTE));
      response.end();
    },
    '/bomb': answerWith(gzipSync(new Uint8Array(100 * MEGABYTE)), { 'content-encoding': 'gzip' }),
    '/bomb-in-bomb': answerWith(gzipSync(gzipSync(new Uint8Array(100 * MEGABYTE))), {
      'content-encoding': 'gzip, gzip',
    }),
    '/endless': (_request, response) => {
      const timer = setInterval(() => response.write(new Uint8Array(65_536)), 0);
      response.on('close', () => clearInterval(timer));
    },
    '/drips': (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 10);
      response.on('close', () => clearInterval(timer));
    },
    '/silent': () => undefined,
    '/breaks': (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => response.destroy());
    },
    '/not-gzip': answerWith('not packed at all', { 'content-encoding': 'gzip' }),
  });
});
afterAll(() => Promise.all([provider, files, inside].map((server) => server.close())));

const asProvider = (timeoutMs?: number) =>
  createMediaFetch({
    createPublicFetch,
    provider: { origin: provider.origin, authorization: AUTHORIZATION },
    trusted: [files.origin],
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });

async function refusal(url: string, fetchMedia = asProvider()): Promise<MediaRefusal> {
  const result = await fetchMedia(url);
  if (result.ok) throw new Error('It was fetched.');
  return result.refusal;
}

describe('a picture at the provider', () => {
  test('is fetched', async () => {
    const result = await asProvider()(`${provider.origin}/picture`);
    expect(result).toEqual({ ok: true, value: PICTURE });
  });

  test('may have ten million bytes, and none', async () => {
    const full = await asProvider()(`${provider.origin}/full`);
    expect(full.ok && full.value.length).toBe(10 * MEGABYTE);
    const empty = await asProvider()(`${provider.origin}/empty`);
    expect(empty.ok && empty.value.length).toBe(0);
  });

  test('is followed to where the provider keeps it', async () => {
    expect(await asProvider()(`${provider.origin}/moved-here`)).toMatchObject({ ok: true });
    expect(await asProvider()(`${provider.origin}/moved`)).toMatchObject({ ok: true });
  });
});

describe('the provider’s password', () => {
  test('goes to the provider, and not with a redirect elsewhere, nor back from there', async () => {
    for (const server of [provider, files]) server.asked.length = 0;
    await asProvider()(`${provider.origin}/moved-and-back`);
    await asProvider()(`${provider.origin}/moved-here`);
    await asProvider()(`${files.origin}/picture`);
    const sent = [provider, files].map(({ asked }) =>
      asked.map(({ path, headers }) => [path, headers.authorization]),
    );
    expect(sent).toEqual([
      [
        ['/moved-and-back', AUTHORIZATION],
        ['/picture', undefined],
        ['/moved-here', AUTHORIZATION],
        ['/picture', AUTHORIZATION],
      ],
      [
        ['/back', undefined],
        ['/picture', undefined],
      ],
    ]);
  });

  test('does not go to another port, another name or a name that begins alike', async () => {
    files.asked.length = 0;
    const fetchMedia = createMediaFetch({
      createPublicFetch,
      provider: { origin: 'https://api.twilio.com', authorization: AUTHORIZATION },
      trusted: [files.origin],
    });
    await fetchMedia(`${files.origin}/picture?https://api.twilio.com`);
    expect(files.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('and a key in the address are not told to the place that it redirects to', async () => {
    files.asked.length = 0;
    await asProvider()(`${provider.origin}/moved?token=sesame`);
    expect(files.asked).toHaveLength(1);
    expect(JSON.stringify(files.asked)).not.toMatch(/sesame|Basic|referer/i);
  });
});

describe('what leads inside', () => {
  test.each(['/to-inside', '/to-mapped', '/to-decimal', '/to-name'])(
    'by a redirect is not asked: %s',
    async (path) => {
      inside.asked.length = 0;
      expect(await refusal(`${provider.origin}${path}`)).toEqual({
        code: 'picture-unreachable',
        params: {},
        why: 'forbidden',
        mayRetry: false,
      });
      expect(inside.asked).toEqual([]);
    },
  );

  test.each(['/to-metadata', '/to-http'])('by a redirect is not asked: %s', async (path) => {
    expect(await refusal(`${provider.origin}${path}`)).toMatchObject({ why: 'forbidden' });
  });

  test.each(['/to-file', '/to-data', '/to-userinfo'])(
    'is no address to follow: %s',
    async (path) => {
      files.asked.length = 0;
      expect(await refusal(`${provider.origin}${path}`)).toMatchObject({ mayRetry: true });
      expect(files.asked).toEqual([]);
    },
  );

  test('is not asked, whoever names it', async () => {
    inside.asked.length = 0;
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:7f00:1]', '0x7f.1', 'LOCALHOST.']) {
      const url = `http://${host}:${inside.port}/secret`;
      expect(await refusal(url)).toMatchObject({ why: 'forbidden' });
      expect(await refusal(url, createMediaFetch({ createPublicFetch }))).toMatchObject({
        why: 'forbidden',
      });
    }
    expect(inside.asked).toEqual([]);
  });

  test('is not asked by a name that resolves to it, at any of its addresses', async () => {
    const resolved: string[] = [];
    const lookup: LookupFunction = (hostname, _options, callback) => {
      resolved.push(hostname);
      callback(null, [
        { address: '93.184.215.14', family: 4 },
        { address: '10.0.0.7', family: 4 },
      ]);
    };
    const fetchMedia = createMediaFetch({
      createPublicFetch: (options) => createPublicFetch({ ...options, lookup }),
    });
    expect(await refusal('https://rebound.city-sync.org/p', fetchMedia)).toMatchObject({
      why: 'forbidden',
    });
    expect(resolved).toEqual(['rebound.city-sync.org']);
  });
});

describe('a picture that cannot be had', () => {
  test.each([
    ['/gone', 'refused', false],
    ['/missing-rights', 'refused', false],
    ['/part', 'refused', false],
    ['/to-nowhere', 'refused', false],
    ['/busy', 'refused', true],
    ['/limited', 'refused', true],
    ['/round', 'unreachable', true],
    ['/breaks', 'unreachable', true],
    ['/not-gzip', 'unreachable', true],
  ] as const)('%s: %s, to be tried again: %s', async (path, why, mayRetry) => {
    expect(await refusal(`${provider.origin}${path}`)).toEqual({
      code: 'picture-unreachable',
      params: {},
      why,
      mayRetry,
    });
  });

  test('where nobody listens', async () => {
    const gone = await startMediaServer({});
    await gone.close();
    const fetchMedia = createMediaFetch({ createPublicFetch, provider: { origin: gone.origin } });
    expect(await refusal(`${gone.origin}/picture`, fetchMedia)).toMatchObject({
      why: 'unreachable',
      mayRetry: true,
    });
  });

  test.each(['/drips', '/silent'])('in time: %s', async (path) => {
    expect(await refusal(`${provider.origin}${path}`, asProvider(150))).toMatchObject({
      code: 'picture-unreachable',
      why: 'too-slow',
      mayRetry: true,
    });
  });

  test.each(['', 'picture.jpg', 'http://', 'ftp://127.0.0.1/x', 'javascript:alert(1)'])(
    'since %j is no address',
    async (url) => {
      expect(await refusal(url)).toMatchObject({ code: 'picture-unreachable' });
    },
  );
});

describe('a picture that is too large', () => {
  test.each(['/declared-larger', '/streamed-larger', '/bomb', '/bomb-in-bomb', '/endless'])(
    'is cut off: %s',
    async (path) => {
      expect(await refusal(`${provider.origin}${path}`)).toEqual({
        code: 'picture-too-large',
        params: {},
        why: 'too-large',
        mayRetry: false,
      });
    },
  );

  test('is cut off whatever length it claims to have', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n';
    const liar = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(head + 'x'.repeat(20 * MEGABYTE)));
    });
    await new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', resolve));
    const address = liar.address();
    const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const result = await createMediaFetch({ createPublicFetch, provider: { origin } })(
      `${origin}/picture`,
    );
    expect(result.ok ? result.value.length : result.refusal.why).toSatisfy(
      (got) => got === 10 || got === 'unreachable',
    );
    await new Promise((resolve) => liar.close(resolve));
  });
});

test('no refusal quotes what is secret in an address', async () => {
  const secrets = ['/file/bot123:sesame/photo', '/busy?token=sesame', '/breaks?sesame'];
  const urls = [
    ...secrets.map((path) => `${provider.origin}${path}`),
    `https://ana:sesame@127.0.0.1:${inside.port}/x`,
    'https://127.0.0.1/sesame',
    'sesame',
    'https://sesame.invalid/',
  ];
  for (const url of urls) expect(JSON.stringify(await refusal(url))).not.toContain('sesame');
});
