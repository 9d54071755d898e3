import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchWithin } from '../../src/lib/fetch-within.ts';
import { startServer } from '../support/local-server.ts';

const SMALL = { timeoutMs: 5000, bytesMax: 1000 };
const QUICK = { timeoutMs: 100, bytesMax: 1000 };

let server: Awaited<ReturnType<typeof startServer>>;
let isClosed: Promise<unknown>;
let address: string;
beforeEach(async () => {
  server = await startServer((request, response) => {
    if (request.url === '/never') return;
    response.writeHead(request.url === '/empty' ? 204 : 418, {
      'x-kind': 'teapot',
      ...(request.url === '/packed' ? { 'content-encoding': 'gzip' } : {}),
    });
    isClosed = new Promise((resolve) => {
      response.once('close', resolve);
    });
    if (request.url === '/half') response.write('half of');
    else if (request.url === '/much') response.end('x'.repeat(1000));
    else if (request.url === '/packed') {
      response.end(gzipSync(Buffer.alloc(100_000)));
    } else if (request.url === '/endless') {
      const more = () => {
        while (response.write('x'.repeat(100_000)));
        response.once('drain', more);
      };
      more();
    } else response.end(request.url === '/empty' ? undefined : 'tea');
  });
  address = server.url;
});
afterEach(() => server.close());

describe('fetchWithin', () => {
  it('answers as fetch does', async () => {
    const answer = await fetchWithin(SMALL)(`${address}/tea`);
    expect([answer.status, answer.headers.get('x-kind'), await answer.text()]).toEqual([
      418,
      'teapot',
      'tea',
    ]);
    expect((await fetchWithin(SMALL)(`${address}/empty`)).status).toBe(204);
  });

  it.each(['never', 'half'])('ends when an answer comes %s', async (path) => {
    await expect(fetchWithin(QUICK)(`${address}/${path}`)).rejects.toThrow(
      /no answer within 0.1 s/,
    );
  });

  it('takes as much as was agreed and no more', async () => {
    const answer = await fetchWithin(SMALL)(`${address}/much`);
    expect((await answer.text()).length).toBe(1000);
    const tooLittle = { ...SMALL, bytesMax: 999 };
    await expect(fetchWithin(tooLittle)(`${address}/much`)).rejects.toThrow(/more than 999 bytes/);
  });

  it.each(['packed', 'endless'])('hangs up on an answer that is %s', async (path) => {
    await expect(fetchWithin(SMALL)(`${address}/${path}`)).rejects.toThrow(/more than 1000 bytes/);
    await isClosed;
  });

  it('ends even when nobody passes the signal on', async () => {
    const deaf: typeof fetch = (input) => fetch(input);
    await expect(fetchWithin(QUICK, deaf)(`${address}/half`)).rejects.toThrow(/no answer/);
  });
});
