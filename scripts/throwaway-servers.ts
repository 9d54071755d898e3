// PostgreSQL and Redis from Debian's packages, on loopback, in a folder that goes with them.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { access, chown, glob, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const LOOPBACK = '127.0.0.1';
const DATABASE_USER = 'city';
const START_MS_MAX = 30_000;
const BETWEEN_LOOKS_MS = 50;

const execute = promisify(execFile);

export type Server = {
  /** Where it is: for PostgreSQL a URL, for Redis host and port. */
  readonly address: string;
  readonly stop: () => Promise<void>;
};

/** What is not installed, in a sentence for people. */
export class MissingProgram extends Error {
  override readonly name = 'MissingProgram';
}

/** PostgreSQL keeps to no user with all rights: as root it runs as the one that Debian made for it. */
const isRoot = process.getuid?.() === 0;
const asPostgres = isRoot ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];
/** Nothing stays behind, however this process ends. */
const endWithParent = ['--pdeathsig', 'INT'];

export async function startPostgres(): Promise<Server> {
  const programs = await newestPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'city-sync-postgres-'));
  const gone = () => rm(folder, { recursive: true, force: true });
  try {
    if (isRoot) await giveTo('postgres', folder);
    const data = join(folder, 'data');
    const port = await freePort();
    await execute(
      'setpriv',
      [
        ...asPostgres,
        ...[join(programs, 'initdb'), '-D', data, '--auth=trust', `--username=${DATABASE_USER}`],
        ...['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
      ],
      { cwd: folder },
    );
    const child = spawn(
      'setpriv',
      [
        ...[...asPostgres, ...endWithParent],
        ...[join(programs, 'postgres'), '-D', data, '-h', LOOPBACK, '-p', String(port)],
        // Its sockets stay in its folder; nobody needs what it holds after a crash.
        ...['-k', folder, '-c', 'fsync=off', '-c', 'max_connections=200'],
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] },
    );
    await listening(child, port, 'PostgreSQL');
    return {
      address: `postgresql://${DATABASE_USER}@${LOOPBACK}:${port}/postgres`,
      stop: async () => {
        await end(child);
        await gone();
      },
    };
  } catch (error) {
    await gone();
    throw error;
  }
}

export async function startRedis(): Promise<Server> {
  const program = await findProgram('redis-server');
  if (program === undefined) {
    throw new MissingProgram('redis-server is missing: apt-get install redis-server.');
  }
  const folder = await mkdtemp(join(tmpdir(), 'city-sync-redis-'));
  const gone = () => rm(folder, { recursive: true, force: true });
  try {
    const port = await freePort();
    const child = spawn(
      'setpriv',
      [
        ...endWithParent,
        ...[program, '--bind', LOOPBACK, '--port', String(port), '--dir', folder, '--save', ''],
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] },
    );
    await listening(child, port, 'Redis');
    return {
      address: `${LOOPBACK}:${port}`,
      stop: async () => {
        await end(child);
        await gone();
      },
    };
  } catch (error) {
    await gone();
    throw error;
  }
}

/** The folder with the programs of the newest version that Debian has installed. */
async function newestPostgres(): Promise<string> {
  const found: string[] = [];
  for await (const path of glob('/usr/lib/postgresql/*/bin/initdb')) found.push(path);
  const versionOf = (path: string): number => Number(path.split('/').at(-3));
  const newest = found.toSorted((one, other) => versionOf(one) - versionOf(other)).at(-1);
  if (newest === undefined) {
    throw new MissingProgram(
      'PostgreSQL is missing: apt-get install postgresql, or give a server of yours in DB_POSTGRES_URL.',
    );
  }
  return join(newest, '..');
}

async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}

async function giveTo(user: string, folder: string): Promise<void> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await execute('id', [flag, user])).stdout)),
  );
  await chown(folder, uid ?? 0, gid ?? 0);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until it takes connections. */
async function listening(child: ChildProcess, port: number, name: string): Promise<void> {
  const ends = Date.now() + START_MS_MAX;
  while (child.exitCode === null && child.signalCode === null && Date.now() < ends) {
    if (await takesConnections(port)) return;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
  }
  await end(child);
  throw new Error(`${name} did not start.`);
}

async function takesConnections(port: number): Promise<boolean> {
  const socket = connect(port, LOOPBACK);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** At once, and without waiting for connections: SIGINT is that for both. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
}
