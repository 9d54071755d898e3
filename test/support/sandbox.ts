// The sandbox as it is, on a free port, and phones that talk to it over its HTTP.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import Sqlite from 'better-sqlite3';
import type { City } from '../../src/domain/city.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/node/log.ts';
import type { SandboxChannel, SandboxMessage } from '../../src/sandbox/page/page-data.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { BERKELEY } from './city.ts';

type Extra = {
  readonly media?: readonly { readonly mediaType: string; readonly bytes: Uint8Array }[];
  readonly replyTo?: string;
};

export type Phone = {
  /** Sends a message; the answers that came, once nothing is left to do. */
  readonly say: (text: string, extra?: Extra) => Promise<readonly SandboxMessage[]>;
  /** As `say`, the texts of the answers as one. */
  readonly ask: (text: string, extra?: Extra) => Promise<string>;
  /** Sends a message and does not wait. */
  readonly post: (text: string, extra?: Extra) => Promise<Response>;
  /** Everything on the phone, or what came after a message. */
  readonly messages: (after?: string) => Promise<readonly SandboxMessage[]>;
};

export async function openSandbox(options: { readonly city?: City; readonly clock?: Clock } = {}) {
  let logged = '';
  const sandbox = await startSandbox({
    city: options.city ?? BERKELEY,
    port: 0,
    budget: { pointsPerHour: 0, pointsPerDay: 0 },
    log: createLog(
      'trace',
      new Writable({
        write: (chunk, _encoding, done) => {
          logged += String(chunk);
          done();
        },
      }),
    ),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  const { url } = sandbox;

  const phone = (channel: SandboxChannel, person: string): Phone => {
    const post: Phone['post'] = (text, { media = [], replyTo } = {}) =>
      fetch(`${url}/sandbox/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          channel,
          from: person,
          text,
          media: media.map(({ mediaType, bytes }) => ({
            mediaType,
            base64: Buffer.from(bytes).toString('base64'),
          })),
          ...(replyTo === undefined ? {} : { replyTo }),
        }),
      });
    const messages: Phone['messages'] = async (after) => {
      const query = new URLSearchParams({ channel, person });
      if (after !== undefined) query.set('after', after);
      const response = await fetch(`${url}/sandbox/messages?${query}`);
      return (await response.json()) as SandboxMessage[];
    };
    const say: Phone['say'] = async (text, extra) => {
      const response = await post(text, extra);
      if (response.status !== 202) throw new Error(await response.text());
      const { id } = (await response.json()) as { id: string };
      await sandbox.idle();
      return (await messages(id)).filter(({ direction }) => direction === 'out');
    };
    return {
      post,
      messages,
      say,
      ask: async (text, extra) =>
        (await say(text, extra)).map((message) => message.text).join('\n---\n'),
    };
  };

  const get = async <T>(path: string): Promise<T> => (await fetch(`${url}${path}`)).json() as T;
  return {
    url,
    phone,
    idle: sandbox.idle,
    stop: sandbox.stop,
    network: () => get<{ pds: string; plc: string; did: string }>('/sandbox/network'),
    /** What the sandbox tells of its public record, newest first. */
    records: () => get<readonly { seq: number; uri: string; state: string }[]>('/sandbox/records'),
    text: async (path: string): Promise<string> => (await fetch(`${url}${path}`)).text(),
    logged: () => logged,
    /** The keys of the pictures that wait on the disk. */
    spooled: (): readonly string[] => readdirSync(join(sandbox.folder, 'pictures')),
    /** The database's file as it is on the disk, with everything that was written brought into it. */
    database: (): Buffer => {
      const path = join(sandbox.folder, 'city.db');
      const database = new Sqlite(path);
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
      return readFileSync(path);
    },
  };
}

export type TestSandbox = Awaited<ReturnType<typeof openSandbox>>;
