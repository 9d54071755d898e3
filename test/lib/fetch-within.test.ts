import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchWithin } from '../../src/lib/fetch-within.ts';

let server: Server;
let address: string;
beforeEach(async () => {
  server = createServer((request, response) => {
    if (request.url === '/never') return;
    response.writeHead(request.url === '/empty' ? 204 : 418, { 'x-kind': 'teapot' });
    if (request.url === '/half') response.write('half of');
    else response.end(request.url === '/empty' ? undefined : 'tea');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

describe('fetchWithin', () => {
  it('answers as fetch does', async () => {
    const answer = await fetchWithin(5000)(`${address}/tea`);
    expect([answer.status, answer.headers.get('x-kind'), await answer.text()]).toEqual([
      418,
      'teapot',
      'tea',
    ]);
    expect((await fetchWithin(5000)(`${address}/empty`)).status).toBe(204);
  });

  it.each(['never', 'half'])('ends when an answer comes %s', async (path) => {
    await expect(fetchWithin(100)(`${address}/${path}`)).rejects.toThrow(/no answer within 0.1 s/);
  });

  it('ends even when nobody passes the signal on', async () => {
    const deaf: typeof fetch = (input) => fetch(input);
    await expect(fetchWithin(100, deaf)(`${address}/half`)).rejects.toThrow(/no answer/);
  });
});
