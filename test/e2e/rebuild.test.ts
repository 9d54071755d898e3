// The disk is gone: the database is made anew from the PDS, by the tool as people run it, and the
// city goes on in the same repository.
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAudit } from '../../src/cli/run-audit.ts';
import { runBackup } from '../../src/cli/run-backup.ts';
import { runRebuild } from '../../src/cli/run-rebuild.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import type { NetworkFacts } from '../../src/sandbox/network.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { expireCodes } from '../../src/services/credits/expire-codes.ts';
import { inviteFirstAdmin } from '../../src/services/partners/invite-first-admin.ts';
import { privateTables, publicTables } from '../support/city-tables.ts';
import { clockOf } from '../support/clock.ts';
import {
  type DeployedCity,
  type Deployment,
  databaseIn,
  openDeployedCity,
} from '../support/deployed-city.ts';
import { startLyingPds } from '../support/lying-pds.ts';
import { prove } from '../support/prove.ts';
import { type CliRun, runCli } from '../support/run-cli.ts';
import { runTool } from '../support/run-tool.ts';
import { joinSharedNetwork } from '../support/shared-network.ts';

const { admin: ADMIN, organizer: ORGANIZER, redeemer: REDEEMER } = SEEDED;
const [ANA, BEN, EVA, MIA, LEO, ZOE] = [1, 2, 3, 4, 5, 6].map((at) => `+1510555020${at}`) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;
const photo = (): Uint8Array =>
  new Uint8Array(readFileSync(new URL('../../src/sandbox/page/client/photo.jpg', import.meta.url)));

let network: NetworkFacts;
let root: string;
// The time that passes in here must not come out after the commits, whose time is the PDS's own.
let time = Date.now() - 60 * MINUTE_MS;
const clock = clockOf(() => time);
beforeAll(async () => {
  network = await joinSharedNetwork();
  root = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
});
afterAll(async () => {
  rmSync(root, { recursive: true, force: true });
});

const tables = (path: string) => {
  const client = new Sqlite(path, { readonly: true });
  try {
    const db = drizzle(client);
    return { public: publicTables(db), private: privateTables(db) };
  } finally {
    client.close();
  }
};

const TOOLS = { rebuild: runRebuild, backup: runBackup, audit: runAudit };

const tool = (
  name: keyof typeof TOOLS,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliRun> => runTool(TOOLS[name], args, { PLC_URL: network.plc, ...env }, root);

/** As people run it. */
const program = (
  name: keyof typeof TOOLS,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CliRun> => runCli(name, args, { PLC_URL: network.plc, TMPDIR: root, ...env });

/** A city of its own with a past: of everything that can be under way, something is. */
async function liveABit(city: DeployedCity): Promise<{ readonly code: string }> {
  const codeOf = (text: string): string => text.match(CODE)?.[0] ?? '';
  for (const number of [ANA, BEN, EVA, MIA]) {
    await city.ask(number, 'HI');
    await city.ask(number, 'OK');
  }
  await city.ask(LEO, 'HI');
  // Two places: Ana and Ben have them, Eva stands by and gets Ben's, Mia stands by.
  for (const number of [ANA, BEN, EVA]) await city.ask(number, 'JOIN 3');
  await city.ask(BEN, 'DROP 3');
  await city.ask(MIA, 'JOIN 3');
  await city.ask(ANA, 'DONE 3 groceries brought', [photo()]);
  await city.ask(ANA, 'OK');
  await city.ask(EVA, 'DONE 3 me too');
  await city.ask(EVA, 'OK');
  await city.ask(ORGANIZER, 'APPROVE 1 thank you');
  await city.ask(ORGANIZER, 'REJECT 2 nobody saw you');
  await city.ask(MIA, 'JOIN 1');
  await city.ask(MIA, 'DONE 1 three bags');
  await city.ask(MIA, 'OK');
  await city.ask(ORGANIZER, 'APPROVE 3');
  await city.ask(BEN, 'JOIN 1');
  await city.ask(BEN, 'DONE 1 two bags', [photo()]);
  await city.ask(BEN, 'OK');
  await city.ask(EVA, 'JOIN 2');
  await city.ask(ORGANIZER, 'CLOSE 2');
  // Honored, given back, expired.
  await city.ask(REDEEMER, `CONFIRM ${codeOf(await city.ask(ANA, 'REDEEM 1'))}`);
  await city.ask(ANA, `RELEASE ${codeOf(await city.ask(ANA, 'REDEEM 2'))}`);
  await city.ask(MIA, 'REDEEM 3');
  time += 20 * MINUTE_MS;
  city.run((context) => expireCodes(context, 10));
  await city.ask(REDEEMER, 'CONFIRM 0000-0000');
  await prove((text) => city.ask(ADMIN, text), 'INVITE redeemer The Other Café');
  await city.ask(MIA, 'STOP');
  const announcement = { channel: 'telegram', externalId: '77', taskId: 1, shown: 'open 3' };
  city.run(({ tx }) => tx.announcements.add(announcement));
  // And one is live.
  const code = codeOf(await city.ask(ANA, 'REDEEM 2'));
  expect(code).toMatch(CODE);
  return { code };
}

test('with a backup the city goes on as if nothing had been; without one, with what is public', async () => {
  const deployment: Deployment = {
    folder: mkdtempSync(join(root, 'city-')),
    secretKey: randomBytes(32),
    network,
    clock,
  };
  const { folder } = deployment;
  const { did } = network;
  const path = databaseIn(deployment);
  const env = {
    SECRET_KEY: Buffer.from(deployment.secretKey).toString('base64'),
    DATABASE_PATH: path,
  };
  let city = await openDeployedCity(deployment, { isNew: true });
  const { code } = await liveABit(city);

  // A backup while it runs; then life goes on.
  const made = await program('backup', [], env);
  expect(made).toMatchObject({ code: 0, err: '' });
  const backup = made.out.split('\n')[0] ?? '';
  const atBackup = tables(path).private;
  await city.ask(BEN, 'STOP');
  await city.ask(ZOE, 'HI');
  await city.ask(ZOE, 'OK');
  await city.ask(ZOE, 'JOIN 1');
  await city.ask(
    ORGANIZER,
    'ANNOUNCE Paint the pier; 12; tomorrow 9am-11am; Live Oak community center; 3',
  );
  await city.ask(ORGANIZER, 'OK');
  await city.stop();
  const before = tables(path).public;
  expect(before.tasks).toHaveLength(4);
  expect(await tool('audit', [did])).toMatchObject({ code: 0 });

  // The tool does not touch a database that is there.
  const refused = await tool('rebuild', [did], env);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain('There is something at');
  expect(tables(path).public).toEqual(before);

  // The disk is gone.
  const saved = join(root, 'saved.backup');
  cpSync(backup, saved);
  rmSync(folder, { recursive: true });
  const rebuilt = await program('rebuild', [did, '--backup', saved], env);
  expect(rebuilt).toMatchObject({ code: 0, err: '' });
  expect(rebuilt.out).toContain('1 person of the public record has no address here');
  expect(readdirSync(folder)).toEqual(['city.db']);
  const after = tables(path);
  expect(after.public).toEqual(before);
  const { persons, announcers, ...rest } = atBackup;
  expect(after.private).toMatchObject(rest);
  expect(after.private.persons).toHaveLength(persons.length + 2);

  // It goes on. Nobody is written to who has not written.
  city = await openDeployedCity(deployment, { isNew: false });
  await city.idle();
  expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toMatch(/Reply OK/);
  expect(await city.ask(REDEEMER, 'OK')).toMatch(/Sourdough/);
  expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toMatch(/DO NOT GIVE IT again/);
  await city.ask(ORGANIZER, 'REVIEW');
  expect(await city.ask(ORGANIZER, 'OK')).toMatch(/two bags/);
  expect(await city.ask(ORGANIZER, 'APPROVE 4')).toMatch(/20/);
  for (const number of [ANA, BEN, EVA, MIA, ADMIN]) {
    expect(city.sent.filter(({ to }) => to === number)).toEqual([]);
  }
  // Who said STOP before the backup stays left alone; who said it after is asked first.
  expect(await city.ask(MIA, 'BALANCE')).toBe('');
  expect(await city.ask(BEN, 'BALANCE')).toMatch(/Reply OK/);
  expect(await city.ask(BEN, 'OK')).toMatch(/20/);
  await city.ask(ANA, 'JOIN 1');
  expect(await city.ask(ANA, 'OK')).toMatch(/DONE 1/);
  expect(await city.ask(ANA, 'DONE 1 once more')).toMatch(/Thank you/);
  expect(await city.ask(ORGANIZER, 'APPROVE 5')).toMatch(/20/);
  expect(await city.ask(ANA, 'REDEEM 1')).toMatch(CODE);
  await city.stop();
  const gone = tables(path).public;
  expect(gone.evidence).toHaveLength(5);
  expect(gone.redemptions).toHaveLength(5);
  const green = await tool('audit', [did]);
  expect(green).toMatchObject({ code: 0 });

  // Gone again, and this time there is no backup.
  rmSync(folder, { recursive: true });
  const bare = await tool('rebuild', [did], { DATABASE_PATH: path });
  expect(bare).toMatchObject({ code: 0, err: '' });
  expect(bare.out).toContain('Nobody has a role');
  expect(bare.out).toContain('1 live code is lost');
  const alone = tables(path);
  expect(alone.public).toEqual(gone);
  expect(alone.private).toMatchObject({ identities: [], consents: [] });
  // Who may act is public; how to reach them is not.
  expect(alone.private.delegations).toHaveLength(3);
  city = await openDeployedCity(deployment, { isNew: false });
  // The credits behind the code that nobody has go back at once.
  await city.idle();
  city.run((context) => expireCodes(context, 10));
  const invite = city.run((context) => inviteFirstAdmin(context)) ?? '';
  await city.ask(ADMIN, `ACCEPT ${invite}`);
  expect(await city.ask(ADMIN, 'OK')).not.toBe('');
  expect(
    await prove((text) => city.ask(ADMIN, text), 'INVITE issuer Codornices Creek Friends'),
  ).toMatch(/ACCEPT/);
  await city.stop();
  const { redemptions } = tables(path).public;
  expect(redemptions.map((row) => row['state'])).toEqual([
    'honored',
    'released',
    'released',
    'honored',
    'released',
  ]);
  expect(await tool('audit', [did])).toMatchObject({ code: 0 });
});

test('photos that the PDS had not given back come from the backup, and are looked for again', async () => {
  const other = await joinSharedNetwork('oakland');
  const pds = await startLyingPds(other.pds);
  pds.lies.pictures = 'missing';
  try {
    const deployment: Deployment = {
      ...{ clock, network: other, secretKey: randomBytes(32) },
      folder: mkdtempSync(join(root, 'city-')),
      publishing: { send: pds.fetch, warn: () => undefined },
    };
    const path = databaseIn(deployment);
    const spool = join(deployment.folder, 'pictures');
    const env = {
      SECRET_KEY: Buffer.from(deployment.secretKey).toString('base64'),
      DATABASE_PATH: path,
      PLC_URL: other.plc,
    };
    let city = await openDeployedCity(deployment, { isNew: true });
    for (const text of ['HI', 'OK', 'JOIN 3']) await city.ask(ANA, text);
    await city.ask(ANA, 'DONE 3 groceries brought', [photo()]);
    await city.ask(ANA, 'OK');
    await city.idle();
    const [key = ''] = readdirSync(spool);
    const bytes = readFileSync(join(spool, key));
    const made = await tool('backup', [], env);
    expect(made).toMatchObject({ code: 0, err: '' });
    await city.stop();
    const saved = join(root, 'photos.backup');
    cpSync(made.out.split('\n')[0] ?? '', saved);
    rmSync(deployment.folder, { recursive: true });

    const rebuilt = await tool('rebuild', [other.did, '--backup', saved], env);
    expect(rebuilt).toMatchObject({ code: 0, err: '' });
    expect(rebuilt.out).toContain('1 photo that the city looks for on its server');
    expect(readdirSync(spool)).toEqual([key]);
    expect(readFileSync(join(spool, key)).equals(bytes)).toBe(true);

    city = await openDeployedCity(deployment, { isNew: false });
    await city.idle();
    expect(readdirSync(spool)).toEqual([key]);
    expect(city.store.read.pictures.notKept()).toBe(1);
    await city.stop();
    pds.lies.pictures = 'none';
    time += 20 * MINUTE_MS;
    city = await openDeployedCity(deployment, { isNew: false });
    await city.idle();
    expect(readdirSync(spool)).toEqual([]);
    expect(city.store.read.pictures.notKept()).toBe(0);
    await city.stop();
  } finally {
    await pds.close();
  }
});
