/** What a running city serves over HTTP. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Hono } from 'hono';
import type { Channel } from '../channels/channel.ts';
import { isPlaceholder } from '../lib/placeholder-did.ts';
import { createOpenData } from '../records/open-data/open-data.ts';
import type { Publisher } from '../records/publisher/publisher.ts';
import { createWeb, type WebParts } from '../web/app.ts';
import type { Assets } from '../web/assets.ts';
import { healthOf } from '../web/health.ts';
import { evidenceReads } from '../web/public/evidence-reads.ts';
import type { HomeCity } from '../web/public/home.ts';
import { homeReads } from '../web/public/home-reads.ts';
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

/** `sandbox` and `routes` are routes of the city's own kind. */
type CityWebParts = Pick<WebParts, 'sandbox' | 'routes'> & {
  readonly channels: readonly Channel[];
  readonly publisher: Publisher;
  /** The server of the repository; undefined while there is none. */
  readonly pds: string | undefined;
  /** The directory of identities, when it is not the public one. */
  readonly plc?: string;
  readonly ways: HomeCity['ways'];
} & WatchedBase;

export function createCityWeb(parts: CityWebParts): Hono {
  const { base, channels, publisher, backups, metrics, pds: place, plc, ways, ...routes } = parts;
  const { foundation, store, spool, observer } = base;
  const { city, did, clock } = foundation;
  const pds = isPlaceholder(did) ? undefined : place;
  const { now } = clock;
  return createWeb({
    ...routes,
    health: healthOf({ store, channels, publisher, backups: backups.status, now }),
    metrics: metrics.text,
    home: homeReads({ store, city, did, pds, ...(plc === undefined ? {} : { plc }), ways, now }),
    evidence: evidenceReads({ store, did, pds, readPicture: spool.get }),
    openData: {
      data: createOpenData(store.read.records, did),
      now,
      reader: (c) => getConnInfo(c).remote.address,
      ended: metrics.fileRead,
    },
    assets: readAssets(),
    failed: observer.failed,
  });
}
