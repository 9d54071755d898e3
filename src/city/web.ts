/** What a running city serves over HTTP. */
import type { Hono } from 'hono';
import { isPlaceholder } from '../lib/placeholder-did.ts';
import type { PictureCache } from '../media/picture-cache-port.ts';
import { createPublishedPictures } from '../media/published-pictures.ts';
import { createOpenData } from '../records/open-data/open-data.ts';
import { contextOf } from '../services/context.ts';
import { takeMyData } from '../services/privacy/see-my-data.ts';
import { seeProof } from '../services/proof/see-proof.ts';
import { seeSign } from '../services/tasks/sign-link.ts';
import { createWeb, type WebParts } from '../web/app.ts';
import type { DeskPort } from '../web/desk/port.ts';
import { xrpcUrl } from '../web/links.ts';
import { calendarReads } from '../web/public/calendar-reads.ts';
import { evidenceReads } from '../web/public/evidence-reads.ts';
import type { HomeCity } from '../web/public/home.ts';
import { homeReads } from '../web/public/home-reads.ts';
import type { Proxies } from '../web/reader.ts';
import type { Base } from './base.ts';
import type { HealthWatch } from './health-watch.ts';
import type { Platform } from './platform.ts';
import type { WatchedBase } from './watched-base.ts';

/** `sandbox` and `routes` are routes of the city's own kind, `basePath` is where all of them lie. */
type CityWebParts = Pick<WebParts, 'sandbox' | 'routes' | 'basePath'> & {
  readonly health: HealthWatch;
  /** The server of the repository; undefined while there is none. */
  readonly pds: string | undefined;
  /** The directory of identities, when it is not the public one. */
  readonly plc?: string;
  readonly ways: () => HomeCity['ways'];
  readonly desk: DeskPort;
  readonly proxies: Proxies;
} & Pick<Platform, 'pictures' | 'assets' | 'remoteAddressOf'> &
  Pick<WatchedBase, 'base' | 'metrics'>;

export function createCityWeb(parts: CityWebParts): Hono {
  const { base, health, metrics, pds: place, plc, ways, proxies, pictures } = parts;
  const { sandbox, routes, basePath, assets, remoteAddressOf } = parts;
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
    calendar: calendarReads({ store, city, publicUrl: foundation.publicUrl, now }),
    evidence: evidenceReads({
      ...{ store, did },
      readPicture: spool.get,
      published: publishedBy(base, pds, pictures),
    }),
    openData: {
      data: createOpenData(store.read.records, did),
      now,
      ended: metrics.fileRead,
    },
    takeMyData: (token) => store.transact((tx) => takeMyData(contextOf(foundation, tx), token)),
    seeProof: (token) => store.transact((tx) => seeProof(contextOf(foundation, tx), token)),
    seeSign: (number, token) =>
      store.transact((tx) => seeSign(contextOf(foundation, tx), number, token)),
    desk: { port: parts.desk, readPicture: spool.get },
    addressOf: (c) => proxies.addressOf(remoteAddressOf(c), c.req.header('x-forwarded-for')),
    assets,
    failed: observer.failed,
  });
}

/** The published pictures of a city; none where it has no repository. */
const publishedBy = (
  { foundation: { did }, outgoing }: Base,
  pds: string | undefined,
  cache: PictureCache,
) =>
  pds === undefined
    ? async () => undefined
    : createPublishedPictures({
        addressOf: (cid) => xrpcUrl(pds, 'com.atproto.sync.getBlob', { did, cid }),
        cache,
        ...(outgoing && { outgoing: outgoing('readers') }),
      });
