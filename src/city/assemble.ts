/**
 * What every running city is made of, in the sandbox as in earnest: the core over its store and
 * spool, its jobs, its publisher, its backups, and what is served over HTTP.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import { commands } from '../../commands/index.ts';
import { createBackups } from '../backup/backups.ts';
import type { Channel, ChannelDesk } from '../channels/channel.ts';
import type { ChannelName } from '../conversation/message.ts';
import type { City } from '../domain/city.ts';
import { backupJob } from '../jobs/backup.ts';
import { broadcastJob } from '../jobs/broadcast.ts';
import { emptyLogJob } from '../jobs/empty-log.ts';
import { expireCodesJob } from '../jobs/expire-codes.ts';
import { forgetGuessesJob } from '../jobs/forget-guesses.ts';
import { forgetPicturesJob } from '../jobs/forget-pictures.ts';
import { forgetSessionsJob } from '../jobs/forget-sessions.ts';
import { openEpochJob } from '../jobs/open-epoch.ts';
import { recordWorkJob } from '../jobs/record-work.ts';
import { refreshAnnouncementsJob } from '../jobs/refresh-announcements.ts';
import type { Clock } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import { isPlaceholder } from '../lib/placeholder-did.ts';
import type { Random } from '../lib/random.ts';
import type { Observe } from '../lib/steps.ts';
import { createPictureCheck } from '../media/check-picture.ts';
import type { Spool } from '../media/spool.ts';
import { createOpenData } from '../records/open-data/open-data.ts';
import type { Publisher } from '../records/publisher/publisher.ts';
import type { OpenStore } from '../store/open-node.ts';
import { createWeb } from '../web/app.ts';
import type { Assets } from '../web/assets.ts';
import { healthOf } from '../web/health.ts';
import { evidenceReads } from '../web/public/evidence-reads.ts';
import type { HomeCity } from '../web/public/home.ts';
import { homeReads } from '../web/public/home-reads.ts';
import { createChannelDesk } from './channel-desk.ts';
import { type Core, createCore } from './core.ts';
import { createMetrics } from './metrics.ts';

/** What is published needs these; a city without an account has other ways to be built upon. */
type PublishingParts = {
  readonly readPicture: (spoolKey: string) => Promise<Uint8Array | undefined>;
  readonly removePicture: (spoolKey: string) => Promise<void>;
  readonly observe: Observe;
  readonly failed: (error: unknown) => void;
};

export type CityParts = {
  readonly city: City;
  readonly opened: OpenStore;
  readonly databasePath: string;
  readonly spool: Spool;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** The DID of the city's repository, or the placeholder while it has none. */
  readonly did: string;
  /** The server of the repository; undefined while there is none. */
  readonly pds: string | undefined;
  /** The directory of identities, when it is not the public one. */
  readonly plc?: string;
  readonly ways: HomeCity['ways'];
  readonly backups: { readonly folder: string | undefined; readonly kept: number };
  readonly publishing: (parts: PublishingParts) => Publisher;
  readonly channels: (desk: (name: ChannelName) => ChannelDesk) => readonly Channel[];
  /** Hears of every step, besides the metrics. */
  readonly observe?: Observe;
  /** Gets the bytes of every picture that was found clean. */
  readonly cleaned?: (bytes: Uint8Array, spoolKey: string) => void;
};

export type Assembly = {
  readonly core: Core;
  readonly publisher: Publisher;
  readonly failed: (error: unknown) => void;
  /** What is served over HTTP, with routes of the city's own kind. */
  readonly web: (extra: { readonly sandbox?: Hono; readonly routes?: readonly Hono[] }) => Hono;
};

const ASSET_FOLDERS = ['../web/client', '../sandbox/page'] as const;
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

/** Puts a city together. Nothing of it runs until its parts are started: core, channels, publisher. */
export function assembleCity(parts: CityParts): Assembly {
  const { city, spool, keys, clock, random, did, log } = parts;
  const { store, emptyLog } = parts.opened;
  const failed = (error: unknown) => log.error({ err: error }, 'Something failed.');
  const backups = createBackups({
    databasePath: parts.databasePath,
    folder: parts.backups.folder,
    kept: parts.backups.kept,
    did,
    keys,
    clock,
    random,
  });
  const metrics = createMetrics(
    store.read,
    clock.now,
    () => process.memoryUsage.rss(),
    () => backups.status().last,
  );
  const observe: Observe = (step, detail) => {
    metrics.observe(step, detail);
    parts.observe?.(step, detail);
  };
  const readPicture = async (key: string) => (await spool.get(key)) ?? undefined;
  const publisher = parts.publishing({ readPicture, removePicture: spool.remove, observe, failed });
  // A channel is made before the core that sends on it, and hears of the core through its desk.
  const channels = parts.channels((name) =>
    createChannelDesk({ name, store, keys, core: () => core, readPicture: spool.get, failed }),
  );
  const check = createPictureCheck(spool);
  const core: Core = createCore({
    store,
    city,
    did,
    keys,
    clock,
    random,
    commands,
    channels,
    checkPicture: async (key) => {
      const checked = await check(key);
      const bytes =
        checked.ok && parts.cleaned !== undefined ? await spool.get(checked.value.spoolKey) : null;
      if (checked.ok && bytes !== null) parts.cleaned?.(bytes, checked.value.spoolKey);
      return checked;
    },
    keepPicture: spool.put,
    pictureKeys: spool.keys,
    removePicture: spool.remove,
    jobs: (mailer, names) => [
      expireCodesJob(mailer),
      broadcastJob(mailer, names),
      backupJob(backups),
      emptyLogJob(emptyLog),
      openEpochJob,
      recordWorkJob,
      forgetGuessesJob,
      forgetSessionsJob,
      forgetPicturesJob(spool.remove),
      refreshAnnouncementsJob(mailer),
    ],
    observe,
    failed,
    staged: publisher.wake,
  });
  const place = isPlaceholder(did) ? undefined : parts.pds;
  return {
    core,
    publisher,
    failed,
    web: (extra) =>
      createWeb({
        health: healthOf({ store, channels, publisher, backups: backups.status, now: clock.now }),
        metrics: metrics.text,
        home: homeReads({
          store,
          city,
          did,
          pds: place,
          ...(parts.plc === undefined ? {} : { plc: parts.plc }),
          ways: parts.ways,
          now: clock.now,
        }),
        evidence: evidenceReads({ store, did, pds: place, readPicture: spool.get }),
        openData: {
          data: createOpenData(store.read.records, did),
          now: clock.now,
          reader: (c) => getConnInfo(c).remote.address,
          ended: metrics.fileRead,
        },
        assets: readAssets(),
        ...extra,
        failed,
      }),
  };
}
