// workerd is killed at every step of the way of a message, over one object and one repository. Nothing
// may get lost on the way, and nothing may be done twice.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAudit } from '../../src/cli/run-audit.ts';
import { runBooks } from '../../src/cli/run-books.ts';
import type { Step } from '../../src/lib/steps.ts';
import { type LocalNetwork, startLocalNetwork } from '../../src/sandbox/network.ts';
import { runTool } from '../support/run-tool.ts';
import { IN_BOTH_LANGUAGES } from '../support/sms-words.ts';
import { photoFor } from '../support/telegram-city.ts';
import { openWorkerCity, type WorkerCity } from '../support/worker-city.ts';
import {
  ANA,
  ask,
  CAFE,
  heardBy,
  OPERATOR_TOKEN,
  ORGANIZER,
  openTown,
} from '../support/worker-town.ts';

const ENGLISH = IN_BOTH_LANGUAGES[0];
const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;

let network: LocalNetwork;
let city: WorkerCity;
beforeAll(async () => {
  network = await startLocalNetwork();
  city = await openWorkerCity(
    {
      OPERATOR_TOKEN,
      BLUESKY_SERVICE: network.pds,
      BLUESKY_IDENTIFIER: network.handle,
      BLUESKY_PASSWORD: network.password,
      PLC_URL: network.plc,
    },
    { program: ['test/support/failing-worker.ts'] },
  );
});
afterAll(async () => {
  await city.close();
  await network.close();
});

type Said = { readonly from: string; readonly text: string; readonly photo?: Uint8Array };

/** Texts something, and kills workerd at a step of it; the next life says the rest, as `answer` has it. */
async function killAt(
  step: Step,
  { from, text, photo }: Said,
  answer: RegExp,
  { left = 1, to = from }: { readonly left?: number; readonly to?: string } = {},
): Promise<string> {
  const before = city.textsTo(to).length;
  expect((await city.get(`/test/arm?step=${step}&left=${left}`)).status).toBe(200);
  // Whoever waits for the answer of a process that dies gets none.
  const posted = city.text(from, text, photo && [photo]).catch(() => 0);
  await expect.poll(city.said).toContain(`It stands still at ${step}`);
  await city.kill();
  await posted;
  await city.restart();
  expect(await city.cron()).toBe(200);
  const heard = await heardBy(city, to, answer, before);
  await expect.poll(city.backlog).toBe(0);
  return heard;
}

const once = (to: string, answer: RegExp) =>
  expect(city.textsTo(to).filter((text) => answer.test(text))).toHaveLength(1);

test('a resident gets through the loop, wherever the process dies', async () => {
  await openTown(city, ENGLISH);
  await expect.poll(city.backlog).toBe(0);
  await killAt('message.stored', { from: ANA, text: 'HI' }, /Reply OK/);
  await killAt('delivery.sending', { from: ANA, text: 'OK' }, /you're in/);
  await killAt('batch.marked', { from: ANA, text: 'JOIN 1' }, /You're in/);
  const photo = await photoFor(120);
  await killAt('picture.checked', { from: ANA, text: 'DONE 1 three bags', photo }, /public/i);
  await killAt('batch.submitted', { from: ANA, text: 'OK' }, /Thank you/);
  await killAt('messages.processed', { from: ORGANIZER, text: 'APPROVE 1' }, /20 CITY/, {
    to: ANA,
  });
  await killAt('delivery.leased', { from: ANA, text: 'OFFERS' }, /Coffee/);
  const code = await killAt('delivery.sent', { from: ANA, text: 'REDEEM 1' }, CODE);
  const confirm = `CONFIRM ${CODE.exec(code)?.[0]}`;
  await killAt('batch.committed', { from: CAFE, text: confirm }, /^GIVE IT/m);
  await killAt('delivery.recorded', { from: ANA, text: 'BALANCE' }, /10 CITY/);
});

test('everything was said and decided once, and the books and the record agree', async () => {
  for (const answer of [/^You're in for/m, /You earned 20 CITY/, /^Your code: /m])
    once(ANA, answer);
  once(CAFE, /^GIVE IT/m);
  expect(
    (await runTool(runBooks, ['--check', '--worker', city.url()], { OPERATOR_TOKEN })).out,
  ).toBe('The books agree (3 transfers).\n');
  const environment = { BLUESKY_SERVICE: network.pds, PLC_URL: network.plc };
  expect(await runTool(runAudit, [network.did, '--blobs'], environment)).toMatchObject({ code: 0 });
});

test('an object that is put away goes on where it was', async () => {
  const asked = () => city.twilio.calls.filter(({ route }) => route === 'create').length;
  const before = asked();
  city.twilio.fault('create', 'hang');
  expect(await city.text(ANA, 'TASKS')).toBe(200);
  await expect.poll(asked).toBe(before + 1);
  const heard = city.textsTo(ANA).length;
  await city.get('/test/abort');
  expect(await city.cron()).toBe(200);
  await heardBy(city, ANA, /No tasks|TASKS|task/i, heard);
  await ask(city, ANA, 'BALANCE', /10 CITY/);
});

test('a city that nobody asks is woken by its alarm alone', async () => {
  const asked = () => city.twilio.calls.filter(({ route }) => route === 'create').length;
  const before = asked();
  city.twilio.fault('create', 'hang');
  expect(await city.text(ANA, 'OFFERS')).toBe(200);
  await expect.poll(asked).toBe(before + 1);
  const heard = city.textsTo(ANA).length;
  await city.kill();
  await city.restart();
  await heardBy(city, ANA, /Coffee/, heard);
});
