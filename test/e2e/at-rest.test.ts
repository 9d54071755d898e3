// What the files of the database hold, byte for byte, after people on every channel went their ways:
// no address of theirs, none of their words that are done, and nobody who did not agree to be public.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { parsePost } from '../../src/channels/bluesky/in/parse.ts';
import type { Channel, Delivery } from '../../src/channels/channel.ts';
import { cidOfBlob } from '../../src/lib/cid.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { ok } from '../../src/lib/result.ts';
import { findCanaries } from '../support/canaries.ts';
import { TUESDAY } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { twoColours } from '../support/pictures.ts';
import { DID } from '../support/record-facts.ts';
import { openTelegramCity } from '../support/telegram-city.ts';
import { photo, says, sends, user } from '../support/telegram-updates.ts';
import { testCity } from '../support/test-city.ts';

let stop: () => Promise<unknown> = async () => undefined;
afterEach(() => stop());

const CLOSED = { ok: false, error: { kind: 'closed', detail: 'takes no messages' } } as const;

/** Every file of a database together. */
const bytesIn = (folder: string): Buffer =>
  Buffer.concat(
    readdirSync(folder)
      .filter((name) => name.startsWith('city.db'))
      .map((name) => readFileSync(join(folder, name))),
  );

/** The same once the log beside it was emptied, as is done every few minutes. */
function bytesLeftIn(folder: string): Buffer {
  const db = new Database(join(folder, 'city.db'));
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return bytesIn(folder);
}

const named = (secrets: Readonly<Record<string, string>>) =>
  Object.entries(secrets).map(([what, secret]) => ({ what, secret }));

const XAN = 'did:plc:xanthippecanary2345abcd';
const YVO = 'did:plc:yvonnecanary2345abcdefg';
const CID = 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy';

const cidOf = (uri: string): string => cidOfBlob(new TextEncoder().encode(uri));

/** A city between Bluesky as it shows posts, and what it sends. */
async function openBluesky(options: { folder?: string; refuse?: string } = {}) {
  const clock = standingClock(TUESDAY);
  const sent: Delivery[] = [];
  const picture = await twoColours(40, 30).jpeg().toBuffer();
  const sources: string[] = [];
  const bluesky: Channel = {
    name: 'bluesky',
    hasPublicPlace: true,
    messagesPerSecond: null,
    fetchPicture: async (source) => {
      sources.push(source);
      return ok(picture);
    },
    send: async (delivery) => {
      sent.push(delivery);
      if (delivery.reply.text === options.refuse) return CLOSED;
      return { ok: true, providerId: `at://${DID}/app.bsky.feed.post/3ours${sent.length}` };
    },
  };
  const { folder } = options;
  const city = testCity({ clock, channels: () => [bluesky], ...(folder && { folder }) });
  stop = city.stop;
  if (city.store.read.tasks.get(1) === undefined) city.seed();
  await city.start();
  await city.idle();
  let posts = 0;
  /** Writes a post that mentions the city, below another post where one is given. */
  const post = async (
    author: string,
    text: string,
    { below, images = [] }: { below?: string; images?: readonly string[] } = {},
  ) => {
    posts += 1;
    const uri = `at://${author}/app.bsky.feed.post/3post${posts}`;
    const root = below ?? uri;
    const parsed = parsePost(
      {
        ...{ uri, cid: cidOf(uri), author: { did: author } },
        record: {
          ...{ $type: 'app.bsky.feed.post', text },
          facets: [
            {
              index: { byteStart: 0, byteEnd: 5 },
              features: [{ $type: 'app.bsky.richtext.facet#mention', did: DID }],
            },
          ],
          ...(below === undefined
            ? {}
            : { reply: { root: { uri: root, cid: CID }, parent: { uri: below, cid: CID } } }),
          embed: {
            $type: 'app.bsky.embed.images',
            images: images.map((cid) => ({ image: { ref: { $link: cid } } })),
          },
        },
      },
      { did: DID, isAnnouncement: () => false },
    );
    if (parsed.kind !== 'said') throw new Error(`The post is ${parsed.kind}.`);
    const { isNew } = await city.receive({ ...parsed.message, receivedAt: clock.now() });
    await city.idle();
    return { uri, isNew, known: city.core.inbox.known('bluesky', [uri]).has(uri) };
  };
  const message = async (author: string, text: string) => {
    await city.receive({ channel: 'bluesky', sender: author, text });
    await city.idle();
    return sent.findLast(({ to }) => to === author)?.reply.text ?? '';
  };
  return { city, clock, sent, sources, post, message };
}

describe('on Bluesky', () => {
  it('nothing names whoever did not agree to be public', async () => {
    const { city, sent, sources, post, message } = await openBluesky();
    const first = await post(XAN, '@city quillfeather hello');
    expect([first.isNew, first.known]).toEqual([true, true]);
    // The answer went where the post is, whose address the file does not tell.
    expect(sent.at(-1)?.place).toContain(first.uri);
    await post(XAN, '@city OK', { below: first.uri });
    await message(XAN, 'JOIN 1');
    const evidence = await post(XAN, '@city DONE 1 umbrage', { below: first.uri, images: [CID] });
    expect(sources).toEqual([`${XAN} ${CID}`]);
    // A stranger in somebody else's thread, who never agrees.
    await post(YVO, '@city ormolu?', { below: evidence.uri, images: [CID] });
    await message(XAN, 'NO');
    await message(XAN, 'STOP');
    expect(city.store.read.inbox.backlog().count).toBe(0);
    const people = named({ did: XAN, stranger: YVO, post: cidOf(first.uri) });
    expect(findCanaries(bytesIn(city.folder), people)).toEqual([]);
    const words = named({ first: 'quillfeather', evidence: 'umbrage', other: 'ormolu' });
    expect(findCanaries(bytesLeftIn(city.folder), [...people, ...words])).toEqual([]);
    const [place] = [sent.findLast(({ place: at }) => at !== null)?.place];
    expect(place).toContain(YVO);
  });

  it('a post is evidence once its author agreed, and comes in once', async () => {
    const { city, post, message } = await openBluesky();
    const hello = await post(XAN, '@city hello');
    await message(XAN, 'OK');
    await message(XAN, 'JOIN 1');
    const { uri } = await post(XAN, '@city DONE 1 swept', { below: hello.uri, images: [CID] });
    expect(await message(XAN, 'OK')).toMatch(/^Thank you/);
    expect(findCanaries(bytesIn(city.folder), named({ post: uri }))).not.toEqual([]);
    expect(findCanaries(bytesIn(city.folder), named({ post: hello.uri }))).toEqual([]);
  });
});

describe('what an earlier version kept in the clear', () => {
  const folder = mkdtempSync(join(tmpdir(), 'at-rest-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is sealed at the first start, and works on', async () => {
    const before = await openBluesky({ folder });
    const { uri } = await before.post(XAN, '@city hello');
    await before.city.stop();
    const db = new Database(join(folder, 'city.db'));
    const place = JSON.stringify({ root: { uri, cid: CID }, parent: { uri, cid: CID } });
    db.prepare(`update inbox set external_id = ?, place = ?, post_uri = ?, post_cid = ?
        where channel = 'bluesky'`).run(...[uri, place, uri, CID]);
    db.prepare('update outbox set place = ? where place is not null').run(place);
    const body = { text: 'A', choices: [], pictures: [] };
    const afterwards = { place, thread: null, sent: null, closed: { ...body, text: 'B' } };
    db.prepare(
      `insert into outbox (channel, identity_id, kind, body, state, not_before, created_at)
       select 'bluesky', id, 'reply', ?, 'pending', 0, 0 from identities where channel = 'bluesky'`,
    ).run(JSON.stringify({ ...body, afterwards }));
    db.prepare('update sessions set data = ?').run(JSON.stringify({ text: 'umbrage' }));
    db.prepare(`insert into payloads values ('telegram:album:x', 'quillfeather', 9e15)`).run();
    db.prepare(`insert into cursors values ('bluesky-parked-posts', ?)`).run(JSON.stringify([uri]));
    db.prepare(`delete from cursors where name = 'city-sealed'`).run();
    db.close();
    const { city, sent } = await openBluesky({ folder, refuse: 'A' });
    expect(city.core.inbox.known('bluesky', [uri]).has(uri)).toBe(true);
    // The private answer could not be sent, so the place hears of it.
    expect(sent.find(({ reply }) => reply.text === 'B')?.place).toBe(place);
    const secrets = named({ did: XAN, session: 'umbrage', caption: 'quillfeather' });
    expect(findCanaries(bytesLeftIn(folder), secrets)).toEqual([]);
  });
});

describe('on Telegram', () => {
  it('albums leave no caption, and nobody’s number', async () => {
    const city = await openTelegramCity();
    stop = city.close;
    const ana = user(7_000_931_337, { first_name: 'Zoraida', username: 'zoraida_canary' });
    city.meet(ana);
    await city.ask(ana, '/start');
    await city.ask(ana, 'OK');
    for (const at of [1, 2]) {
      const caption = at === 1 ? { caption: 'quillfeather umbrage' } : {};
      city.telegram.addFile(`album-${at}`, await twoColours(40, 30).jpeg().toBuffer());
      await city.deliver(sends(ana, photo(`album-${at}`, { media_group_id: 'a1', ...caption })));
    }
    await city.deliver(says(ana, 'TAREAS'));
    await city.settle();
    const secrets = named({
      id: '7000931337',
      name: 'zoraida_canary',
      caption: 'quillfeather umbrage',
    });
    expect(findCanaries(bytesLeftIn(city.folder), secrets)).toEqual([]);
  });
});

describe('by SMS', () => {
  it('words are gone once they are done, and no number is there', async () => {
    const { city, clock } = await openBluesky();
    const number = '+15105559371';
    for (const text of ['quillfeather, hello', 'OK', 'JOIN 1', 'DONE 1 umbrage', 'NO', 'ormolu']) {
      await city.receive({ sender: number, text });
      await city.idle();
      clock.time += MINUTE_MS;
    }
    const people = named({ number });
    expect(findCanaries(bytesIn(city.folder), people)).toEqual([]);
    const words = named({ first: 'quillfeather', evidence: 'umbrage', other: 'ormolu' });
    expect(findCanaries(bytesLeftIn(city.folder), [...people, ...words])).toEqual([]);
  });
});
