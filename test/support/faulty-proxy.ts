// Stands between the bot and a real server and does what networks do: loses answers, is slow,
// answers for a server in trouble. What it forwards, it forwards unchanged.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { startServer } from './local-server.ts';

export type Fault =
  /** The connection breaks before the server has heard of the request. */
  | 'drop-before'
  /** The server does it, and the answer is lost. */
  | 'drop-after'
  /** The server does it, and the answer never comes: its `fetch` says so at once. */
  | 'hang-after'
  | 'error-before'
  | 'error-after'
  /** 429, with the time when it is over in the headers; with none; with nonsense in them. */
  | 'limit'
  | 'limit-bare'
  | 'limit-absurd'
  /** The access token is said to have expired. */
  | 'expired'
  /** 404 and a page for people, as of a server in between. */
  | 'error-page'
  /** Nothing is wrong this time. */
  | 'none';

export type FaultyProxy = {
  readonly url: string;
  /** The next requests to this path (or method name) get these faults, one each. */
  readonly plan: (method: string, ...faults: readonly Fault[]) => void;
  /** Requests without a plan get the fault that this chooses for their method. */
  readonly chooseFaults: (choose: (method: string) => Fault) => void;
  /** Is called before a request is forwarded. */
  readonly onForward: (look: (method: string) => Promise<void>) => void;
  /** How many requests there were for a method. */
  readonly count: (method: string) => number;
  /** How often a method was answered with this status, by the server or by a fault. */
  readonly countStatus: (method: string, status: number) => number;
  /** No longer takes connections, as when the server restarts; `up` ends it. */
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** `fetch` that goes to the proxy whatever server it was meant for. */
  readonly fetch: typeof fetch;
};

export const LIMIT_SECONDS = 60;
/** The header with the number of a request, which goes no further than the proxy. */
const NUMBER = 'x-request-number';
/** A server in trouble may say this of when its limit is over. */
const ABSURD = ['0', '-7', 'NaN', '32503680000', String(Number.MAX_SAFE_INTEGER), '', 'soon'];

export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const planned = new Map<string, Fault[]>();
  const counts = new Map<string, number>();
  let choose = (_method: string): Fault => 'none';
  let look = async (_method: string): Promise<void> => undefined;
  let absurdities = 0;
  /** What to do when a request hangs, by its number: nobody waits for as long as a timeout takes. */
  const hung = new Map<string, () => void>();
  let requests = 0;

  const countOne = (key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };

  async function forward(request: IncomingMessage, body: Buffer): Promise<Response> {
    const headers = new Headers();
    for (const name of ['authorization', 'content-type', 'accept', 'atproto-proxy']) {
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
    countOne(method);
    const fault = planned.get(method)?.shift() ?? choose(method);
    response.once('close', () => countOne(`${method} ${response.statusCode}`));
    if (fault === 'drop-before') {
      response.destroy();
      return;
    }
    if (fault === 'error-page') {
      response.writeHead(404, { 'content-type': 'text/html' });
      response.end('<h1>Not here</h1>');
      return;
    }
    if (fault === 'error-before') return answer(response, 500, { error: 'InternalServerError' });
    if (fault === 'expired') return answer(response, 400, { error: 'ExpiredToken', message: '' });
    if (fault.startsWith('limit')) {
      if (fault === 'limit') response.setHeader('ratelimit-reset', nowSeconds() + LIMIT_SECONDS);
      if (fault === 'limit-absurd') {
        absurdities += 1;
        const absurd = ABSURD[absurdities % ABSURD.length] ?? '';
        response.setHeader(absurdities % 2 === 0 ? 'ratelimit-reset' : 'retry-after', absurd);
      }
      return answer(response, 429, { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' });
    }
    await look(method);
    const real = await forward(request, body);
    const content = Buffer.from(await real.arrayBuffer());
    if (fault === 'drop-after') response.destroy();
    if (fault === 'hang-after') hung.get(String(request.headers[NUMBER]))?.();
    if (fault === 'error-after') return answer(response, 502, { error: 'UpstreamFailure' });
    if (fault !== 'none') return;
    for (const name of HEADERS) {
      const value = real.headers.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    response.writeHead(real.status);
    response.end(content);
  }

  const { url, close, reopen } = await startServer(handle);
  return {
    url,
    plan: (method, ...faults) => {
      planned.set(method, [...faults]);
    },
    chooseFaults: (chooser) => {
      choose = chooser;
    },
    onForward: (looker) => {
      look = looker;
    },
    count: (method) => counts.get(method) ?? 0,
    countStatus: (method, status) => counts.get(`${method} ${status}`) ?? 0,
    down: close,
    up: reopen,
    close,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname, search } = new URL(request.url);
      const body = request.method === 'GET' ? {} : { body: await request.arrayBuffer() };
      requests += 1;
      const number = String(requests);
      request.headers.set(NUMBER, number);
      const late = Promise.withResolvers<never>();
      hung.set(number, () => late.reject(new Error('no answer within the time there is')));
      const answered = fetch(`${url}${pathname}${search}`, {
        method: request.method,
        headers: request.headers,
        // That of the request itself is gone with it.
        signal: init?.signal ?? null,
        ...body,
      });
      try {
        return await Promise.race([answered, late.promise]);
      } finally {
        hung.delete(number);
      }
    },
  };
}

/** Those of the server that a client may act on. */
const HEADERS = [
  'content-type',
  'date',
  'retry-after',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'ratelimit-policy',
];

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

const methodOf = (url: string): string => url.split('?')[0]?.split('.').at(-1) ?? '';

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
