// Stands between the bot and a real server and does what networks do: loses answers, is slow,
// answers for a server in trouble. What it forwards, it forwards unchanged.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

type Fault =
  /** The connection breaks before the server has heard of the request. */
  | 'drop-before'
  /** The server does it, and the answer is lost. */
  | 'drop-after'
  /** The server does it, and the answer never comes. */
  | 'hang-after'
  | 'error-before'
  | 'error-after'
  /** 429, with the time when it is over in the headers. */
  | 'limit'
  /** The access token is said to have expired. */
  | 'expired'
  /** Nothing is wrong this time. */
  | 'none';

export type FaultyProxy = {
  readonly url: string;
  /** The next requests to this path (or method name) get these faults, one each. */
  readonly plan: (method: string, ...faults: readonly Fault[]) => void;
  /** How many requests there were for a method. */
  readonly count: (method: string) => number;
  /** No longer takes connections, as when the server restarts; `up` ends it. */
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** `fetch` that goes to the proxy whatever server it was meant for. */
  readonly fetch: typeof fetch;
};

export const LIMIT_SECONDS = 60;

export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const planned = new Map<string, Fault[]>();
  const counts = new Map<string, number>();

  async function forward(request: IncomingMessage, body: Buffer): Promise<Response> {
    const headers = new Headers();
    for (const name of ['authorization', 'content-type', 'accept']) {
      const value = request.headers[name];
      if (typeof value === 'string') headers.set(name, value);
    }
    const method = request.method ?? 'GET';
    const init = method === 'GET' ? { headers } : { method, headers, body: new Uint8Array(body) };
    return fetch(new URL(request.url ?? '/', target), init);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const method = methodOf(request.url ?? '');
    counts.set(method, (counts.get(method) ?? 0) + 1);
    const fault = planned.get(method)?.shift() ?? 'none';
    if (fault === 'drop-before') {
      response.destroy();
      return;
    }
    if (fault === 'error-before') return answer(response, 500, { error: 'InternalServerError' });
    if (fault === 'expired') return answer(response, 400, { error: 'ExpiredToken', message: '' });
    if (fault === 'limit') {
      const reset = Math.floor(Date.now() / 1000) + LIMIT_SECONDS;
      response.setHeader('ratelimit-reset', reset);
      return answer(response, 429, { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' });
    }
    const real = await forward(request, body);
    const content = Buffer.from(await real.arrayBuffer());
    if (fault === 'drop-after') response.destroy();
    if (fault === 'error-after') return answer(response, 502, { error: 'UpstreamFailure' });
    if (fault !== 'none') return;
    response.writeHead(real.status, { 'content-type': real.headers.get('content-type') ?? '' });
    response.end(content);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    plan: (method, ...faults) => {
      planned.set(method, [...faults]);
    },
    count: (method) => counts.get(method) ?? 0,
    down: stop,
    up: () => listen(port),
    close: stop,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname, search } = new URL(request.url);
      const body = request.method === 'GET' ? {} : { body: await request.arrayBuffer() };
      return fetch(`${url}${pathname}${search}`, {
        method: request.method,
        headers: request.headers,
        signal: request.signal,
        ...body,
      });
    },
  };
}

const methodOf = (url: string): string => url.split('?')[0]?.split('.').at(-1) ?? '';

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
