// The server's own limits, over real sockets: who is slow is cut, and others are served meanwhile.
import { once } from 'node:events';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Listening, listenToSelf, SERVER_LIMITS } from '../../src/node/listen.ts';
import { connectTo, drip } from '../support/raw-connections.ts';

/** So short that nobody waits long, and so far apart that each shows what it does. */
const SHORT = {
  headersMs: 1000,
  requestMs: 1500,
  idleMs: 1000,
  keepAliveMs: 100,
  lookEveryMs: 100,
};
/** However slow the machine is. */
const CHUNK = new Uint8Array(256 * 1024);

let listening: Listening;
let readerGone: PromiseWithResolvers<void>;

beforeEach(async () => {
  readerGone = Promise.withResolvers();
  const app = new Hono()
    .get('/', (c) => c.text('here'))
    .post('/', async (c) => c.text(await c.req.text().catch(() => 'broken off')))
    .get('/endless', () => {
      const pull = (controller: ReadableStreamDefaultController) => controller.enqueue(CHUNK);
      return new Response(new ReadableStream({ pull, cancel: () => readerGone.resolve() }));
    });
  listening = await listenToSelf(app.fetch, 0, { limits: SHORT });
});
afterEach(() => listening.close());

const served = async (): Promise<string> =>
  (await fetch(`http://127.0.0.1:${listening.port}/`)).text();

it('is reached at the machine’s own addresses, and at no other', async () => {
  expect(await served()).toBe('here');
  // All of 127/8 may lead to this machine: whoever listens everywhere answers there as well.
  const socket = connect(listening.port, '127.0.0.2');
  const outcome = await new Promise((resolve) => {
    socket.once('connect', () => resolve('connected')).once('error', () => resolve('refused'));
  });
  socket.destroy();
  expect(outcome).toBe('refused');
});

const POST = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n';

it.each([
  ['who says nothing', ''],
  ['half a line', 'GET / HT'],
  ['headers without an end', 'GET / HTTP/1.1\r\nHost: localhost\r\n'],
  ['half a body', `${POST}abc`],
])('cuts 300 who send %s, and serves others meanwhile', async (_, words) => {
  const stalled = Array.from({ length: 300 }, () => connectTo(listening.port, words));
  await Promise.all(stalled.map(({ socket }) => once(socket, 'connect')));
  expect(await served()).toBe('here');
  await Promise.all(stalled.map(({ ended }) => ended));
});

it.each([
  ['headers', 'GET / HTTP/1.1\r\nHost: localhost\r\n', 'X-A: b\r\n'],
  ['a body', POST, 'x'],
])('cuts who sends %s drop by drop', async (_, words, word) => {
  const connection = connectTo(listening.port, words);
  drip(connection, word, 50);
  expect(await connection.ended).toMatch(/^HTTP\/1\.1 408 /);
});

it('cuts who asks for much and reads nothing', async () => {
  const { socket, ended } = connectTo(
    listening.port,
    'GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n',
  );
  socket.pause();
  await readerGone.promise;
  socket.resume();
  await ended;
});

it('closes a connection over which nothing more is asked', async () => {
  const { ended } = connectTo(listening.port, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  expect(await ended).toMatch(/^HTTP\/1\.1 200 .*here$/s);
});

it.each([
  ['an address', `GET /${'x'.repeat(SERVER_LIMITS.headerBytesMax)} HTTP/1.1\r\n`],
  ['one header', `GET / HTTP/1.1\r\nX-A: ${'x'.repeat(SERVER_LIMITS.headerBytesMax)}\r\n`],
  ['many headers', `GET / HTTP/1.1\r\n${'X-A: b\r\n'.repeat(SERVER_LIMITS.headerBytesMax / 8)}`],
])('refuses %s longer than it may be', async (_, words) => {
  const { ended } = connectTo(listening.port, `${words}Host: localhost\r\n\r\n`);
  expect(await ended).toMatch(/^HTTP\/1\.1 431 /);
});

it('lets nobody have all connections: the rest is for others', async () => {
  const limited = await listenToSelf(new Hono().get('/', (c) => c.text('here')).fetch, 0, {
    limits: { connectionsOfOneMax: 20 },
    isProxy: (address) => address === '::1',
  });
  const ofOne = Array.from({ length: 50 }, () => connectTo(limited.port, ''));
  // Of fifty the server has ended thirty; the others wait for a request.
  await expect.poll(() => ofOne.filter(({ socket }) => socket.closed).length).toBe(30);
  const other = connectTo(
    limited.port,
    'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    '::1',
  );
  expect(await other.ended).toMatch(/here$/);
  // Who leaves makes room.
  const first = ofOne.find(({ socket }) => !socket.closed);
  first?.socket.destroy();
  await expect
    .poll(async () => {
      const again = connectTo(
        limited.port,
        'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
      );
      return await again.ended;
    })
    .toMatch(/here$/);
  for (const { socket } of ofOne) socket.destroy();
  await limited.close();
});
