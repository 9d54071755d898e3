// A city in local workerd, as `wrangler.toml` deploys it, with a small server of Twilio's beside it. It can
// be killed, and started anew over what it had stored.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { MESSAGE_PATH } from '../../src/channels/sms/ingress.ts';
import { freePort } from './running-city.ts';
import {
  ACCOUNT,
  AUTH_TOKEN,
  CITY_NUMBER,
  type Form,
  signed,
  startTwilio,
  type TwilioServer,
} from './twilio-server.ts';

export const WORKER_KEY = new Uint8Array(32).fill(5);
const PUBLIC_URL = 'https://city.example';
const READY = /Ready on (http:\S+)/;

type Started = {
  readonly child: ChildProcess;
  readonly url: string;
  /** Where debuggers ask it. */
  readonly inspector: string;
  /** All that it has written so far. */
  readonly said: () => string;
};

/** Starts workerd over what is stored in `folder`; rejects with what it said when it does not. */
async function start(folder: string, variables: Form, program: string[] = []): Promise<Started> {
  const [port, inspector] = [await freePort(), await freePort()].map(String);
  const child = spawn(
    'node_modules/.bin/wrangler',
    [
      ...['dev', ...program, '--local', '--ip', '127.0.0.1', '--port', `${port}`],
      ...['--inspector-port', `${inspector}`, '--persist-to', folder, '--test-scheduled'],
      ...Object.entries(variables).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its group is killed as one: workerd is a process of its own.
      detached: true,
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' },
    },
  );
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (text: unknown): void => {
      said += String(text);
      const [, found] = READY.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', () => reject(new Error(said)));
  });
  return { child, url, inspector: `http://127.0.0.1:${inspector}`, said: () => said };
}

/** A worker with these variables and no others; `stop` ends it. */
export async function startWorker(variables: Form) {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-worker-'));
  const { child, url } = await start(folder, variables);
  return {
    url,
    /** The keys of everything in its buckets. */
    kept: (): readonly string[] => keptIn(folder),
    stop: async (): Promise<void> => {
      await kill(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What local R2 has noted of each thing that it keeps. */
function keptIn(folder: string): readonly string[] {
  return globSync(join(folder, 'v3/r2/*/*.sqlite')).flatMap((path) => {
    const database = new Sqlite(path, { readonly: true });
    try {
      return database.prepare('select key from _mf_objects').pluck().all() as string[];
    } catch {
      // Another kind of object of the local runtime.
      return [];
    } finally {
      database.close();
    }
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  await closed;
}

/** What a city has to know to be reached by texts through this server. */
export const textingThrough = (twilio: Pick<TwilioServer, 'url'>): Form => ({
  PUBLIC_URL,
  SECRET_KEY: Buffer.from(WORKER_KEY).toString('base64'),
  TWILIO_ACCOUNT_SID: ACCOUNT,
  TWILIO_AUTH_TOKEN: AUTH_TOKEN,
  TWILIO_FROM: CITY_NUMBER,
  TWILIO_API_BASE_URL: twilio.url,
  TWILIO_MESSAGES_PER_SECOND: '50',
});

export const textsFrom = (twilio: TwilioServer) => (to: string) =>
  twilio.sentTo(to).map(({ body }) => body);

/** Makes what Twilio does with a new text, wherever the city is; it answers the status. */
export const textTo =
  (twilio: TwilioServer, cityUrl: () => string) =>
  async (from: string, body: string, pictures: readonly Uint8Array[] = []): Promise<number> => {
    const at = `${cityUrl()}${MESSAGE_PATH}`;
    const media = pictures.map((bytes) => ({ bytes, type: 'image/jpeg' }));
    const form = twilio.receive(from, body, media);
    return (await fetch(signed(`${PUBLIC_URL}${MESSAGE_PATH}`, form, { at }))).status;
  };

/**
 * `more` are further variables of the worker; an empty one is as none. `ofOthers` is a Twilio that is
 * there already, and stays. `program` is the worker's, that of `wrangler.toml` where it is left out.
 */
export async function openWorkerCity(
  more: Form = {},
  { twilio: ofOthers, program = [] }: { twilio?: TwilioServer; program?: string[] } = {},
) {
  const twilio = ofOthers ?? (await startTwilio({ hasOneOrigin: true }));
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-worker-'));
  const variables = { ...textingThrough(twilio), ...more };
  let running = await start(folder, variables, program);
  const get = (path: string) => fetch(`${running.url}${path}`);
  const health = async () => (await (await get('/healthz')).json()) as Record<string, unknown>;
  return {
    ...{ twilio, get, folder },
    pid: () => running.child.pid ?? 0,
    inspector: () => running.inspector,
    said: () => running.said(),
    /** Where its operators find it. */
    url: () => running.url,
    kill: () => kill(running.child),
    /** Starts it over what it has stored; `others` are variables that are set from now on. */
    restart: async (others: Form = {}): Promise<void> => {
      Object.assign(variables, others);
      running = await start(folder, variables, program);
    },
    textsTo: textsFrom(twilio),
    /** What Twilio does with a new text; answers the status. */
    text: textTo(twilio, () => running.url),
    /** The files of the backups that it has in its bucket. */
    backups: (): readonly string[] =>
      globSync(join(folder, 'v3/r2/city-sync-backups/blobs/*')).filter((path) =>
        readFileSync(path, 'latin1').startsWith('city-sync backup'),
      ),
    health,
    /** How many records wait to be published. */
    backlog: async () => ((await health())['records'] as { readonly backlog: number }).backlog,
    /** Posts JSON to a path of it; answers the status. */
    post: async (path: string, body: object, headers: Form): Promise<number> => {
      const answer = await fetch(`${running.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      return answer.status;
    },
    /** What the cron does every five minutes. */
    cron: async () => (await get('/__scheduled?cron=*+*+*+*+*')).status,
    close: async (): Promise<void> => {
      await kill(running.child);
      if (ofOthers === undefined) await twilio.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type WorkerCity = Awaited<ReturnType<typeof openWorkerCity>>;
