// Stands before a real PDS and lies for it: it says that it took what it did not keep, and no longer
// gives out what it has. What it does not lie about, it passes on.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { cidOfRecord } from '../../src/lib/cid.ts';
import { startServer } from './local-server.ts';

export type LyingPds = {
  readonly url: string;
  /** What it lies about now. */
  readonly lies: {
    /** Writes are answered with the right CIDs and not kept. */
    writes: boolean;
    /** Pictures are not there, or are others. */
    pictures: 'none' | 'missing' | 'changed';
  };
  /** How many requests there were for a method. */
  readonly count: (method: string) => number;
  readonly close: () => Promise<void>;
  /** `fetch` that goes to it whatever server it was meant for. */
  readonly fetch: typeof fetch;
};

export async function startLyingPds(target: string): Promise<LyingPds> {
  const lies: LyingPds['lies'] = { writes: false, pictures: 'none' };
  const counts = new Map<string, number>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const url = new URL(request.url ?? '/', target);
    const method = url.pathname.split('.').at(-1) ?? '';
    counts.set(method, (counts.get(method) ?? 0) + 1);
    if (method === 'applyWrites' && lies.writes) {
      const { writes } = JSON.parse(body.toString('utf8'));
      return answer(response, 200, { results: writes.map(resultOf) });
    }
    if (method === 'getBlob' && lies.pictures === 'missing') {
      return answer(response, 400, { error: 'InvalidRequest', message: 'Blob not found' });
    }
    const headers = new Headers();
    for (const name of ['authorization', 'content-type', 'accept']) {
      const value = request.headers[name];
      if (typeof value === 'string') headers.set(name, value);
    }
    const isPost = request.method === 'POST';
    const real = await fetch(
      url,
      isPost ? { method: 'POST', headers, body: new Uint8Array(body) } : { headers },
    );
    const content = Buffer.from(await real.arrayBuffer());
    if (method === 'getBlob' && lies.pictures === 'changed') content[0] = (content[0] ?? 0) ^ 1;
    response.writeHead(real.status, {
      'content-type': real.headers.get('content-type') ?? 'application/json',
    });
    response.end(content);
  }

  const { url, close } = await startServer(handle);
  return {
    ...{ url, lies, close },
    count: (method) => counts.get(method) ?? 0,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname, search } = new URL(request.url);
      const body = request.method === 'GET' ? {} : { body: await request.arrayBuffer() };
      const { method, headers } = request;
      const signal = init?.signal ?? null;
      return fetch(`${url}${pathname}${search}`, { method, headers, signal, ...body });
    },
  };
}

const resultOf = ({ $type, value }: { readonly $type: string; readonly value?: unknown }) => ({
  $type: `${$type}Result`,
  ...(value === undefined ? {} : { cid: cidOfRecord(value) }),
});

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
