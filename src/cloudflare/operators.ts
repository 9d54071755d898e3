/** The door of an object: the tools over its own store, and the way in and out for a city that moves. */
import type { Hono } from 'hono';
import { changeOf } from '../city/change.ts';
import { openKeys } from '../city/keys.ts';
import type { Log } from '../lib/log.ts';
import type { Machine } from '../tools/tool.ts';
import { backupRoute } from '../web/operators/backup-route.ts';
import { createDoor } from '../web/operators/door.ts';
import { moveRoutes } from '../web/operators/move-routes.ts';
import { toolRoutes } from '../web/operators/tool-routes.ts';
import { createMovable, type MovableObject } from './movable.ts';
import type { WorkerSettings } from './settings.ts';

export function createOperatorsDoor(parts: {
  readonly object: Omit<MovableObject, 'secrets'>;
  readonly settings: WorkerSettings;
  readonly log: Log;
  /** Makes a backup of the running city. */
  readonly makeBackup: Parameters<typeof backupRoute>[0];
  /** The running city is to look at what was changed. */
  readonly changed: () => void;
}): Hono {
  const { object, settings, log, changed, makeBackup } = parts;
  const { environment, operatorToken: token } = settings;
  const failed = (error: Error) =>
    log.error({ err: error }, 'Something failed that operators asked for.');
  return createDoor({
    token,
    addressOf: (request) => request.headers.get('cf-connecting-ip') ?? undefined,
    routes: [
      toolRoutes({ machine: () => machineOf(object, settings), changed, failed }),
      backupRoute(makeBackup),
      moveRoutes(createMovable({ ...object, secrets: () => environment })),
    ],
    failed,
  });
}

/** Only a city that runs is changed: what is written to any other goes nowhere. */
function machineOf(
  { database, opened, standing }: Pick<MovableObject, 'database' | 'opened' | 'standing'>,
  { city, environment }: WorkerSettings,
): Machine {
  const { store, db } = opened();
  const keys = () => openKeys(store, database, environment);
  return {
    city: () => city,
    ...{ database, keys },
    transact: (work) => {
      standing.mustRun();
      return changeOf(store, { city, keys: keys() })(work);
    },
    alone: (work) => {
      standing.mustRun();
      return store.transact(work);
    },
    read: () => db,
  };
}
