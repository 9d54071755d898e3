// `npm run admin` as people run it, beside a city that runs: who may act, and what the city tells.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runAdmin } from '../../src/cli/run-admin.ts';
import { tellOperatorNewsJob } from '../../src/jobs/tell-operator-news.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { TEST_KEY, UNLIMITED } from '../support/city.ts';
import { ADMIN, ORGANIZER } from '../support/conversation.ts';
import { runCli } from '../support/run-cli.ts';
import { runTool } from '../support/run-tool.ts';
import { rememberingChannel, testCity } from '../support/test-city.ts';

const EVA = '+15105550143';

let folder: string;
let city: ReturnType<typeof testCity>;
let sentTo: (address: string) => string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  const phone = rememberingChannel();
  sentTo = phone.sentTo;
  city = testCity({
    ...{ folder, clock: systemClock, city: UNLIMITED },
    channels: () => [phone.channel],
    jobs: (mailer) => [tellOperatorNewsJob(mailer)],
  });
  city.seed();
  await city.start();
  await city.idle();
});
afterEach(async () => {
  await city.stop();
  rmSync(folder, { recursive: true });
});

const environment = () => ({
  DATABASE_PATH: join(folder, 'city.db'),
  SECRET_KEY: Buffer.from(TEST_KEY).toString('base64'),
});
const admin = (...args: string[]) => runTool(runAdmin, args, environment());

/** What somebody hears after they said something; the jobs have run. */
async function ask(from: string, text: string): Promise<string> {
  const before = sentTo(from).length;
  await city.receive({ sender: from, text });
  await city.start();
  await city.idle();
  return sentTo(from).slice(before).join('\n');
}

const participantOf = (list: string, role: string): string =>
  new RegExp(`^(p-\\w+) +${role}`, 'm').exec(list)?.[1] ?? '';

test('it lists who may act, since when, and masked addresses', async () => {
  const { code, out } = await admin();
  expect(code).toBe(0);
  expect(out).toMatch(/^p-\w{12} {2}admin +the city {2}since 20\S+Z {2}sms \+1510•••0100$/m);
  expect(out).toMatch(/^p-\w{12} {2}owner +Codornices Creek Friends .*0110$/m);
  expect(out).not.toContain(ADMIN);
});

test('its invitation works once, and the admins hear of it', async () => {
  const { out } = await runCli('admin', ['invite'], environment());
  const line = /^ACCEPT \S+$/m.exec(out)?.[0] ?? '';
  expect(await ask(EVA, line)).toContain('admin of City/Sync');
  expect(sentTo(ADMIN).at(-1)).toContain('invitation for one more admin');
  expect(await ask(ORGANIZER, line)).not.toContain('admin of City/Sync');
});

test('it recovers a city: earlier invitations are void, and the old admins are told', async () => {
  const earlier = /^ACCEPT \S+$/m.exec((await admin('invite')).out)?.[0] ?? '';
  const { out } = await admin('recover');
  expect(await ask(ORGANIZER, earlier)).not.toContain('admin of City/Sync');
  expect(await ask(EVA, /^ACCEPT \S+$/m.exec(out)?.[0] ?? '')).toContain('admin of City/Sync');
  const told = sentTo(ADMIN).join('\n');
  expect(told).toContain('because no admin could be reached');
  expect(told).toContain('accepted and is now an admin');
});

test('a role ends at once, told to its holder and the admins', async () => {
  const list = (await admin('list')).out;
  const organizer = participantOf(list, 'owner +Codornices');
  const { code, out } = await admin('revoke', organizer, 'Codornices', 'Creek', 'Friends');
  expect([code, out]).toEqual([
    0,
    `${organizer} no longer acts for Codornices Creek Friends (owner).\n`,
  ]);
  expect(await ask(ORGANIZER, 'REVIEW')).not.toMatch(/evidence/i);
  expect(sentTo(ORGANIZER).join('\n')).toContain('You no longer act for Codornices Creek Friends');
  expect(sentTo(ADMIN).at(-1)).toContain(`${organizer} no longer acts for Codornices`);
});

test('the last admin can be revoked here, and it says how there is one again', async () => {
  const boss = participantOf((await admin()).out, 'admin');
  const { out } = await admin('revoke', boss);
  expect(out).toContain('Nobody is an admin now');
  expect(await ask(ADMIN, 'CAP Codornices Creek Friends 500')).not.toContain('can issue');
});

test('it says what is wrong in one sentence', async () => {
  expect(await admin('revoke', 'p-000000000000')).toMatchObject({
    code: 2,
    err: 'p-000000000000 acts for nobody here.\n',
  });
  expect((await admin('crown')).err).toContain('npm run admin -- recover');
});
