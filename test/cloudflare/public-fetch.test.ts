import { afterEach, expect, test, vi } from 'vitest';
import { publicFetchThrough } from '../../src/cloudflare/public-fetch.ts';
import { atOnce } from '../../src/lib/outgoing.ts';
import { failureOf } from '../../src/media/public-fetch-port.ts';

const createPublicFetch = publicFetchThrough(atOnce);
const LIMITS = { bytesMax: 1000, timeoutMs: 200 };

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A network of these answers; whatever else is asked fails the test. */
function network(answers: Readonly<Record<string, () => Response | Promise<Response>>>) {
  const asked: Request[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    asked.push(request);
    const answer = answers[request.url];
    if (answer === undefined) throw new Error(`Nobody may ask ${request.url}.`);
    return answer();
  });
  return asked;
}

const to = (location: string) => () => new Response('gone', { status: 302, headers: { location } });

const failure = async (url: string, options = {}): Promise<string> =>
  createPublicFetch({ ...LIMITS, ...options })(url).then(
    () => 'none',
    (error: unknown) => failureOf(error),
  );

test('a public place is asked, and may redirect to another', async () => {
  const asked = network({
    'https://one.example.org/a': to('https://two.example.org/b'),
    'https://two.example.org/b': () => new Response('here'),
  });
  const headers = { authorization: 'secret', accept: 'image/jpeg' };
  const answer = await createPublicFetch(LIMITS)('https://one.example.org/a', { headers });
  expect(await answer.text()).toBe('here');
  expect(asked.map((request) => request.headers.get('authorization'))).toEqual(['secret', null]);
  expect(asked.map((request) => request.headers.get('accept'))).toEqual([
    'image/jpeg',
    'image/jpeg',
  ]);
});

test.each([
  'http://one.example.org/',
  'https://10.0.0.1/',
  'https://localhost/',
  'https://[::1]/',
  'https://router.internal/',
])('%s is asked by nobody, and nobody is redirected there', async (url) => {
  const asked = network({ 'https://one.example.org/': to(url) });
  expect(await failure(url)).toBe('forbidden');
  expect(asked).toEqual([]);
  expect(await failure('https://one.example.org/')).toBe('forbidden');
  expect(asked).toHaveLength(1);
});

test('where an operator has set it, any place is asked, but for its other ports', async () => {
  network({ 'http://127.0.0.1:2583/': () => new Response('ours') });
  const trusted = ['http://127.0.0.1:2583'];
  expect(await failure('http://127.0.0.1:2583/', { trusted })).toBe('none');
  expect(await failure('http://127.0.0.1:2584/', { trusted })).toBe('forbidden');
});

test('what is too large, too slow or redirects for ever is given up, and says which', async () => {
  network({
    'https://large.example.org/': () => new Response('x'.repeat(1001)),
    'https://slow.example.org/': () => new Promise(() => undefined),
    'https://round.example.org/': to('https://round.example.org/'),
    'https://broken.example.org/': () => Promise.reject(new Error('connection lost')),
  });
  expect(await failure('https://large.example.org/')).toBe('too-large');
  expect(await failure('https://slow.example.org/')).toBe('too-slow');
  expect(await failure('https://round.example.org/')).toBe('unreachable');
  expect(await failure('https://broken.example.org/')).toBe('unreachable');
});
