// Bluesky for the contract test: the real channel over a session whose server is a few lines here. How it
// is with a real PDS is tested beside this file.

import { createBlueskyChannel } from '../../../src/channels/bluesky/channel.ts';
import { cidOfBlob } from '../../../src/lib/cid.ts';
import {
  type ChannelContract,
  type InboundCase,
  type OpenChannel,
  withPictures,
} from '../../support/channel-contract.ts';
import { clockOf } from '../../support/clock.ts';
import { memoryChannelDesk, withIngress } from '../../support/telegram-desk.ts';

const CITY = 'did:plc:testville2345abcdefghijk';
const ANA = 'did:web:ana.example';
const CID = 'bafyreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy';
const POST = 'app.bsky.feed.post';
const PICTURE = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
/** Of posts and of private messages: that of the profile ends once it is written. */
const ROUNDS = 2;

const graphemes = (text: string) =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].length;
const fits = (text: string, isPublic: boolean) =>
  graphemes(text) <= (isPublic ? 300 : 1000) &&
  Buffer.byteLength(text) <= (isPublic ? 3000 : 10_000);

type Json = Readonly<Record<string, unknown>>;
const refusal = (error: string) => Response.json({ error, message: error }, { status: 400 });

/** Notifications and the log, and what the channel writes. */
function startServer() {
  const notifications: Json[] = [];
  const logs: Json[] = [];
  const records = new Map<string, Json>();
  const messages: { readonly id: string; readonly text: string }[] = [];

  const methods: Readonly<Record<string, (query: URLSearchParams, input: Json) => Response>> = {
    listNotifications: () => Response.json({ notifications: notifications.toReversed() }),
    getLog: (query) => {
      const cursor = Number(query.get('cursor') ?? logs.length);
      return Response.json({ logs: logs.slice(cursor), cursor: String(logs.length) });
    },
    listConvos: () => Response.json({ convos: [] }),
    getConvo: (query) => {
      const convoId = query.get('convoId') ?? '';
      const kind = {
        $type: `chat.bsky.convo.defs#${convoId === 'group' ? 'groupConvo' : 'directConvo'}`,
      };
      return Response.json({ convo: convo(convoId, kind) });
    },
    getConvoForMembers: () => Response.json({ convo: convo('direct') }),
    updateRead: () => Response.json({ convo: convo('direct') }),
    sendMessage: (_, { message }) => {
      const { text = '' } = message as { text?: string };
      if (!fits(text, false)) return refusal('InvalidRequest');
      const id = `dm${messages.length}`;
      messages.push({ id, text });
      return Response.json({ id, rev: id, text, sender: { did: CITY }, sentAt: AT });
    },
    getRecord: (query) => {
      const uri = `at://${CITY}/${query.get('collection')}/${query.get('rkey')}`;
      const value = records.get(uri);
      return value === undefined
        ? refusal('RecordNotFound')
        : Response.json({ uri, cid: CID, value });
    },
    putRecord: (_, { collection, rkey, record }) => {
      const uri = `at://${CITY}/${collection}/${rkey}`;
      const { text = '' } = record as { text?: string };
      if (collection === POST && !fits(text, true)) return refusal('InvalidRecord');
      if (records.has(uri)) return refusal('InvalidSwap');
      records.set(uri, record as Json);
      return Response.json({ uri, cid: CID });
    },
  };
  return {
    notifications,
    logs,
    request: async (path: string, init?: RequestInit): Promise<Response> => {
      const url = new URL(path, 'http://localhost');
      const method = methods[url.pathname.split('.').at(-1) ?? ''];
      if (method === undefined) return Response.json({ error: 'None' }, { status: 501 });
      const body =
        init?.body instanceof Uint8Array ? Buffer.from(init.body).toString() : init?.body;
      return method(url.searchParams, typeof body === 'string' ? JSON.parse(body) : {});
    },
    posts: () =>
      [...records].flatMap(([uri, { $type, text }]) =>
        $type === POST ? [{ id: uri, text: String(text), choices: [], pictures: [] }] : [],
      ),
    messages: () => messages.map((message) => ({ ...message, choices: [], pictures: [] })),
  };
}

const AT = '2026-06-01T12:00:00.000Z';
const convo = (id: string, kind: Json = { $type: 'chat.bsky.convo.defs#directConvo' }): Json => ({
  id,
  rev: '1',
  members: [CITY, ANA].map((did) => ({ did, handle: 'handle.invalid' })),
  muted: false,
  unreadCount: 0,
  status: 'accepted',
  kind,
});

/** Pauses that end when the next round is wanted. */
function createTurns() {
  const waiting = new Set<() => void>();
  let settled = Promise.withResolvers<void>();
  return {
    wait: (_: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        waiting.add(resolve);
        signal.addEventListener('abort', () => resolve());
        if (waiting.size === ROUNDS) settled.resolve();
      }),
    settled: () => settled.promise,
    turn: () => {
      settled = Promise.withResolvers();
      const all = [...waiting];
      waiting.clear();
      for (const go of all) go();
      return settled.promise;
    },
  };
}

async function open(): Promise<OpenChannel> {
  const server = startServer();
  const turns = createTurns();
  const now = () => Date.parse(AT);
  const { capabilities, inbox, messages } = memoryChannelDesk(now);
  const twoWay = createBlueskyChannel({
    ...capabilities,
    settings: {
      service: 'https://pds.example',
      identifier: 'testville.test',
      password: '',
      chatDid: 'did:web:chat.example',
      pollSeconds: 1,
      plcUrl: 'https://plc.example',
      publicUrl: undefined,
      operator: 'The test operator',
      contact: 'test@city.example',
    },
    session: {
      signIn: async () => ({ kind: 'ok', value: CITY }),
      request: server.request,
    },
    clock: clockOf(now),
    wait: turns.wait,
    createPublicFetch: () => async (input) =>
      String(input).endsWith('/did.json')
        ? Response.json({
            id: ANA,
            service: [
              {
                id: '#atproto_pds',
                type: 'AtprotoPersonalDataServer',
                serviceEndpoint: 'https://pds.example',
              },
            ],
          })
        : new Response(PICTURE),
  });
  const channel = withIngress(twoWay, inbox);
  await channel.start();
  await turns.settled();
  return {
    channel,
    receive: async (raw) => {
      const { notification, log } = readRaw(raw);
      if (notification !== undefined) server.notifications.push(notification);
      if (log !== undefined) server.logs.push(log);
      await turns.turn();
      const id = notification?.['uri'] ?? (log?.['message'] as Json | undefined)?.['id'];
      const message = messages().find(({ externalId }) => externalId === id);
      if (message === undefined) return undefined;
      return withPictures(channel, message);
    },
    arrived: (to) => (to === null ? server.posts() : server.messages()),
    close: () => channel.stop(),
  };
}

const readRaw = (raw: string): { notification?: Json; log?: Json } =>
  raw.startsWith('{') ? JSON.parse(raw) : { notification: raw as unknown as Json };

const reference = (did: string, rkey: string) => ({ uri: `at://${did}/${POST}/${rkey}`, cid: CID });
const TASK = reference(CITY, '3task');
const mention = { $type: 'app.bsky.richtext.facet#mention', did: CITY };
const address = { index: { byteStart: 0, byteEnd: 15 }, features: [mention] };

let notified = 0;
/** A post as a notification shows it. */
function notification(record: Json, more: Json = {}): string {
  notified += 1;
  return JSON.stringify({
    notification: {
      ...reference(ANA, `3post${notified}`),
      author: { did: ANA, handle: 'handle.invalid' },
      reason: 'mention',
      record: { $type: POST, text: '', createdAt: AT, ...record },
      isRead: false,
      indexedAt: AT,
      ...more,
    },
  });
}

/** A private message as the log shows it. */
function message(text: string, convoId = 'direct', did = ANA): string {
  notified += 1;
  const id = `message${notified}`;
  return JSON.stringify({
    log: {
      $type: 'chat.bsky.convo.defs#logCreateMessage',
      rev: id,
      convoId,
      message: {
        $type: 'chat.bsky.convo.defs#messageView',
        ...{ id, rev: id, text, sender: { did }, sentAt: AT },
      },
    },
  });
}

const inPublic = { sender: ANA, text: '', replyTo: null, isPublic: true, pictures: [] };
const image = {
  $type: 'blob',
  ref: { $link: cidOfBlob(PICTURE) },
  mimeType: 'image/jpeg',
  size: PICTURE.length,
};

const inbound: readonly InboundCase[] = [
  {
    title: 'a private message',
    raw: message('JOIN 1'),
    means: { ...inPublic, text: 'JOIN 1', isPublic: false },
  },
  {
    title: 'words of other scripts',
    raw: message('¿Qué hay? 👩🏽‍🚒 مرحبا'),
    means: { ...inPublic, text: '¿Qué hay? 👩🏽‍🚒 مرحبا', isPublic: false },
  },
  {
    title: 'a mention',
    raw: notification({ text: '@testville.test tareas', facets: [address] }),
    means: { ...inPublic, text: 'tareas' },
  },
  {
    title: 'a reply to a task, with a picture',
    raw: notification(
      {
        text: 'LISTO',
        reply: { root: TASK, parent: TASK },
        embed: { $type: 'app.bsky.embed.images', images: [{ image, alt: '' }] },
      },
      { reason: 'reply' },
    ),
    means: { ...inPublic, text: 'LISTO', replyTo: TASK.uri, pictures: [PICTURE] },
  },
  { title: 'a group', raw: message('JOIN 1', 'group'), means: undefined },
  {
    title: 'what we said ourselves',
    raw: message('You are in.', 'direct', CITY),
    means: undefined,
  },
  { title: 'no notification', raw: 'JOIN 1', means: undefined },
  {
    title: 'what people say to one another',
    raw: notification(
      { text: 'see you', reply: { root: TASK, parent: reference('did:web:ben.example', '3ben') } },
      { reason: 'reply' },
    ),
    means: undefined,
  },
  {
    title: 'another bot',
    raw: notification(
      { text: '@testville.test tareas', facets: [address] },
      { author: { did: ANA, handle: 'handle.invalid', labels: [{ src: ANA, val: 'bot' }] } },
    ),
    means: undefined,
  },
];

export const blueskyContract: ChannelContract = {
  title: 'Bluesky',
  open,
  inbound,
  hasOwnIds: true,
  hasWordsOnly: true,
  address: ANA,
  spell: (text) => text,
  fits,
  letters: { toOne: 1000, toAll: 300 },
};
