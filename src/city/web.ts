/** What a running city serves over HTTP. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Hono } from 'hono';
import { isPlaceholder } from '../lib/placeholder-did.ts';
import type { PictureCache } from '../media/picture-cache.ts';
import { createPublishedPictures } from '../media/published-pictures.ts';
import { createOpenData } from '../records/open-data/open-data.ts';
import { contextOf } from '../services/context.ts';
import { takeMyData } from '../services/privacy/see-my-data.ts';
import { createWeb, type WebParts } from '../web/app.ts';
import type { Assets } from '../web/assets.ts';
import { xrpcUrl } from '../web/links.ts';
import { evidenceReads } from '../web/public/evidence-reads.ts';
import type { HomeCity } from '../web/public/home.ts';
import { homeReads } from '../web/public/home-reads.ts';
import type { Proxies } from '../web/reader.ts';
import type { HealthWatch } from './health-watch.ts';
import type { WatchedBase } from './watched-base.ts';

const ASSET_FOLDERS = ['../web/client', '../sandbox/page/client'] as const;
const ASSET_NAME = /[.](css|js|svg|jpg)$/;

function readAssets(): Assets {
  const assets = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const folder of ASSET_FOLDERS) {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    for (const name of readdirSync(path)) {
      if (ASSET_NAME.test(name)) assets.set(name, new Uint8Array(readFileSync(join(path, name))));
    }
  }
  return assets;
}

/** `sandbox` and `routes` are routes of the city's own kind, `basePath` is where all of them lie. */
type CityWebParts = Pick<WebParts, 'sandbox' | 'routes' | 'basePath'> & {
  readonly health: HealthWatch;
  /** The server of the repository; undefined while there is none. */
  readonly pds: string | undefined;
  /** The directory of identities, when it is not the public one. */
  readonly plc?: string;
  readonly ways: () => HomeCity['ways'];
  readonly proxies: Proxies;
  /** Where published pictures are kept that somebody looked at. */
  readonly pictures: PictureCache;
} & Pick<WatchedBase, 'base' | 'metrics'>;

export function createCityWeb(parts: CityWebParts): Hono {
  const { base, health, metrics, pds: place, plc, ways, proxies, pictures } = parts;
  const { sandbox, routes, basePath } = parts;
  const { foundation, store, spool, observer } = base;
  const { city, did, clock } = foundation;
  const pds = isPlaceholder(did) ? undefined : place;
  const { now } = clock;
  return createWeb({
    ...(sandbox && { sandbox }),
    ...(routes && { routes }),
    ...(basePath !== undefined && { basePath }),
    health: health.answer,
    metrics: health.metrics,
    home: homeReads({ store, city, did, pds, ...(plc === undefined ? {} : { plc }), ways, now }),
    evidence: evidenceReads({
      ...{ store, did },
      readPicture: spool.get,
      published: publishedBy(pds, did, pictures),
    }),
    openData: {
      data: createOpenData(store.read.records, did),
      now,
      ended: metrics.fileRead,
    },
    takeMyData: (token) => store.transact((tx) => takeMyData(contextOf(foundation, tx), token)),
    addressOf: (c) =>
      proxies.addressOf(getConnInfo(c).remote.address, c.req.header('x-forwarded-for')),
    assets: readAssets(),
    failed: observer.failed,
  });
}

/** The published pictures of a city; none where it has no repository. */
const publishedBy = (pds: string | undefined, did: string, cache: PictureCache) =>
  pds === undefined
    ? async () => undefined
    : createPublishedPictures({
        addressOf: (cid) => xrpcUrl(pds, 'com.atproto.sync.getBlob', { did, cid }),
        cache,
      });
