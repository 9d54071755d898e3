// The account of a city, on real servers: another handle, another server with another key, taken down.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AtpAgent } from '@atproto/api';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { runAudit } from '../../src/cli/run-audit.ts';
import { readEnvironment } from '../../src/config/config.ts';
import { createLog } from '../../src/node/log.ts';
import { type RunningCity, startCity } from '../../src/node/start-city.ts';
import { BERKELEY } from '../support/city.ts';
import { migrateAccount, rotateSigningKey } from '../support/migrate-account.ts';
import { type OwnPds, startOwnPds } from '../support/own-pds.ts';
import { runTool } from '../support/run-tool.ts';
import { sharedServers } from '../support/shared-network.ts';
import { waitFor } from '../support/wait-for.ts';

let folder: string;
let network: Awaited<ReturnType<typeof sharedServers>>;
let own: OwnPds;
let running: RunningCity | undefined;
let accounts = 0;

beforeAll(async () => {
  network = await sharedServers();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-moves-'));
  accounts += 1;
  own = await startOwnPds({ plc: network.plc, handle: `harbor${accounts}.test` });
});
afterEach(async () => {
  await stop();
  await own.close();
  rmSync(folder, { recursive: true, force: true });
});

type Health = {
  readonly ok: boolean;
  readonly problem: string | null;
  readonly checks: Readonly<Record<string, { readonly state: string; readonly sentence?: string }>>;
  readonly records: { readonly state: string; readonly backlog: number; readonly reason?: string };
};

const ask = async (path: string): Promise<Response> =>
  await fetch(`http://127.0.0.1:${running?.port}${path}`);
const health = async () => (await (await ask('/healthz')).json()) as Health;

async function stop(): Promise<void> {
  await running?.stop();
  running = undefined;
}

/** Starts it anew; whoever runs it has another name each time, which is a new record. */
async function start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  await stop();
  accounts += 1;
  running = await startCity({
    city: { ...BERKELEY, operator: `The City of ${accounts}` },
    environment: readEnvironment({
      PORT: '0',
      DATABASE_PATH: join(folder, 'city.db'),
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      BLUESKY_SERVICE: own.pds,
      BLUESKY_IDENTIFIER: own.handle,
      BLUESKY_PASSWORD: own.password,
      PLC_URL: network.plc,
      ...settings,
    }),
    log: createLog('silent'),
  });
}

const published = () =>
  waitFor(async () =>
    expect((await health()).records).toMatchObject({ state: 'idle', backlog: 0 }),
  );

/** What the record of the city on a server says of its operator. */
async function operatorAt(pds: string): Promise<string> {
  const agent = new AtpAgent({ service: pds });
  const { data } = await agent.com.atproto.repo.getRecord({
    ...{ repo: own.did, collection: 'org.city-sync.civic.city', rkey: 'self' },
  });
  return JSON.stringify(data.value['operator']);
}

const audit = () => runTool(runAudit, [own.did], { PLC_URL: network.plc }, folder);

test('another handle changes nothing but what pages and health say', async () => {
  await start();
  await published();
  const owner = new AtpAgent({ service: own.pds });
  await owner.login({ identifier: own.did, password: own.password });
  const handle = `lagoon${accounts}.test`;
  await owner.com.atproto.identity.updateHandle({ handle });
  await start();
  await published();
  const { checks } = await health();
  expect(checks['account']).toEqual({
    state: 'trouble',
    sentence: `The handle of the account is ${handle} now: set BLUESKY_IDENTIFIER to that. Until then the city signs in by its DID.`,
  });
  expect(await (await ask('/')).text()).toContain(`@${handle}`);
  // A kept session does without the handle; one that begins anew goes by the DID.
  await own.restart({ keepSessions: false });
  await start();
  await published();
  expect(await operatorAt(own.pds)).toContain(`"The City of ${accounts}"`);
});

test('an account that moves to another server, with another key, is found there and audited', async () => {
  await start();
  await published();
  const before = await operatorAt(own.pds);
  await stop();
  const other = await startOwnPds({ plc: network.plc, handle: `quay${accounts}.test` });
  try {
    const password = await migrateAccount(own, other);
    await start();
    await waitFor(async () => expect((await health()).records.state).toBe('stopped'));
    const { ok, checks, records } = await health();
    expect(ok).toBe(false);
    expect(checks['account']?.sentence).toContain(`set BLUESKY_SERVICE to that`);
    expect(checks['account']?.sentence).toContain(`lives at ${other.pds} now`);
    expect(records.reason).toMatch(
      /^AccountMoved: The account of the city lives on another server/,
    );
    expect((await ask('/')).status).toBe(200);
    expect(await operatorAt(other.pds)).toBe(before);
    await start({ BLUESKY_SERVICE: other.pds, BLUESKY_PASSWORD: password });
    await published();
    expect((await health()).checks['account']).toEqual({ state: 'ok' });
    expect(await operatorAt(other.pds)).toContain(`"The City of ${accounts}"`);
    expect(await audit()).toMatchObject({ code: 0 });
    await stop();
  } finally {
    await other.close();
  }
});

test('a signing key that was rotated leaves the city publishing, and the audit green', async () => {
  const signedBy = async () => {
    const { verificationMethod } = (await (await fetch(`${network.plc}/${own.did}`)).json()) as {
      verificationMethod: { publicKeyMultibase: string }[];
    };
    return verificationMethod[0]?.publicKeyMultibase;
  };
  await start();
  await published();
  expect(await audit()).toMatchObject({ code: 0 });
  const before = await signedBy();
  await stop();
  await rotateSigningKey(own);
  expect(await signedBy()).not.toBe(before);
  await start();
  await published();
  expect((await health()).checks['account']).toEqual({ state: 'ok' });
  expect(await operatorAt(own.pds)).toContain(`"The City of ${accounts}"`);
  expect(await audit()).toMatchObject({ code: 0 });
});

test('a city whose account is taken down starts, and all but publishing works', async () => {
  await start();
  await published();
  await own.takeDown(true);
  await start();
  await waitFor(async () => expect((await health()).records.state).toBe('stopped'));
  const { checks, records } = await health();
  expect(records.reason).toMatch(/^AccountTakedown: The PDS has taken the account/);
  expect(checks['publishing']?.sentence).toMatch(/taken the account of the city down/);
  expect((await ask('/')).status).toBe(200);
  await own.takeDown(false);
  await start();
  await published();
  expect(await operatorAt(own.pds)).toContain(`"The City of ${accounts}"`);
});
