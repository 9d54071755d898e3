/**
 * Has coming back practised by a process of its own, at the lowest priority: the city goes on meanwhile.
 * What came of it is kept for health.
 */
import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Environment } from '../config/config.ts';
import { keepDrill, readDrill } from '../records/drill.ts';
import type { Store } from '../store/store.ts';

const PROGRAM = fileURLToPath(new URL('../cli/drill.ts', import.meta.url));

type Parts = {
  readonly store: Store;
  readonly log: Pick<Logger, 'warn'>;
  readonly environment: Pick<
    Environment,
    'databasePath' | 'backupFolder' | 'secretKey' | 'network'
  >;
};

/** `begin` starts a drill unless one is under way; `end` ends it early, and nothing is kept of it. */
export function createDrills({ store, log, environment }: Parts) {
  let underWay: ReturnType<typeof fork> | undefined;
  const run = async (): Promise<void> => {
    const child = fork(PROGRAM, ['--json'], {
      env: environmentOf(environment),
      execArgv: [],
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
    underWay = child;
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    const ended = new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.once('error', () => resolve());
    });
    const said = child.stdout === null ? '' : await text(child.stdout);
    await ended;
    const isEnded = underWay === undefined;
    underWay = undefined;
    if (isEnded) return;
    const outcome = readDrill(said);
    if (outcome === undefined) log.warn('The drill of coming back could not be made.');
    else await store.commit((tx) => keepDrill(tx.cursors, outcome));
  };
  return {
    begin: (): void => {
      if (underWay === undefined) void run();
    },
    end: (): void => {
      const child = underWay;
      underWay = undefined;
      child?.kill();
    },
  };
}

/** What the drill needs of the settings, and no more of them. */
const environmentOf = ({
  databasePath,
  backupFolder,
  secretKey,
  network,
}: Parts['environment']) => ({
  PATH: process.env['PATH'] ?? '',
  DATABASE_PATH: databasePath,
  ...(backupFolder === undefined ? {} : { BACKUP_FOLDER: backupFolder }),
  SECRET_KEY: Buffer.from(secretKey ?? new Uint8Array()).toString('base64'),
  PLC_URL: network.plcUrl,
  BLUESKY_SERVICE: network.blueskyService,
});
