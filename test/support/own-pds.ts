/**
 * A real PDS of a test's own, in a process of its own: with its rate limits on, killed and started
 * again on the same data, with sessions that it forgets, and an account that its admin takes down.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AtpAgent } from '@atproto/api';
import { bundledPds } from './shared-network.ts';

const PROGRAM = fileURLToPath(new URL('own-pds-process.ts', import.meta.url));
/** dev-env sets these. */
const ADMIN_PASSWORD = 'admin-pass';

export type OwnPdsSetting = {
  readonly plc: string;
  /** The PDS of dev-env in one file. */
  readonly program: string;
  readonly folder: string;
  readonly port: number | undefined;
  readonly rotationKey: string;
  readonly jwtSecret: string;
  readonly rateLimits: boolean;
  readonly appView: { readonly url: string; readonly did: string } | undefined;
};

export type OwnPds = {
  readonly pds: string;
  readonly plc: string;
  readonly did: string;
  readonly handle: string;
  readonly password: string;
  /** By which it changes the accounts' documents, in hex. */
  readonly rotationKey: string;
  /** Kills it at once and starts it on the same data; without `sessions` it knows none any more. */
  readonly restart: (options?: { readonly keepSessions?: boolean }) => Promise<void>;
  readonly takeDown: (isDown: boolean) => Promise<void>;
  /** Signs with another key from now on; the directory is told by whoever calls it. */
  readonly useKey: (privateKey: Uint8Array) => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function startOwnPds(options: {
  readonly plc: string;
  readonly handle: string;
  readonly rateLimits?: boolean;
  /** Whom it asks for what it does not know itself. */
  readonly appView?: { readonly url: string; readonly did: string };
}): Promise<OwnPds> {
  const { plc, handle, rateLimits = false, appView } = options;
  const program = await bundledPds();
  const folder = await mkdtemp(join(tmpdir(), 'city-sync-own-pds-'));
  await mkdir(join(folder, 'data'));
  const rotationKey = randomBytes(32).toString('hex');
  let jwtSecret = randomBytes(16).toString('hex');
  let port: number | undefined;
  let child: ChildProcess | undefined;

  const open = async (): Promise<void> => {
    const setting: OwnPdsSetting = {
      ...{ plc, program, folder, port, rotationKey, jwtSecret, rateLimits },
      appView,
    };
    const started = fork(PROGRAM, [JSON.stringify(setting)], {
      env: {
        PATH: process.env['PATH'],
        TMPDIR: folder,
        LOG_ENABLED: '0',
        NODE_COMPILE_CACHE: dirname(program),
      },
      // What it warns of is about packages of others.
      execArgv: ['--no-warnings'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child = started;
    const [news] = (await Promise.race([
      once(started, 'message'),
      once(started, 'exit').then(([code]) => Promise.reject(new Error(`The PDS ended: ${code}`))),
    ])) as [{ port: number }];
    port = news.port;
  };
  const kill = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const close = async (): Promise<void> => {
    await kill();
    await rm(folder, { recursive: true, force: true });
  };

  try {
    await open();
    const pds = `http://localhost:${port}`;
    const password = randomBytes(18).toString('base64url');
    const email = `${handle.split('.')[0]}@city-sync.test`;
    const { data } = await new AtpAgent({ service: pds }).createAccount({
      handle,
      email,
      password,
    });
    const { did } = data;
    const asAdmin = async (method: string, body: object): Promise<void> => {
      const response = await fetch(`${pds}/xrpc/com.atproto.admin.${method}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${btoa(`admin:${ADMIN_PASSWORD}`)}`,
        },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${method}: ${await response.text()}`);
    };
    return {
      pds,
      plc,
      did,
      handle,
      password,
      rotationKey,
      restart: async ({ keepSessions = true } = {}) => {
        await kill();
        if (!keepSessions) jwtSecret = randomBytes(16).toString('hex');
        await open();
      },
      useKey: async (privateKey) => {
        await kill();
        const files = await readdir(folder, { recursive: true });
        const keys = files.filter((path) => path.endsWith(join(did, 'key')));
        if (keys.length !== 1) throw new Error('The PDS keeps its keys elsewhere.');
        await writeFile(join(folder, keys[0] ?? ''), privateKey);
        await open();
      },
      takeDown: (isDown) =>
        asAdmin('updateSubjectStatus', {
          subject: { $type: 'com.atproto.admin.defs#repoRef', did },
          takedown: { applied: isDown, ref: 'test' },
        }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
