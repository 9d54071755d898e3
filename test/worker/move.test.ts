// A city moves from a worker to a machine and back, and comes back from a backup that a worker made:
// with everybody's numbers, balances and places in the conversation.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAdmin } from '../../src/cli/run-admin.ts';
import { runBackup } from '../../src/cli/run-backup.ts';
import { runBooks } from '../../src/cli/run-books.ts';
import { runMove } from '../../src/cli/run-move.ts';
import { runRebuild } from '../../src/cli/run-rebuild.ts';
import { type LocalNetwork, startLocalNetwork } from '../../src/sandbox/network.ts';
import { runTool } from '../support/run-tool.ts';
import { freePort, runCity } from '../support/running-city.ts';
import { IN_BOTH_LANGUAGES } from '../support/sms-words.ts';
import {
  openWorkerCity,
  textingThrough,
  textsFrom,
  textTo,
  type WorkerCity,
} from '../support/worker-city.ts';
import { ANA, ask, OPERATOR_TOKEN, openTown, walkLoop } from '../support/worker-town.ts';

const ENGLISH = IN_BOTH_LANGUAGES[0];

let network: LocalNetwork;
let folder: string;
let city: WorkerCity;
/** What a machine needs to know to have the city. */
let machine: Readonly<Record<string, string>>;
let account: Readonly<Record<string, string>>;
beforeAll(async () => {
  network = await startLocalNetwork();
  folder = mkdtempSync(join(tmpdir(), 'city-sync-move-'));
  account = {
    BLUESKY_SERVICE: network.pds,
    BLUESKY_IDENTIFIER: network.handle,
    BLUESKY_PASSWORD: network.password,
    PLC_URL: network.plc,
  };
  city = await openWorkerCity({ ...account, OPERATOR_TOKEN });
  machine = {
    ...{ ...textingThrough(city.twilio), ...account, OPERATOR_TOKEN },
    DATABASE_PATH: join(folder, 'city.db'),
  };
});
afterAll(async () => {
  await city.close();
  await network.close();
  rmSync(folder, { recursive: true, force: true });
});

const move = (...args: string[]) => runTool(runMove, args, machine);
const toMachine = () => move('--from', city.url());

test('a city that somebody lives in is overwritten by nothing', async () => {
  await openTown(city, ENGLISH);
  await walkLoop(city, ENGLISH);
  await expect.poll(city.backlog).toBe(0);
  const elsewhere = { ...machine, DATABASE_PATH: join(folder, 'nobody.db') };
  const absent = await runTool(runMove, ['--to', city.url()], elsewhere);
  expect(absent).toMatchObject({ code: 2, err: expect.stringMatching(/^There is no database at/) });
  const other = Buffer.from(new Uint8Array(32).fill(6)).toString('base64');
  const sealed = await runTool(runMove, ['--from', city.url()], { ...machine, SECRET_KEY: other });
  expect(sealed).toMatchObject({ code: 2, err: expect.stringMatching(/different SECRET_KEYs/) });
  const clear = await fetch(`${city.url()}/operators/move/clear?replace=yes`, {
    ...{ method: 'POST', headers: { authorization: `Bearer ${OPERATOR_TOKEN}` } },
  });
  expect(clear.status).toBe(409);
  await ask(city, ANA, 'BALANCE', /10 CITY/);
});

test('it moves to a machine, lives there, and moves back', async () => {
  // A question is open when it moves.
  await ask(city, ANA, 'LEAVE', /./);
  const moved = await toMachine();
  expect(moved).toMatchObject({ code: 0 });
  expect(moved.out).toMatch(/rows of \d+ tables and \d+ pictures are in .+ as they were/);
  expect(moved.out).toMatch(/The last transfer is 3, bafy/);
  expect(await city.text(ANA, 'BALANCE')).toBe(503);
  expect((await move('--go-on', city.url())).err).toMatch(/moved away.*--nowhere-else/);
  const door = ['--worker', city.url()];
  const invited = await runTool(runAdmin, ['invite', ...door], machine);
  expect(invited).toMatchObject({ code: 2, err: 'The city has moved away from here.\n' });
  expect(await runTool(runBooks, ['--check'], machine)).toMatchObject({
    out: 'The books agree (3 transfers).\n',
  });

  const PORT = String(await freePort());
  const running = await runCity({ ...machine, PORT });
  const onMachine = {
    text: textTo(city.twilio, () => running.url),
    textsTo: textsFrom(city.twilio),
  };
  await ask(onMachine, ANA, 'BALANCE', /10 CITY/);
  expect(await move('--to', city.url(), '--replace')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/is in use: another program of this city is running/),
  });
  await ask(onMachine, ANA, 'REDEEM 1', /[0-9A-Z]{4}-[0-9A-Z]{4}/);
  await expect
    .poll(async () => ((await running.health())['records'] as { backlog: number }).backlog)
    .toBe(0);
  expect(await running.stop()).toBe(0);

  expect((await move('--to', city.url())).err).toMatch(/^There is a city in .+ already/);
  const back = await move('--to', city.url(), '--replace');
  expect(back).toMatchObject({ code: 0 });
  expect(back.out).toMatch(/The last transfer is 4, bafy/);
  await ask(city, ANA, 'BALANCE', /10 CITY/);
  await ask(city, ANA, 'HISTORY', /10 redeemed/);
  // The database has another name now, so that nobody starts it again.
  expect((await move('--to', city.url())).err).toMatch(/^There is no database at/);
});

test('a backup that a worker made becomes a city in a new object', async () => {
  await expect.poll(city.backlog).toBe(0);
  const made = await runTool(runBackup, [folder, '--worker', city.url()], machine);
  expect(made).toMatchObject({ code: 0, err: '' });
  const backup = made.out.trim();
  await city.kill();

  const restored = { ...machine, DATABASE_PATH: join(folder, 'restored.db') };
  const built = await runTool(runRebuild, [network.did, '--backup', backup], restored);
  expect(built).toMatchObject({ code: 0 });
  // It has its account already: so that it does not begin by itself, no channel is on yet.
  const off = Object.fromEntries(
    [...Object.keys(account), ...Object.keys(textingThrough(city.twilio))]
      .filter((name) => !['SECRET_KEY', 'PUBLIC_URL'].includes(name))
      .map((name) => [name, '']),
  );
  const fresh = await openWorkerCity({ ...off, OPERATOR_TOKEN }, { twilio: city.twilio });
  try {
    expect((await fresh.get('/healthz')).status).toBe(503);
    const moved = await runTool(runMove, ['--to', fresh.url()], restored);
    expect(moved).toMatchObject({ code: 0 });
    // Where it moved from it does not start any more.
    await expect(runCity({ ...restored, PORT: String(await freePort()) })).rejects.toThrow(
      /has moved away/,
    );
    await fresh.kill();
    await fresh.restart({ ...textingThrough(fresh.twilio), ...account });
    await ask(fresh, ANA, 'HI', /OK/);
    await ask(fresh, ANA, 'OK', /./);
    await ask(fresh, ANA, 'BALANCE', /10 CITY/);
  } finally {
    await fresh.close();
  }
});
