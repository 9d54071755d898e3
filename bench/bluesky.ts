/**
 * Bluesky, in a process of its own: notifications to committed replies, the answers after a downtime
 * against what the same posts cost by themselves, and what it costs to wait. Its parent tells how many
 * notifications, and for how many seconds it waits.
 */
import { createSession, type Session } from '../src/account/session.ts';
import { createBlueskyChannel } from '../src/channels/bluesky/channel.ts';
import type { Channel } from '../src/channels/channel.ts';
import { capabilitiesOf } from '../src/city/capabilities.ts';
import { isoTime, SECOND_MS, systemClock } from '../src/lib/clock.ts';
import { systemRandom } from '../src/lib/random.ts';
import { startLocalNetwork } from '../src/sandbox/network.ts';
import { newPerson } from '../test/support/city.ts';
import { testCity } from '../test/support/test-city.ts';
import { BENCH_CITY } from './city.ts';

export type BlueskyFigures = {
  readonly messages: number;
  readonly repliesPerSecond: number;
  readonly waiting: number;
  /** From the start until the last of those who waited had its answer. */
  readonly lastAnswerSeconds: number;
  /** The same number of posts, written one after the other with nothing around them. */
  readonly leastSeconds: number;
  readonly idleCpuPercent: number;
  readonly peakMegabytes: number;
};

const PEOPLE = 500;
const WAITING = 500;
const POLL_SECONDS = 5;
const PAGE = 100;
const DID = 'did:plc:benchville234567abcdefgh';

const personDid = (at: number): string => `did:plc:resident${String(at).padStart(16, 'a')}`;
const failed = (error: unknown) => process.stderr.write(`${String(error)}\n`);

/** Mentions by many people, newest first, as pages of notifications. */
function notifications(count: number, city: string, from: number): readonly object[] {
  const text = '@benchville.test TASKS';
  return Array.from({ length: count }, (_, at) => {
    const did = personDid(at % PEOPLE);
    const indexedAt = isoTime(systemClock.now() - (from + at));
    return {
      uri: `at://${did}/app.bsky.feed.post/3bench${from + at}`,
      cid: 'bafyreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy',
      author: { did, handle: 'handle.invalid' },
      reason: 'mention',
      record: {
        $type: 'app.bsky.feed.post',
        text,
        facets: [
          {
            index: { byteStart: 0, byteEnd: 16 },
            features: [{ $type: 'app.bsky.richtext.facet#mention', did: city }],
          },
        ],
        createdAt: indexedAt,
      },
      isRead: false,
      indexedAt,
    };
  });
}

/** What a network says to whom nothing else is said, and its notifications. */
function canned(shown: readonly object[], path: string): unknown {
  const url = new URL(path, 'http://localhost');
  const method = url.pathname.split('.').at(-1);
  const at = Number(url.searchParams.get('cursor') ?? 0);
  const more = at + PAGE < shown.length ? { cursor: String(at + PAGE) } : {};
  if (method === 'listNotifications') return { notifications: shown.slice(at, at + PAGE), ...more };
  if (method === 'getLog') return { logs: [], cursor: '1' };
  return method === 'listConvos' ? { convos: [] } : undefined;
}

/** A city whose people agreed to messages; `sent` is called after each of its answers. */
async function openCity(options: {
  readonly did: string;
  readonly session: Session;
  readonly isSilent: boolean;
  readonly processed: (count: number) => void;
  readonly sent: () => void;
}) {
  const city = testCity({
    ...{ city: BENCH_CITY, did: options.did, clock: systemClock, random: systemRandom, failed },
    observe: (step, { count }) => {
      if (step === 'messages.processed') options.processed(count);
    },
    channels: (base) => {
      const channel = createBlueskyChannel({
        ...capabilitiesOf(base, 'bluesky'),
        settings: {
          service: 'http://localhost',
          identifier: 'benchville.test',
          password: '',
          chatDid: 'did:web:chat.invalid',
          pollSeconds: POLL_SECONDS,
          plcUrl: 'http://localhost',
          publicUrl: undefined,
          operator: BENCH_CITY.operator,
          contact: BENCH_CITY.contact,
        },
        session: options.session,
        clock: systemClock,
      });
      const send: Channel['send'] = async (delivery) => {
        const outcome = options.isSilent
          ? ({ ok: true, providerId: null } as const)
          : await channel.send(delivery);
        if (outcome.ok) options.sent();
        else failed(outcome.error.detail);
        return outcome;
      };
      return [{ ...channel, send }];
    },
  });
  city.run((context) => {
    for (let at = 0; at < PEOPLE; at += 1) newPerson(context, personDid(at), 'bluesky');
  });
  return city;
}

/** Counts up to a number, and tells when it is reached. */
function countTo(wanted: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  let counted = 0;
  const add = (count = 1) => {
    counted += count;
    if (counted >= wanted) resolve();
  };
  return { add, reached: promise };
}

/** The network apart: answers come at once, and sending costs nothing. */
async function measureReplies(count: number, idleSeconds: number) {
  const shown = notifications(count, DID, 0);
  const pages = new Map<string, string>();
  const session: Session = {
    signIn: async () => ({ kind: 'ok', value: DID }),
    request: async (path) => {
      const body = pages.get(path) ?? JSON.stringify(canned(shown, path) ?? { error: 'None' });
      pages.set(path, body);
      const status = canned(shown, path) === undefined ? 501 : 200;
      return new Response(body, { status, headers: { 'content-type': 'application/json' } });
    },
  };
  const processed = countTo(count);
  const city = await openCity({
    did: DID,
    session,
    isSilent: true,
    processed: processed.add,
    sent: () => undefined,
  });
  const startedAt = performance.now();
  await city.start();
  await processed.reached;
  const seconds = (performance.now() - startedAt) / SECOND_MS;
  // What is sent of it is sent before the waiting is measured.
  await new Promise((resolve) => setTimeout(resolve, POLL_SECONDS * SECOND_MS));
  const before = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, idleSeconds * SECOND_MS));
  const { user, system } = process.cpuUsage(before);
  await city.stop();
  return {
    repliesPerSecond: count / seconds,
    idleCpuPercent: (user + system) / 10_000 / idleSeconds,
  };
}

/** After a downtime, on a real PDS: only what an AppView says is made up. */
async function measureWaiting(count: number) {
  const network = await startLocalNetwork('benchville.test');
  let kept: string | undefined;
  const real = createSession({
    service: network.pds,
    identifier: network.handle,
    password: network.password,
    keeper: {
      load: () => kept,
      save: (now) => {
        kept = now;
      },
    },
    clock: systemClock,
  });
  const shown = notifications(count, network.did, 0);
  const session: Session = {
    ...real,
    request: async (path, init) => {
      const answer = canned(shown, path);
      return answer === undefined ? real.request(path, init) : Response.json(answer);
    },
  };
  await real.signIn();
  const plainFrom = performance.now();
  for (let at = 0; at < count; at += 1) {
    const record = {
      $type: 'app.bsky.feed.post',
      text: `Nothing around it ${at}`,
      createdAt: isoTime(systemClock.now()),
    };
    await real.request('/xrpc/com.atproto.repo.createRecord', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ repo: network.did, collection: 'app.bsky.feed.post', record }),
    });
  }
  const leastSeconds = (performance.now() - plainFrom) / SECOND_MS;
  const sent = countTo(count);
  const city = await openCity({
    did: network.did,
    session,
    isSilent: false,
    processed: () => undefined,
    sent: sent.add,
  });
  const startedAt = performance.now();
  await city.start();
  await sent.reached;
  const lastAnswerSeconds = (performance.now() - startedAt) / SECOND_MS;
  await city.stop();
  await network.close();
  return { waiting: count, lastAnswerSeconds, leastSeconds };
}

const [count = '5000', idleSeconds = '10', waiting = String(WAITING)] = process.argv.slice(2);
const figures: BlueskyFigures = {
  messages: Number(count),
  ...(await measureReplies(Number(count), Number(idleSeconds))),
  ...(await measureWaiting(Number(waiting))),
  peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
};
if (process.send === undefined) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
else process.send(figures, () => process.disconnect());
