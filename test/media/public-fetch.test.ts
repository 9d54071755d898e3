import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createPublicFetch } from '../../src/media/public-fetch.ts';
import { failureOf } from '../../src/media/public-fetch-port.ts';
import { createPlaces } from '../../src/media/public-places.ts';
import {
  answerWith,
  type MediaServer,
  redirectTo,
  startMediaServer,
} from '../support/media-server.ts';

const LIMITS = { bytesMax: 1000, timeoutMs: 5000 };
const servers: MediaServer[] = [];
const serve = async (...args: Parameters<typeof startMediaServer>): Promise<MediaServer> => {
  const server = await startMediaServer(...args);
  servers.push(server);
  return server;
};
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

const isForbidden = (url: string): boolean => createPlaces([]).forbid(new URL(url)) !== undefined;

describe('a place that is not public', () => {
  test.each([
    // IPv4, however it is written.
    '127.0.0.1',
    '127.255.255.254',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '127.0.0.1.',
    '①②⑦.⓪.⓪.①',
    '0.0.0.0',
    '0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.127.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
    // IPv6, and what hides IPv4 in it.
    '[::]',
    '[::1]',
    '[::127.0.0.1]',
    '[::7f00:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:8.8.8.8]',
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::a00:1]',
    '[2002:7f00:1::]',
    '[2002:a00:1::1]',
    '[2001:0:7f00:1::]',
    '[fe80::1]',
    '[febf::1]',
    '[fec0::1]',
    '[fc00::1]',
    '[fd12:3456::1]',
    '[ff02::1]',
    '[100::1]',
    '[2001:db8::1]',
    '[2001:2::1]',
    '[3fff::1]',
    '[5f00::1]',
    '[4000::1]',
    '[2::1]',
    '[1::1]',
    // Names.
    'localhost',
    'LOCALHOST',
    'localhost.',
    'ⓛocalhost',
    'a.localhost',
    'printer',
    'printer.',
    'printer.local',
    'db.internal',
    'metadata.google.internal',
    'router.home.arpa',
    'pds.test',
    'nobody.invalid',
    'some.example',
    'hidden.onion',
  ])('is %s', (host) => {
    expect([isForbidden(`https://${host}/`), isForbidden(`https://${host}:8443/`)]).toEqual([
      true,
      true,
    ]);
  });

  test.each([
    'http://bsky.social/',
    'ftp://bsky.social/',
    'file:///etc/passwd',
    'data:,x',
    'ws://a.org',
  ])('is anything but HTTPS: %s', (url) => expect(isForbidden(url)).toBe(true));
});

test.each([
  'bsky.social',
  'BSKY.social.',
  'pds.city-sync.org:8443',
  'localhost.city-sync.org',
  'localhost.run',
  'xn--exmple-cua.com',
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '[2606:4700::1111]',
  '[2a00:1450::1]',
])('a place that is public is %s', (host) => {
  expect(isForbidden(`https://${host}/`)).toBe(false);
});

describe('an origin that the operator has set', () => {
  const { forbid } = createPlaces(['http://127.0.0.1:8000', 'https://pds.internal/xrpc']);

  test('may be anywhere, by HTTP, too', () => {
    expect(forbid(new URL('http://127.0.0.1:8000/x?y'))).toBeUndefined();
    expect(forbid(new URL('https://pds.internal/z'))).toBeUndefined();
  });

  test.each([
    'http://127.0.0.1:8001/',
    'http://127.0.0.1/',
    'https://127.0.0.1:8000/',
    'http://localhost:8000/',
    'http://pds.internal/',
    'https://pds.internal:8443/',
    'https://pds.internal./',
  ])('says nothing of %s', (url) => {
    expect(forbid(new URL(url))).toBeDefined();
  });

  test('says nothing of other ports of a public host', () => {
    const places = createPlaces(['https://pds.city-sync.org']);
    expect(places.forbid(new URL('https://pds.city-sync.org:6379/'))).toBeDefined();
  });
});

describe('a name', () => {
  /** What the connection is given for a name that resolves to these. */
  const connects = (addresses: readonly string[], host = 'city-sync.org', all = true) => {
    const found: LookupAddress[] = addresses.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    const resolve: LookupFunction = (_host, _options, callback) => {
      if (all) callback(null, found);
      else callback(null, found[0]?.address ?? '', found[0]?.family);
    };
    return new Promise((done) => {
      createPlaces(['http://db.internal'], resolve).lookup(host, { all }, (error, address) =>
        done(error?.message ?? address),
      );
    });
  };
  const NOT_PUBLIC = 'This is not a public place.';

  test('leads to its public addresses', async () => {
    expect(await connects(['93.184.215.14'], 'city-sync.org', false)).toBe('93.184.215.14');
    expect(await connects(['93.184.215.14', '2606:4700::1'])).toEqual([
      { address: '93.184.215.14', family: 4 },
      { address: '2606:4700::1', family: 6 },
    ]);
  });

  test.each([
    ['127.0.0.1'],
    ['10.0.0.1'],
    ['169.254.169.254'],
    ['::1'],
    ['::ffff:10.0.0.1'],
    ['::ffff:a00:1'],
    ['64:ff9b::a00:1'],
    ['2002:a00:1::'],
    ['fe80::1%eth0'],
    ['fd00::1'],
    ['93.184.215.14', '127.0.0.1'],
    ['2606:4700::1', '::1'],
  ])('leads nowhere when it resolves to %s', async (...addresses) => {
    expect(await connects(addresses)).toBe(NOT_PUBLIC);
    const [first = ''] = addresses.slice(-1);
    expect(await connects([first], 'city-sync.org', false)).toBe(NOT_PUBLIC);
  });

  test('that the operator has set leads anywhere', async () => {
    expect(await connects(['10.0.0.1'], 'db.internal', false)).toBe('10.0.0.1');
  });

  test('that does not exist stays unknown', async () => {
    const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    const fetchPublic = createPublicFetch({
      ...LIMITS,
      lookup: (_host, _options, callback) => callback(unknown, []),
    });
    const error = await fetchPublic('https://nobody.city-sync.org/').catch((caught) => caught);
    expect(failureOf(error)).toBe('unreachable');
  });
});

describe('the public fetch', () => {
  test('is a fetch: methods, headers, bodies and statuses as they are', async () => {
    const server = await serve({
      '/echo': (request, response) => {
        response.writeHead(201, { 'x-method': request.method ?? '' });
        request.pipe(response);
      },
    });
    const fetchPublic = createPublicFetch({ ...LIMITS, trusted: [server.origin] });
    const response = await fetchPublic(new URL(`${server.origin}/echo`), {
      method: 'POST',
      headers: { accept: 'text/plain' },
      body: 'hello',
    });
    expect([response.status, response.headers.get('x-method')]).toEqual([201, 'POST']);
    expect(await response.text()).toBe('hello');
    expect(server.asked[0]?.headers.accept).toBe('text/plain');
  });

  test('goes anywhere on one’s own machine, when told so, and still has limits', async () => {
    const server = await serve({ '/large': answerWith('x'.repeat(1001)), '/ok': answerWith('ok') });
    const fetchPublic = createPublicFetch({ ...LIMITS, trusted: 'all' });
    const named = `http://localhost:${server.port}`;
    expect(await (await fetchPublic(`${named}/ok`)).text()).toBe('ok');
    const error = await fetchPublic(`${named}/large`).catch((caught) => caught);
    expect(failureOf(error)).toBe('too-large');
    await expect(fetchPublic('data:,x')).rejects.toThrow('public place');
  });

  test('fails while the body is read when it grows too large, or takes too long', async () => {
    const server = await serve({
      '/grows': (_request, response) => {
        response.write('x'.repeat(600));
        response.end('x'.repeat(600));
      },
      '/drips': (_request, response) => {
        const timer = setInterval(() => response.write('.'), 5);
        response.on('close', () => clearInterval(timer));
      },
    });
    const read = async (path: string, timeoutMs: number) => {
      const fetchPublic = createPublicFetch({ ...LIMITS, timeoutMs, trusted: [server.origin] });
      const response = await fetchPublic(`${server.origin}${path}`);
      return failureOf(await response.text().catch((caught) => caught));
    };
    expect(await read('/grows', 5000)).toBe('too-large');
    expect(await read('/drips', 100)).toBe('too-slow');
  });

  test('ends when its caller wants it to, with the caller’s reason', async () => {
    const server = await serve({ '/silent': () => undefined });
    const fetchPublic = createPublicFetch({ ...LIMITS, trusted: [server.origin] });
    const ending = new AbortController();
    const asking = fetchPublic(`${server.origin}/silent`, { signal: ending.signal });
    ending.abort(new Error('enough'));
    await expect(asking).rejects.toThrow('enough');
  });

  test('cannot be told to go around the checks', async () => {
    const server = await serve({ '/secret': answerWith('secret') });
    const fetchPublic = createPublicFetch(LIMITS);
    const init: object = { dispatcher: { dispatch: () => true } };
    await expect(fetchPublic(`${server.origin}/secret`, init)).rejects.toThrow('public place');
    await expect(fetchPublic(new Request(`${server.origin}/secret`))).rejects.toThrow();
    expect(server.asked).toEqual([]);
  });

  test('says nothing of the address when it fails', async () => {
    const server = await serve({ '/to-inside': redirectTo('http://127.0.0.1:1/sesame') });
    const fetchPublic = createPublicFetch({ ...LIMITS, trusted: [server.origin] });
    const urls = ['sesame', 'https://a:sesame@b.org/', `${server.origin}/to-inside?sesame`];
    for (const url of urls) {
      const error = await fetchPublic(url).catch((caught) => caught);
      const whole = `${error}${error.stack}${JSON.stringify(error)}${JSON.stringify(error.cause)}`;
      expect(whole).not.toContain('sesame');
      expect(error.cause).toBeUndefined();
    }
  });
});
