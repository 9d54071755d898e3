/** SMS: signed webhooks to committed replies, a steady load, and a burst with an announcement. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { BENCH_SMS, residentNumber } from './city.ts';
import type { SmsBenchNews, SmsBenchOrder } from './sms-city.ts';

const PROGRAM = fileURLToPath(new URL('sms-city.ts', import.meta.url));
const PATH = '/webhooks/twilio/message';
const API = `/2010-04-01/Accounts/${BENCH_SMS.accountSid}`;
const STEADY_PEOPLE = 1000;
const STEADY_CONNECTIONS = 16;
/** Twilio posts over many connections; each is to post as many texts as the others. */
const BURST_CONNECTIONS = 50;
/** How the memory is looked at while the load goes on. */
const LOOKS = 10;

export type SmsWebhookFigures = {
  /** From the first request until the last reply was committed. */
  readonly repliesPerSecond: number;
  readonly p99Ms: number;
  readonly failures: number;
  readonly peakMegabytes: number;
};

export type SmsSteadyFigures = {
  readonly perSecond: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
  /** What is in use and no garbage, after a tenth of the time and at the end. */
  readonly megabytesEarly: number;
  readonly megabytesLate: number;
  readonly residentMegabytes: number;
};

export type SmsBurstFigures = {
  readonly texts: number;
  readonly seconds: number;
  readonly acknowledged: number;
  /** Answers that Twilio has in the end. */
  readonly answered: number;
  readonly replyMsMax: number;
  readonly announced: number;
  readonly drainedSeconds: number;
};

/** Takes whatever is sent, and tells of it. */
async function startApi(sent: (to: string, body: string) => void) {
  let last = 0;
  const server = createServer((request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.method !== 'POST') {
      const page = { messages: [], page: 0, page_size: 1000, next_page_uri: null };
      answer(200, request.url === `${API}.json` ? { sid: BENCH_SMS.accountSid } : page);
      return;
    }
    text(request).then(
      (form) => {
        const fields = new URLSearchParams(form);
        last += 1;
        const sid = `SM${last.toString(16).padStart(32, '0')}`;
        answer(201, { sid, status: 'queued', direction: 'outbound-api', num_segments: '1' });
        sent(fields.get('To') ?? '', fields.get('Body') ?? '');
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

/** In MB. */
type Memory = { readonly used: number; readonly resident: number };

const newsOf = async (child: ChildProcess): Promise<SmsBenchNews> =>
  (await once(child, 'message'))[0] as SmsBenchNews;

async function startCity(api: string, people: number, perSecond: number) {
  const child = fork(PROGRAM, [api, String(people), String(perSecond)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--expose-gc'],
  });
  const first = await newsOf(child);
  if (!('port' in first)) throw new Error('The city did not tell its port.');
  const ask = async (order: SmsBenchOrder): Promise<SmsBenchNews> => {
    child.send(order);
    return newsOf(child);
  };
  return {
    url: `http://localhost:${first.port}${PATH}`,
    announce: () => child.send('announce' satisfies SmsBenchOrder),
    /** Once all is answered: how many texts that was since the start. */
    settled: async (): Promise<number> => {
      const news = await ask('settle');
      return 'processed' in news ? news.processed : Number.NaN;
    },
    memory: async (): Promise<Memory> => {
      const news = await ask('memory');
      if (!('usedBytes' in news)) throw new Error('The city did not tell its memory.');
      return { used: news.usedBytes / 1e6, resident: news.residentBytes / 1e6 };
    },
    end: async (): Promise<number> => {
      const news = await ask('end');
      await once(child, 'exit');
      return 'peakBytes' in news ? news.peakBytes / 1e6 : Number.NaN;
    },
  };
}

let lastText = 0;

/** Each is a message of its own, from each of the people in turn. */
function balanceFrom(people: number, said: (from: string) => void = () => {}) {
  return {
    method: 'POST' as const,
    setupRequest: (request: autocannon.Request): autocannon.Request => {
      lastText += 1;
      const from = residentNumber(lastText % people);
      const form = {
        MessageSid: `SM${lastText.toString(16).padStart(32, '0')}`,
        AccountSid: BENCH_SMS.accountSid,
        From: from,
        To: BENCH_SMS.from,
        Body: 'BALANCE',
        NumMedia: '0',
        NumSegments: '1',
        ApiVersion: '2010-04-01',
      };
      said(from);
      const address = `${BENCH_SMS.publicUrl}${PATH}`;
      return {
        ...request,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-twilio-signature': getExpectedTwilioSignature(BENCH_SMS.authToken, address, form),
        },
        body: new URLSearchParams(form).toString(),
      };
    },
  };
}

const failuresOf = (result: autocannon.Result): number =>
  result.non2xx + result.errors + result.timeouts;

export async function benchSmsWebhook(options: {
  readonly seconds: number;
  readonly connections: number;
}): Promise<SmsWebhookFigures> {
  const { connections, seconds } = options;
  const api = await startApi(() => {});
  const city = await startCity(api.url, connections, 1);
  const requests = [balanceFrom(connections)];
  const run = (duration: number) => autocannon({ url: city.url, connections, duration, requests });
  await run(1);
  const before = await city.settled();
  const startedAt = performance.now();
  const result = await run(seconds);
  const replies = (await city.settled()) - before;
  const tookSeconds = (performance.now() - startedAt) / 1000;
  const peakMegabytes = await city.end();
  api.close();
  return {
    repliesPerSecond: replies / tookSeconds,
    p99Ms: result.latency.p99,
    failures: failuresOf(result),
    peakMegabytes,
  };
}

/** So many a second, answered and sent as they come: how long each waits, and what it all takes. */
export async function benchSmsSteady(
  perSecond: number,
  seconds: number,
): Promise<SmsSteadyFigures> {
  const api = await startApi(() => {});
  const city = await startCity(api.url, STEADY_PEOPLE, 2 * perSecond);
  const looks: Memory[] = [];
  const looking = setInterval(
    () => {
      city.memory().then(
        (now) => looks.push(now),
        () => undefined,
      );
    },
    (seconds * 1000) / LOOKS,
  );
  const result = await autocannon({
    url: city.url,
    connections: STEADY_CONNECTIONS,
    duration: seconds,
    overallRate: perSecond,
    requests: [balanceFrom(STEADY_PEOPLE)],
  });
  clearInterval(looking);
  await city.settled();
  await city.end();
  api.close();
  return {
    perSecond: result.requests.average,
    seconds,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failures: failuresOf(result),
    megabytesEarly: looks[0]?.used ?? Number.NaN,
    megabytesLate: looks.at(-1)?.used ?? Number.NaN,
    residentMegabytes: Math.max(...looks.map(({ resident }) => resident)),
  };
}

/** Everybody texts within `seconds` while everybody is also to be told something. */
export async function benchSmsBurst(
  texts: number,
  seconds: number,
  perSecond: number,
): Promise<SmsBurstFigures> {
  const asked = new Map<string, number>();
  const waits: number[] = [];
  let announced = 0;
  const drained = Promise.withResolvers<void>();
  const api = await startApi((to, body) => {
    if (body.startsWith('NEWS')) announced += 1;
    else waits.push(performance.now() - (asked.get(to) ?? Number.NaN));
    if (announced + waits.length === 2 * texts) drained.resolve();
  });
  const city = await startCity(api.url, texts, perSecond);
  const startedAt = performance.now();
  city.announce();
  const result = await autocannon({
    url: city.url,
    connections: BURST_CONNECTIONS,
    amount: texts,
    overallRate: Math.ceil(texts / seconds),
    requests: [balanceFrom(texts, (from) => asked.set(from, performance.now()))],
  });
  const tookSeconds = (performance.now() - startedAt) / 1000;
  await city.settled();
  const patience = setTimeout(() => drained.resolve(), (1000 * 4 * texts) / perSecond + 10_000);
  await drained.promise;
  clearTimeout(patience);
  const drainedSeconds = (performance.now() - startedAt) / 1000;
  await city.end();
  api.close();
  return {
    texts,
    seconds: tookSeconds,
    acknowledged: result['2xx'],
    answered: waits.length,
    replyMsMax: Math.round(Math.max(...waits)),
    announced,
    drainedSeconds,
  };
}
