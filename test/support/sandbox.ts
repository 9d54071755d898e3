// The sandbox as it is, on a free port, and phones that talk to it over its HTTP.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import Sqlite from 'better-sqlite3';
import type { City } from '../../src/domain/city.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/node/log.ts';
import type { SandboxChannel } from '../../src/sandbox/page/page-data.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { BERKELEY } from './city.ts';
import { type Phone, phoneAt, withAnswers } from './phone.ts';

export type { Phone } from './phone.ts';

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

  const phone = (channel: SandboxChannel, person: string): Phone =>
    withAnswers(phoneAt(url, channel, person), sandbox.idle);

  const get = async <T>(path: string): Promise<T> => (await fetch(`${url}${path}`)).json() as T;
  return {
    url,
    phone,
    idle: sandbox.idle,
    stop: sandbox.stop,
    network: () => get<{ pds: string; plc: string; did: string }>('/sandbox/network'),
    /** The city's time (ms). */
    now: async (): Promise<number> =>
      Date.parse((await get<{ now: string }>('/sandbox/clock')).now),
    /** Moves the city's time on; the time (ms) that it is then. */
    advance: async (advanceMinutes: number): Promise<number> => {
      const response = await fetch(`${url}/sandbox/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advanceMinutes }),
      });
      if (!response.ok) throw new Error(await response.text());
      return Date.parse(((await response.json()) as { now: string }).now);
    },
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
