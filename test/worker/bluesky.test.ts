// A city in real workerd that people reach by Bluesky: by messages, by mentions, and below its posts with
// a photo. Its account is on a real PDS, with an AppView and a service of messages behind it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAdmin } from '../../src/cli/run-admin.ts';
import { type BlueskyNetwork, startBlueskyNetwork } from '../support/bluesky-network.ts';
import { openPerson, type Person, postsOf } from '../support/bluesky-people.ts';
import { numberIn } from '../support/prove.ts';
import { runTool } from '../support/run-tool.ts';
import { openWorkerCity, type WorkerCity } from '../support/worker-city.ts';
import { OPERATOR_TOKEN } from '../support/worker-town.ts';

let network: BlueskyNetwork;
let city: WorkerCity;
let [ada, olga, ana]: Person[] = [];
beforeAll(async () => {
  network = await startBlueskyNetwork('worker-city.test');
  city = await openWorkerCity({
    OPERATOR_TOKEN,
    BLUESKY_SERVICE: network.pds,
    BLUESKY_IDENTIFIER: network.handle,
    BLUESKY_PASSWORD: network.password,
    BLUESKY_CHAT_DID: network.chat.did,
    BLUESKY_POLL_SECONDS: '1',
    PLC_URL: network.plc,
  });
  const join = (name: string) =>
    openPerson({
      ...{ pds: network.pds, chat: network.chat, name },
      city: { did: network.did, handle: network.handle },
      shown: async () => undefined,
    });
  [ada, olga, ana] = await Promise.all(['worker-ada', 'worker-olga', 'worker-ana'].map(join));
});
afterAll(async () => {
  await city.close();
  await network.close();
});

const called = (person: Person | undefined): Person => {
  if (person === undefined) throw new Error('Nobody has joined.');
  return person;
};

async function order(person: Person, text: string, answer: RegExp): Promise<string> {
  const asked = await person.ask(text, new RegExp(`${answer.source}|\\b\\d{4}\\b`));
  const number = numberIn(asked);
  return number === undefined ? asked : person.ask(number, answer);
}

test('somebody joins by a message, and a task is joined and done below its post with a photo', async () => {
  const [admin, organizer, resident] = [called(ada), called(olga), called(ana)];
  expect(await city.cron()).toBe(200);
  await expect
    .poll(async () => (await city.health())['channels'])
    .toMatchObject({ bluesky: { state: 'on' } });
  // From then on strangers may write to it.
  const open = new URLSearchParams({
    ...{ repo: network.did, collection: 'chat.bsky.actor.declaration', rkey: 'self' },
  });
  await expect
    .poll(
      async () => (await fetch(`${network.pds}/xrpc/com.atproto.repo.getRecord?${open}`)).status,
    )
    .toBe(200);
  const { out } = await runTool(runAdmin, ['invite', '--worker', city.url()], { OPERATOR_TOKEN });
  await admin.ask('HI', /OK/);
  await admin.ask('OK', /you're in/);
  await admin.ask(/ACCEPT \S+/.exec(out)?.[0] ?? '', /admin of/);
  const issuer = await order(admin, 'INVITE issuer Creek Friends', /ACCEPT [\w-]{14}/);
  await organizer.ask('HI', /OK/);
  await organizer.ask('OK', /you're in/);
  await organizer.ask(/ACCEPT [\w-]{14}/.exec(issuer)?.[0] ?? '', /Creek Friends/);
  await order(admin, 'CAP Creek Friends 500', /500/);
  await organizer.ask(
    'ANNOUNCE Sweep the creek; 20; any time until tomorrow 11am; The bridge; 5',
    /OK/,
  );
  await organizer.ask('OK', /task 1/i);
  const announced = async () =>
    (await postsOf(resident.agent, network.did)).find(({ value }) =>
      /Sweep the creek/.test(value.text),
    );
  await expect.poll(announced).toBeDefined();
  const post = await announced();
  if (post === undefined) throw new Error('Nothing was posted.');

  const joined = await resident.reply({ root: post, parent: post }, 'JOIN 1');
  await resident.answered(joined, /./);
  await resident.ask('OK', /you're in/i);
  await expect.poll(() => resident.heard().join('\n')).toMatch(/You're in for Sweep the creek/);
  const done = await resident.replyWithPhoto({ root: post, parent: post }, 'DONE 1 all swept');
  // Its words and photo have come, and wait for the agreement that they may be public.
  await resident.answered(done, /public/i);
});

test('whoever mentions it is answered where everybody reads', async () => {
  const resident = called(ana);
  const asked = await resident.mention('TASKS');
  expect(await resident.answered(asked, /./)).not.toBe('');
  expect((await city.health())['channels']).toMatchObject({ bluesky: { state: 'on' } });
});
