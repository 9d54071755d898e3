// The whole loop by Bluesky alone, with the real AppView: the city is a process of its own, killed in
// the middle again and again, and what was said while it was down is answered once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppBskyEmbedExternal, type AtpAgent } from '@atproto/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OwnPost } from '../../src/conversation/message.ts';
import { DAY_MS, HOUR_MS, isoTime } from '../../src/lib/clock.ts';
import { joinNetwork } from '../support/bluesky-deliveries.ts';
import { type CityPost, openPerson, type Person, postsOf } from '../support/bluesky-people.ts';
import { type ChatService, startChatService } from '../support/chat-service.ts';
import { type FullNetwork, startFullNetwork } from '../support/full-network.ts';
import { runCli } from '../support/run-cli.ts';
import { freePort, openCityFile, type RunningProcess, runCity } from '../support/running-city.ts';

const HANDLE = 'creek.test';
const PUBLIC_URL = 'https://creek.example';
const POLL = { interval: 200 } as const;
const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;
/** What each of the crowd says while the city is down: 200 replies of 40 people. */
const CROWD = 40;
const SAID = ["I'm in", 'OK', 'TASK 1', 'HELP', 'TASKS'] as const;

let network: FullNetwork;
let chat: ChatService;
let account: AtpAgent;
let folder: string;
let environment: Readonly<Record<string, string>>;
let city: RunningProcess;
let admin: Person;
let organizer: Person;
let cafe: Person;
let ana: Person;
let task: CityPost;

const meet = (name: string): Promise<Person> =>
  openPerson({
    pds: network.pds,
    chat,
    city: { did: account.assertDid, handle: HANDLE },
    name,
    shown: network.processAll,
  });

beforeAll(async () => {
  network = await startFullNetwork();
  chat = await startChatService(network.plc);
  chat.follow(network.pds);
  account = await joinNetwork(network.pds, HANDLE);
  const { data } = await account.com.atproto.server.createAppPassword({
    name: 'the city',
    privileged: true,
  });
  folder = mkdtempSync(join(tmpdir(), 'city-sync-bluesky-'));
  environment = {
    CITY_CONFIG: openCityFile(folder),
    PORT: String(await freePort()),
    PUBLIC_URL,
    DATABASE_PATH: join(folder, 'data', 'city.db'),
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    BLUESKY_SERVICE: network.pds,
    BLUESKY_IDENTIFIER: HANDLE,
    BLUESKY_PASSWORD: data.password,
    BLUESKY_CHAT_DID: chat.did,
    BLUESKY_POLL_SECONDS: '1',
    PLC_URL: network.plc,
    RECORDS_POINTS_PER_HOUR: '0',
    RECORDS_POINTS_PER_DAY: '0',
  };
  city = await runCity(environment);
  [admin, organizer, cafe, ana] = await Promise.all([
    meet('alma'),
    meet('olga'),
    meet('cafe'),
    meet('ana'),
  ]);
});
afterAll(async () => {
  await city?.stop('SIGKILL').catch(() => undefined);
  await network?.close();
  await chat?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

const again = async (): Promise<void> => {
  city = await runCity(environment);
};
const invitationIn = (text: string): string => /ACCEPT ([0-9A-Z-]{14})/.exec(text)?.[1] ?? '';
const inThread = (parent: OwnPost) => ({ root: { uri: task.uri, cid: task.cid }, parent });

test('the account says what it is', async () => {
  const profile = () =>
    account.com.atproto.repo
      .getRecord({ repo: account.assertDid, collection: 'app.bsky.actor.profile', rkey: 'self' })
      .then(
        ({ data }) => data.value,
        () => undefined,
      );
  await expect.poll(profile, POLL).toMatchObject({
    labels: { values: [{ val: 'bot' }] },
    description: expect.stringContaining('City/Sync Berkeley pilot'),
  });
  await network.processAll();
  const { data } = await ana.agent.getProfile({ actor: HANDLE });
  expect(data.associated?.chat?.allowIncoming).toBe('all');
});

test('by private messages the city gets its admin, its organizer and its café', async () => {
  for (const person of [admin, organizer, cafe]) {
    await person.ask('HI', /Reply OK/);
    await person.ask('OK', /you're in/);
  }
  await admin.ask(`ACCEPT ${city.invitation()}`, /admin/i);
  const issuer = invitationIn(await admin.ask('INVITE issuer Creek Friends', /ACCEPT/));
  const redeemer = invitationIn(await admin.ask('INVITE redeemer Corner Café', /ACCEPT/));
  await organizer.ask(`ACCEPT ${issuer}`, /Creek Friends/);
  await admin.ask('CAP Creek Friends 5000', /5,?000/);
  await cafe.ask(`ACCEPT ${redeemer}`, /Corner Café/);
  await cafe.ask('OFFER Coffee; 10', /Offer 1 is open/);
});

test('the organizer announces by a private message, and the post has a card', async () => {
  await organizer.ask(
    'ANNOUNCE Sweep the creek; 20; any time until tomorrow 11am; The bridge; 90',
    /OK/,
  );
  await organizer.ask('OK', /task 1/i);
  const posts = async () => await postsOf(account, account.assertDid);
  await expect.poll(async () => (await posts()).length, POLL).toBe(1);
  [task] = (await posts()) as [CityPost];
  await network.processAll();
  expect(task.value.text).toMatch(/^Sweep the creek\n/);
  const card = AppBskyEmbedExternal.isMain(task.value.embed)
    ? task.value.embed.external
    : undefined;
  expect(card).toMatchObject({ uri: `${PUBLIC_URL}/tasks/1`, title: 'Sweep the creek' });
});

test('a change is told below the post, to whoever reads it', async () => {
  await organizer.ask('CHANGE 1 note Bring gloves', /Note: Bring gloves/);
  await organizer.ask('OK', /Changed/);
  const below = async (): Promise<string[]> =>
    (await postsOf(account, account.assertDid))
      .filter(({ value }) => value.reply?.parent.uri === task.uri)
      .map(({ value }) => value.text);
  await expect.poll(below, POLL).toEqual([expect.stringContaining('Bring gloves')]);
});

test('killed the first time: who replied meanwhile joins in the thread', async () => {
  await city.stop('SIGKILL');
  const asked = await ana.reply(inThread(task), "I'm in");
  await again();
  await ana.answered(asked, /Reply OK/);
  const agreed = await ana.reply(inThread(asked), 'OK');
  expect(await ana.answered(agreed, /you're in/i)).toContain('Sweep the creek');
});

test('killed the second time: a photo in the thread is evidence, and stays the post of its author', async () => {
  await city.stop('SIGKILL');
  const shown = await ana.replyWithPhoto(inThread(task), 'DONE 1 swept it all');
  await again();
  await ana.answered(shown, /Evidence is public/);
  const agreed = await ana.reply(inThread(shown), 'OK');
  await ana.answered(agreed, /Thank you/);
  const records = async () => {
    const { data } = await account.com.atproto.repo.listRecords({
      repo: account.assertDid,
      collection: 'org.hypercerts.context.attachment',
    });
    return data.records.map(({ value }) => value);
  };
  await expect
    .poll(records, POLL)
    .toEqual([expect.objectContaining({ description: expect.objectContaining(shown) })]);
});

test('the reviewer approves by a private message; the thread is told, and what it earned is not', async () => {
  // She has to have written first, or Bluesky lets nobody write to her.
  await ana.ask('ME', /p-[0-9a-z]{12}/);
  expect(await organizer.ask('REVIEW', /APPROVE 1/)).toContain('1 photo');
  await organizer.ask('APPROVE 1 well done', /20 CITY credits issued/);
  await expect.poll(() => ana.heard().join('\n'), POLL).toMatch(/You earned 20 CITY credits/);
  const thread = async () =>
    (await postsOf(account, account.assertDid)).map(({ value }) => value.text).join('\n');
  await expect.poll(thread, POLL).toMatch(/The work on Sweep the creek was approved/);
  expect(await thread()).not.toMatch(/earned|20 CITY credits issued/);
});

test('what is private is asked by a mention and answered in private', async () => {
  const before = ana.heard().length;
  const asked = await ana.mention('BALANCE');
  expect(await ana.answered(asked, /./)).toBe('I answered you in a private message.');
  expect(ana.heard().slice(before)).toEqual([expect.stringMatching(/20 CITY credits/)]);
});

test('killed the third time: of 200 replies each is answered once', async () => {
  const crowd: Person[] = [];
  for (let at = 0; at < CROWD; at += 1) crowd.push(await meet(`crowd${at}`));
  await city.stop('SIGKILL');
  const questions: { readonly who: Person; readonly post: OwnPost }[] = [];
  for (const [at, who] of crowd.entries()) {
    for (const [turn, text] of SAID.entries()) {
      // Some clients, and some clocks, are hours or days behind.
      const lateMs = at % 10 === 3 ? 3 * HOUR_MS : at % 10 === 7 ? 9 * DAY_MS : 0;
      const createdAt = isoTime(Date.now() - lateMs + turn);
      questions.push({ who, post: await who.reply(inThread(task), text, { createdAt }) });
    }
  }
  expect(questions).toHaveLength(200);
  const [deleted] = questions.splice(-1);
  await deleted?.who.agent.deletePost(deleted.post.uri);
  await network.processAll();

  const answers = async (): Promise<ReadonlyMap<string, number>> => {
    const posts = await postsOf(account, account.assertDid);
    const counts = new Map<string, number>();
    for (const { value } of posts) {
      const to = value.reply?.parent.uri ?? '';
      counts.set(to, (counts.get(to) ?? 0) + 1);
    }
    return counts;
  };
  const newestPost = async () => {
    const { data } = await account.com.atproto.repo.listRecords({
      repo: account.assertDid,
      collection: 'app.bsky.feed.post',
      limit: 1,
    });
    return data.records[0]?.uri;
  };
  const unanswered = async () => {
    const counts = await answers();
    return questions.filter(({ post }) => !counts.has(post.uri)).length;
  };
  // Killed twice more, as soon as it begins to answer.
  for (let kills = 0; kills < 2; kills += 1) {
    const before = await newestPost();
    await again();
    await expect.poll(newestPost, { interval: 20 }).not.toBe(before);
    await city.stop('SIGKILL');
    expect(await unanswered()).toBeGreaterThan(0);
  }
  await again();
  await expect.poll(unanswered, { interval: 500 }).toBe(0);
  await expect
    .poll(async () => (await city.health())['channels'], POLL)
    .toMatchObject({ bluesky: { state: 'on', backlog: 0 } });
  const counts = await answers();
  expect(questions.map(({ post }) => counts.get(post.uri))).toEqual(Array(199).fill(1));
  expect(counts.get(deleted?.post.uri ?? '')).toBeUndefined();
});

test('the resident redeems in private, the café confirms, and anybody can prove all of it', async () => {
  const code = CODE.exec(await ana.ask('REDEEM 1', CODE))?.[0];
  await cafe.ask(`CONFIRM ${code}`, /GIVE IT: Coffee/);
  await ana.ask('BALANCE', /10 CITY credits/);
  await expect
    .poll(async () => (await city.health())['records'], POLL)
    .toMatchObject({ state: 'idle', backlog: 0 });
  expect(city.output()).not.toMatch(/did:plc|at:\/\//);
  expect(await city.stop()).toBe(0);
  const audit = await runCli('audit', [account.assertDid], {
    PLC_URL: network.plc,
    BLUESKY_SERVICE: network.pds,
  });
  expect(audit.out + audit.err).toMatch(/./);
  expect(audit.code, audit.out + audit.err).toBe(0);
});
