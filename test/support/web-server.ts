// The web over HTTP on a free port, with a demo city in memory and a small PDS beside it.
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { sandboxRoutes } from '../../src/sandbox/page/routes.ts';
import { createWeb, type WebParts } from '../../src/web/app.ts';
import type { Assets } from '../../src/web/assets.ts';
import { evidenceReads, homeReads } from './home-view.ts';
import type { MemoryPageData } from './memory-page-data.ts';
import { memoryPageData } from './memory-page-data.ts';
import { openDataParts } from './open-data.ts';

const ASSET_FOLDERS = ['web/client/', 'sandbox/page/client/'] as const;

/** The files of the pages, as the composition root reads them. */
export function readAssets(): Assets {
  const source = new URL('../../src/', import.meta.url);
  const files = ASSET_FOLDERS.flatMap((folder) =>
    readdirSync(new URL(folder, source))
      .filter((name) => /\.(?:css|js|svg|jpg)$/.test(name))
      .map((name) => [name, new Uint8Array(readFileSync(new URL(folder + name, source)))] as const),
  );
  return new Map(files);
}

type Served = {
  readonly url: string;
  /** Cuts every connection; new ones are welcome. */
  readonly drop: () => void;
  readonly close: () => Promise<void>;
};

/** Any app on a free port of the loopback. */
async function serveOn(app: { readonly fetch: Hono['fetch'] }): Promise<Served> {
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((resolve) => {
    if (server.listening) resolve();
    else server.once('listening', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const drop = () => {
    if ('closeAllConnections' in server) server.closeAllConnections();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    drop,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}

/** Answers `com.atproto.repo.getRecord` from what the demo city has published. */
function smallPds(data: () => MemoryPageData): Hono {
  return new Hono().use(cors()).get('/xrpc/com.atproto.repo.getRecord', (c) => {
    const { collection = '', rkey = '' } = c.req.query();
    const record = data().published(collection, rkey);
    return record === undefined
      ? c.json({ error: 'RecordNotFound', message: `Could not locate record` }, 400)
      : c.json(record);
  });
}

/** An app by the name that browsers take for safe without a certificate. */
export async function serveApp(app: { readonly fetch: Hono['fetch'] }): Promise<Served> {
  const served = await serveOn(app);
  return { ...served, url: served.url.replace('127.0.0.1', 'localhost') };
}

/** The public pages alone, but for what `parts` bring. */
export const serveWeb = (parts: Partial<WebParts>): Promise<Served> =>
  serveOn(
    createWeb({
      health: () => ({ ok: true }),
      metrics: () => '',
      home: homeReads(),
      evidence: evidenceReads(new Uint8Array(0)),
      openData: openDataParts(),
      assets: readAssets(),
      ...parts,
    }),
  );

/** The whole web with a sandbox that plays the loop. */
export async function serveSandbox(
  publishAfter?: Promise<void>,
): Promise<Served & { readonly data: MemoryPageData }> {
  let data: MemoryPageData | undefined;
  const pds = await serveOn(
    smallPds(() => {
      if (data === undefined) throw new Error('The demo city is not there yet');
      return data;
    }),
  );
  data = memoryPageData({ pds: pds.url, ...(publishAfter && { publishAfter }) });
  const stop = new AbortController();
  const web = await serveWeb({ sandbox: sandboxRoutes(data, { stop: stop.signal }) });
  return {
    url: web.url,
    drop: web.drop,
    data,
    close: async () => {
      stop.abort();
      await web.close();
      await pds.close();
    },
  };
}
