// A real city in a process of its own whose disk is full, broken or taken, whose database is damaged,
// or in which something fails that nobody was prepared for.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MESSAGE_PATH } from '../../src/channels/sms/ingress.ts';
import { freePort, type RunningProcess, runCity } from '../support/running-city.ts';
import {
  ACCOUNT,
  AUTH_TOKEN,
  CITY_NUMBER,
  signed,
  startTwilio,
  type TwilioServer,
} from '../support/twilio-server.ts';

const ANA = '+15105550141';
const POLL = { interval: 100 } as const;

let twilio: TwilioServer;
let folder: string;
let environment: Readonly<Record<string, string>>;
let city: RunningProcess | undefined;
beforeEach(async () => {
  twilio = await startTwilio();
  folder = mkdtempSync(join(tmpdir(), 'city-sync-storage-'));
  const port = await freePort();
  environment = {
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_PATH: join(folder, 'city.db'),
    SECRET_KEY: Buffer.alloc(32, 5).toString('base64'),
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_FROM: CITY_NUMBER,
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_MESSAGES_PER_SECOND: '50',
  };
});
afterEach(async () => {
  await city?.stop('SIGKILL').catch(() => undefined);
  city = undefined;
  await twilio.close();
  rmSync(folder, { recursive: true, force: true });
});

const path = () => environment['DATABASE_PATH'] ?? '';
const textsTo = (to: string) => twilio.sentTo(to).map(({ body }) => body);
/** What Twilio does with a new text; answers the status, and does it again with `again`. */
function text(body: string) {
  const request = twilio.receive(ANA, body);
  const post = async () =>
    (await fetch(signed(`${environment['PUBLIC_URL']}${MESSAGE_PATH}`, request))).status;
  return { first: post(), again: post };
}
async function start(): Promise<RunningProcess> {
  city = await runCity(environment);
  return city;
}
async function healthOf({ url }: RunningProcess) {
  const response = await fetch(`${url}/healthz`);
  const { ok, problem } = (await response.json()) as { ok: boolean; problem: string | null };
  return { status: response.status, ok, problem };
}
const countIn = (output: string, line: string) => output.split(line).length - 1;

/** Lets the city meet trouble with storage, and proves that nothing is lost and nothing done twice. */
async function goThrough(
  running: RunningProcess,
  trouble: { readonly begin: () => void; readonly end: () => void; readonly says: RegExp },
): Promise<void> {
  expect(await text('HI').first).toBe(200);
  await expect.poll(() => textsTo(ANA).length, POLL).toBe(1);
  trouble.begin();
  const lost = text('OK');
  expect(await lost.first).toBe(500);
  await expect
    .poll(() => healthOf(running), POLL)
    .toMatchObject({ status: 503, ok: false, problem: expect.stringMatching(trouble.says) });
  expect(await lost.again()).toBe(500);
  expect(textsTo(ANA)).toHaveLength(1);
  trouble.end();
  await expect.poll(() => healthOf(running), POLL).toMatchObject({ status: 200, problem: null });
  expect(await lost.again()).toBe(200);
  await expect.poll(() => textsTo(ANA).length, POLL).toBe(3);
  expect(await lost.again()).toBe(200);
  expect(await text('BALANCE').first).toBe(200);
  await expect.poll(() => textsTo(ANA).at(-1), POLL).toMatch(/0 CITY/);
  expect(textsTo(ANA).filter((body) => /you're in/.test(body))).toHaveLength(1);
  expect(textsTo(ANA)).toHaveLength(4);
  // However often it was met, it is told once that it began and once that it ended.
  expect(countIn(running.output(), 'The database or its disk refuses to work')).toBe(1);
  expect(running.output()).not.toMatch(/5105550141|Twilio did not answer/);
  expect(await running.stop()).toBe(0);
}

/** A small disk of its own, where this machine allows that. */
function mountDisk(at: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'none', at], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

it('with a full disk acknowledges nothing, says so, and goes on once there is room', async ({
  skip,
}) => {
  if (!mountDisk(folder)) skip('A disk of its own cannot be mounted here.');
  try {
    const running = await start();
    const ballast = join(folder, 'ballast');
    await goThrough(running, {
      begin: () => {
        const file = openSync(ballast, 'w');
        const chunk = Buffer.alloc(4096);
        try {
          for (;;) writeSync(file, chunk);
        } catch {
          closeSync(file);
        }
      },
      end: () => rmSync(ballast),
      says: /The disk is full.*make room.*SQLITE_FULL/,
    });
  } finally {
    await city?.stop('SIGKILL').catch(() => undefined);
    execFileSync('umount', [folder]);
  }
});

it('goes on after a disk that did not write what it was told', async ({ skip }) => {
  const running = await start();
  /** The system lets the process write files up to so large only. */
  const limit = (bytes: string) =>
    execFileSync('prlimit', ['--pid', String(running.pid), `--fsize=${bytes}:unlimited`]);
  try {
    limit('unlimited');
  } catch {
    skip('The limits of a process cannot be changed here.');
  }
  await goThrough(running, {
    begin: () => limit('4096'),
    end: () => limit('unlimited'),
    says: /The disk does not read or write what it is told.*SQLITE_IOERR_WRITE/,
  });
});

it('waits for another program that holds the database, and says so', async () => {
  const running = await start();
  const other = new Sqlite(path());
  await goThrough(running, {
    begin: () => other.exec('begin exclusive'),
    end: () => {
      other.exec('rollback');
      other.close();
    },
    says: /Another program holds the database.*SQLITE_BUSY/,
  });
});

/** Turns bits of the first page of a table over. */
function flip(table: string): void {
  const client = new Sqlite(path());
  client.pragma('wal_checkpoint(TRUNCATE)');
  const { rootpage } = client
    .prepare('select rootpage from sqlite_master where name = ?')
    .get(table) as { rootpage: number };
  const pageSize = Number(client.pragma('page_size', { simple: true }));
  const file = openSync(path(), 'r+');
  writeSync(file, Buffer.from([0xff]), 0, 1, (rootpage - 1) * pageSize);
  closeSync(file);
  // Somebody else wrote, so nobody may go by what they have in memory.
  client.exec(`update cursors set value = value where name = 'city-did'`);
  client.close();
}

it('with a flipped byte says that the database is damaged, and does not start with it', async () => {
  const running = await start();
  expect(await text('HI').first).toBe(200);
  await expect.poll(() => textsTo(ANA).length, POLL).toBe(1);
  flip('inbox');
  expect(await text('OK').first).toBe(500);
  await expect
    .poll(() => healthOf(running), POLL)
    .toMatchObject({
      status: 503,
      problem: expect.stringMatching(/^The database is damaged .*docs\/operations\.md/),
    });
  expect(countIn(running.output(), '"msg":"The database is damaged."')).toBe(1);
  await running.stop('SIGKILL');
  await expect(runCity(environment)).rejects.toThrow(
    /city\.db is damaged \(.*\): keep a copy of it, and bring the database back as docs/,
  );
  writeFileSync(path(), 'This is no database at all, but a text of some length.'.repeat(99));
  for (const end of ['-wal', '-shm']) rmSync(`${path()}${end}`, { force: true });
  await expect(runCity(environment)).rejects.toThrow(/is damaged \(file is not a database\)/);
});

it('ends when something fails that nobody waits for, and its log has nobody in it', async () => {
  const when = join(folder, 'now');
  environment = {
    ...environment,
    REJECT_WHEN: when,
    NODE_OPTIONS: `--import=${join(process.cwd(), 'test/support/rejecting.ts')}`,
  };
  const running = await start();
  expect(await text('HI').first).toBe(200);
  writeFileSync(when, '');
  expect(await running.ended).toBe(1);
  expect(running.output()).toContain('Something failed that nobody was prepared for');
  expect(running.output()).toContain('Cannot text […] the code […].');
  expect(running.output()).not.toMatch(/510 555 0141|ABCD-2345/);
  // It ended in order: the next start finds everything.
  environment = { ...environment, NODE_OPTIONS: '' };
  await start();
  await expect.poll(() => textsTo(ANA).length, POLL).toBe(1);
});
