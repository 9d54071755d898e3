// The sandbox in local workerd, opened as people open it, and the whole loop through it over HTTP.
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cidOfBlob } from '../../src/lib/cid.ts';
import { DAY_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { type DevWorker, failToOpen, openDevWorker } from '../support/dev-worker.ts';
import { CODE, WAYS } from '../support/loop-ways.ts';
import { metadataIn } from '../support/metadata.ts';
import { type PlainPhone, phoneAt } from '../support/phone.ts';
import { picturesIn } from '../support/public-places.ts';
import { fetchRepository } from '../support/repository.ts';

const PHOTO = new Uint8Array(
  readFileSync(new URL('../../src/sandbox/page/client/photo.jpg', import.meta.url)),
);
const MEDIA = [{ mediaType: 'image/jpeg', bytes: PHOTO }];

let worker: DevWorker;
beforeAll(async () => {
  worker = await openDevWorker();
});
afterAll(() => worker.remove());

const ask = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${worker.url}${path}`)).json()) as T;

/** Waits until a phone has been told something like this after a message. */
async function told(phone: PlainPhone, after: string | undefined, like: RegExp): Promise<string> {
  const texts = async () =>
    (await phone.messages(after))
      .filter(({ direction }) => direction === 'out')
      .map(({ text }) => text)
      .join('\n---\n');
  await expect.poll(texts).toMatch(like);
  return await texts();
}

/** Says something, and waits for an answer like this. */
async function say(
  phone: PlainPhone,
  text: string,
  like: RegExp,
  extra: Parameters<PlainPhone['post']>[1] = {},
): Promise<string> {
  const answer = await phone.post(text, extra);
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as { id: string };
  return await told(phone, id, like);
}

const newestOn = async (phone: PlainPhone) => (await phone.messages()).at(-1)?.id;

test('its page has all of its files, and hears what happens', async () => {
  const page = await fetch(`${worker.url}/sandbox`);
  expect(page.status).toBe(200);
  const files = [...(await page.text()).matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)];
  expect(files.length).toBeGreaterThan(0);
  for (const [, file] of files) expect((await fetch(`${worker.url}${file}`)).status).toBe(200);

  const stop = new AbortController();
  const events = await fetch(`${worker.url}/sandbox/events`, { signal: stop.signal });
  expect(events.headers.get('content-type')).toBe('text/event-stream');
  const phone = phoneAt(worker.url, 'sms', SEEDED.resident);
  await say(phone, 'HI', /Reply OK/);
  let heard = '';
  const decoder = new TextDecoder();
  for await (const bytes of events.body ?? []) {
    heard += decoder.decode(bytes, { stream: true });
    if (/"direction":"out"/.test(heard)) break;
  }
  stop.abort();
  expect(heard).toMatch(/^event: hello$/m);
  expect(heard).toMatch(/"text":"HI"/);
});

test('it answers nobody who calls it by a stranger’s name', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { host: 'city.example' };
    get(`${worker.url}/sandbox/network`, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject);
  });
  expect(status).toBe(403);
});

test.each(WAYS)('a resident gets through the whole loop $title', async (way) => {
  const { words, answers } = way.language;
  const resident = phoneAt(worker.url, way.channel, way.person);
  const organizer = phoneAt(worker.url, 'sms', SEEDED.organizer);
  const cafe = phoneAt(worker.url, 'sms', SEEDED.redeemer);

  await say(resident, words.hi, answers.consent);
  await say(resident, 'OK', answers.tasks);
  const announcement = (await resident.messages()).find(
    (message) => message.public === true && message.text.includes('Clean up'),
  );
  const place = way.answers && announcement !== undefined ? { replyTo: announcement.id } : {};
  await say(resident, way.join, answers.joined, place);

  const broken = [{ mediaType: 'image/jpeg', bytes: PHOTO.slice(0, 5000) }];
  await say(resident, way.show, answers.broken, { ...place, media: broken });
  await say(resident, way.done, answers.public, { ...place, media: MEDIA });
  await say(resident, 'OK', answers.sent);

  const beforeReview = await newestOn(organizer);
  await say(organizer, 'REVIEW', /1 photo/);
  const review = (await organizer.messages(beforeReview)).find(({ text }) => /1 photo/.test(text));
  const [picture = ''] = review?.pictures ?? [];
  expect((await fetch(`${worker.url}${picture}`)).headers.get('content-type')).toBe('image/jpeg');
  const approve = review?.choices.find(({ send }) => send.startsWith('APPROVE'))?.send ?? '';
  const beforeApproval = await newestOn(resident);
  await say(organizer, approve, /Approved/);
  await told(resident, beforeApproval, answers.earned);

  await say(resident, words.balance, answers.balance);
  await say(resident, words.offers, answers.offers);
  const [code = ''] = CODE.exec(await say(resident, words.redeem, CODE)) ?? [];
  const beforeRedemption = await newestOn(resident);
  await say(cafe, `CONFIRM ${code}`, /^GIVE IT: Coffee, any size/);
  await told(resident, beforeRedemption, answers.enjoy);
});

test('all of it stands in the repository on the local PDS, and nothing else', async () => {
  type Shown = readonly { readonly uri: string; readonly state: string }[];
  const unpublished = async () =>
    (await ask<Shown>('/sandbox/records')).filter(({ state }) => state === 'staged');
  await expect.poll(unpublished).toEqual([]);
  const repository = await fetchRepository(await ask('/sandbox/network'));
  const shown = await ask<Shown>('/sandbox/records');
  expect(new Set(repository.records.map(({ uri }) => uri))).toEqual(
    new Set(shown.map(({ uri }) => uri)),
  );
  const counts = [COLLECTIONS.evidence, COLLECTIONS.review, COLLECTIONS.redemption];
  expect(counts.map((kind) => repository.of(kind).length)).toEqual(WAYS.map(() => WAYS.length));
  const pictures = picturesIn(repository);
  expect(pictures).toHaveLength(WAYS.length);
  for (const cid of pictures) {
    const bytes = await repository.blob(cid);
    expect(cidOfBlob(bytes)).toBe(cid);
    expect(metadataIn(bytes)).toEqual([]);
  }
  // Of what the page shows beside its own copy.
  const [{ uri = '' } = {}] = repository.of(COLLECTIONS.redemption);
  const [collection, key] = uri.split('/').slice(-2);
  expect(await ask(`/sandbox/pds/${collection}/${key}`)).toMatchObject({ uri });
});

test('its time can be moved on: a code expires, and its holder hears of it', async () => {
  const [{ channel, person }] = WAYS as [(typeof WAYS)[number]];
  const resident = phoneAt(worker.url, channel, person);
  await say(resident, 'REDEEM 1', CODE);
  const before = await newestOn(resident);
  const { now } = await ask<{ now: string }>('/sandbox/clock');
  const advanced = await fetch(`${worker.url}/sandbox/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceMinutes: DAY_MS / MINUTE_MS }),
  });
  const then = (await advanced.json()) as { now: string };
  expect(Date.parse(then.now) - Date.parse(now)).toBeGreaterThanOrEqual(DAY_MS);
  const heard = (await resident.messages(before)).map(({ text }) => text).join();
  expect(heard).toMatch(/expired|venció/);
  const records = await ask<readonly { readonly state: string }[]>('/sandbox/records');
  expect(records.filter(({ state }) => state === 'staged')).toEqual([]);
});

test('a port that is taken is said in a sentence', async () => {
  const taken = Number(new URL(worker.url).port);
  const { code, said } = await failToOpen(taken);
  expect(code).toBe(1);
  expect(said).toContain('Another program uses this port. Set PORT to another number');
});

test('Ctrl+C ends it, and leaves no process and no file', async () => {
  expect(worker.started.length).toBeGreaterThan(3);
  worker.interrupt();
  await worker.ended;
  await expect.poll(worker.left).toEqual([]);
  expect(worker.files()).toEqual([]);
  const { port } = new URL(worker.url);
  const server = createServer().listen(Number(port), 'localhost');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  server.close();
});
