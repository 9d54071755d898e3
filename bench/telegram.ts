/** Telegram: updates through the webhook to committed replies, and an announcement to everybody. */
import autocannon from 'autocannon';
import { failuresOf, startApi, startCity } from './channel.ts';
import { BENCH_BOT } from './city.ts';

/** What Telegram takes from a bot. */
const SENT_PER_SECOND = 30;
const ASK_EVERY_MS = 250;
/** Each asks every two seconds: one message a second is all that a person may get. */
const ASKERS = 8;

export type WebhookFigures = {
  /** From the first request until the last reply was committed. */
  readonly repliesPerSecond: number;
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  readonly failures: number;
  /** What a reply takes of a processor (µs), whatever else the machine does. */
  readonly processorUs: number;
  readonly peakMegabytes: number;
};

export type AnnouncementFigures = {
  readonly people: number;
  readonly perSecond: number;
  readonly seconds: number;
  /** What the rate alone takes, with the replies. */
  readonly leastSeconds: number;
  /** From a resident's message until Telegram had the answer. */
  readonly replyMsMax: number;
  readonly replies: number;
};

/** Takes whatever is sent, and tells of it. */
function startBotApi(sent: (chat: number) => void) {
  let last = 0;
  return startApi(({ url }, received) => {
    const { chat_id: chat = 0 } = JSON.parse(received || '{}') as { chat_id?: number };
    const method = url?.split('/').at(-1) ?? '';
    last += 1;
    const message = { message_id: last, date: 1, chat: { id: chat, type: 'private' }, text: 'x' };
    const me = { id: 7000000001, is_bot: true, first_name: 'Bench', username: 'BenchBot' };
    const result = method === 'getMe' ? me : method === 'sendMessage' ? message : true;
    return {
      status: 200,
      body: { ok: true, result },
      ...(method === 'sendMessage' ? { answered: () => sent(chat) } : {}),
    };
  });
}

const startTelegramCity = (facts: {
  readonly api: string;
  readonly people: number;
  readonly perSecond: number;
  readonly tree?: URL | undefined;
}) => startCity({ program: 'bench/telegram-city.ts', path: '/webhooks/telegram', ...facts });

const HEADERS = {
  'content-type': 'application/json',
  'x-telegram-bot-api-secret-token': BENCH_BOT.secret,
};
let lastUpdate = 0;

/** Each update is a message of its own. */
function balanceOf(resident: number): string {
  lastUpdate += 1;
  const from = { id: BENCH_BOT.firstResident + resident, is_bot: false, first_name: 'A' };
  const chat = { id: from.id, type: 'private', first_name: 'A' };
  const message = { message_id: lastUpdate, date: 1, from, chat, text: 'BALANCE' };
  return JSON.stringify({ update_id: lastUpdate, message });
}

export async function benchWebhook(options: {
  readonly seconds: number;
  readonly connections: number;
  /** The version that is measured; this one where it is left out. */
  readonly tree?: URL;
}): Promise<WebhookFigures> {
  const { connections, seconds, tree } = options;
  const api = await startBotApi(() => {});
  const city = await startTelegramCity({
    ...{ api: api.url, people: connections, perSecond: SENT_PER_SECOND, tree },
  });
  let at = 0;
  const requests = [
    {
      method: 'POST' as const,
      headers: HEADERS,
      setupRequest: (request: autocannon.Request) => {
        at += 1;
        return { ...request, body: balanceOf(at % connections) };
      },
    },
  ];
  const run = (duration: number) => autocannon({ url: city.url, connections, duration, requests });
  await run(1);
  const before = await city.settled();
  const processorBefore = city.processorUs();
  const startedAt = performance.now();
  const result = await run(seconds);
  const replies = (await city.settled()) - before;
  const tookSeconds = (performance.now() - startedAt) / 1000;
  const processorUs = (city.processorUs() - processorBefore) / replies;
  const peakMegabytes = await city.end();
  api.close();
  return {
    repliesPerSecond: replies / tookSeconds,
    requestsPerSecond: result.requests.average,
    p99Ms: result.latency.p99,
    failures: failuresOf(result),
    processorUs,
    peakMegabytes,
  };
}

/** At ten times Telegram's rate, so that it does not take all day; what it proves is the same. */
export async function benchAnnouncement(
  people: number,
  perSecond: number,
): Promise<AnnouncementFigures> {
  const waits: number[] = [];
  /** When each of those who ask did so; they are not among those who are told. */
  const asked = new Map<number, number>();
  let told = 0;
  const all = Promise.withResolvers<void>();
  const api = await startBotApi((chat) => {
    const at = asked.get(chat);
    if (at !== undefined) waits.push(performance.now() - at);
    asked.delete(chat);
    if (chat >= BENCH_BOT.firstResident + people) return;
    told += 1;
    if (told === people) all.resolve();
  });
  const city = await startTelegramCity({ api: api.url, people, perSecond });
  const startedAt = performance.now();
  city.announce();
  let turn = 0;
  const asking = setInterval(() => {
    turn += 1;
    const asker = people + (turn % ASKERS);
    const chat = BENCH_BOT.firstResident + asker;
    if (asked.has(chat)) return;
    asked.set(chat, performance.now());
    fetch(city.url, { method: 'POST', headers: HEADERS, body: balanceOf(asker) }).catch(() => {
      asked.delete(chat);
    });
  }, ASK_EVERY_MS);
  await all.promise;
  const seconds = (performance.now() - startedAt) / 1000;
  clearInterval(asking);
  await city.end();
  api.close();
  return {
    people,
    perSecond,
    seconds,
    leastSeconds: (people + waits.length) / perSecond,
    replyMsMax: Math.round(Math.max(...waits, ...missed(asked))),
    replies: waits.length,
  };
}

/** Who still waits has waited that long at least. */
const missed = (asked: ReadonlyMap<number, number>): number[] =>
  [...asked.values()].map((at) => performance.now() - at);
