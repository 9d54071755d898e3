/** Telegram: updates through the webhook to committed replies, and an announcement to everybody. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { BENCH_BOT } from './city.ts';
import type { TelegramBenchNews, TelegramBenchOrder } from './telegram-city.ts';

const PROGRAM = fileURLToPath(new URL('telegram-city.ts', import.meta.url));
const ASK_EVERY_MS = 250;
/** Each asks every two seconds: one message a second is all that a person may get. */
const ASKERS = 8;

export type WebhookFigures = {
  /** From the first request until the last reply was committed. */
  readonly repliesPerSecond: number;
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  readonly failures: number;
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
async function startApi(sent: (chat: number) => void) {
  let last = 0;
  const server = createServer((request, response) => {
    json(request).then(
      (body) => {
        const { chat_id: chat = 0 } = body as { chat_id?: number };
        const method = request.url?.split('/').at(-1) ?? '';
        last += 1;
        const message = {
          message_id: last,
          date: 1,
          chat: { id: chat, type: 'private' },
          text: 'x',
        };
        const me = { id: 7000000001, is_bot: true, first_name: 'Bench', username: 'BenchBot' };
        const result = method === 'getMe' ? me : method === 'sendMessage' ? message : true;
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ ok: true, result }));
        if (method === 'sendMessage') sent(chat);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const newsOf = async (child: ChildProcess): Promise<TelegramBenchNews> =>
  (await once(child, 'message'))[0] as TelegramBenchNews;

async function startCity(api: string, people: number, perSecond: number) {
  const child = fork(PROGRAM, [api, String(people), String(perSecond)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const first = await newsOf(child);
  if (!('port' in first)) throw new Error('The city did not tell its port.');
  const order = (what: TelegramBenchOrder) => child.send(what);
  return {
    url: `http://localhost:${first.port}/webhooks/telegram`,
    order,
    news: () => newsOf(child),
    end: async (): Promise<number> => {
      order('end');
      const last = await newsOf(child);
      await once(child, 'exit');
      return 'peakBytes' in last ? last.peakBytes / 1e6 : Number.NaN;
    },
  };
}

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
}): Promise<WebhookFigures> {
  const { connections, seconds } = options;
  const api = await startApi(() => {});
  const city = await startCity(api.url, connections, 30);
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
  const settled = async (): Promise<number> => {
    city.order('settle');
    const news = await city.news();
    return 'processed' in news ? news.processed : Number.NaN;
  };
  await run(1);
  const before = await settled();
  const startedAt = performance.now();
  const result = await run(seconds);
  const replies = (await settled()) - before;
  const tookSeconds = (performance.now() - startedAt) / 1000;
  const peakMegabytes = await city.end();
  api.close();
  return {
    repliesPerSecond: replies / tookSeconds,
    requestsPerSecond: result.requests.average,
    p99Ms: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
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
  const api = await startApi((chat) => {
    const at = asked.get(chat);
    if (at !== undefined) waits.push(performance.now() - at);
    asked.delete(chat);
    if (chat >= BENCH_BOT.firstResident + people) return;
    told += 1;
    if (told === people) all.resolve();
  });
  const city = await startCity(api.url, people, perSecond);
  const startedAt = performance.now();
  city.order('announce');
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
