/** SMS: signed webhooks to committed replies, a steady load, and a burst that a town might send. */
import autocannon from 'autocannon';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { failuresOf, startApi, startCity } from './channel.ts';
import { BENCH_PHONE, textersNumber } from './city.ts';

const PATH = '/webhooks/twilio/message';
/** What a registered campaign may send, more or less. */
const SENT_PER_SECOND = 10;
const BETWEEN_SAMPLES_MS = 5000;

export type SmsWebhookFigures = {
  /** From the first request until the last reply was committed. */
  readonly repliesPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
  /** What a reply takes of a processor (µs), whatever else the machine does. */
  readonly processorUs: number;
  readonly peakMegabytes: number;
};

export type SmsLoadFigures = {
  readonly texts: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
  /** What the process held in the first and in the last third of the load. */
  readonly megabytesFirst: number;
  readonly megabytesLast: number;
};

export type SmsBurstFigures = {
  readonly texts: number;
  readonly acknowledged: number;
  readonly answered: number;
  /** Announcements that went out before the last answer did. */
  readonly announcedBefore: number;
  /** Until everything was sent, and what the rate alone takes. */
  readonly seconds: number;
  readonly leastSeconds: number;
};

/** Takes whatever is sent, and tells of it. */
export function startTwilio(sent: (body: string) => void) {
  let last = 0;
  return startApi(({ method }, form) => {
    if (method !== 'POST') {
      const body = { sid: BENCH_PHONE.accountSid, messages: [], next_page_uri: null };
      return { status: 200, body };
    }
    const body = new URLSearchParams(form).get('Body') ?? '';
    last += 1;
    const sid = `SM${last.toString(16).padStart(32, 'f')}`;
    return { status: 201, body: { sid, body, status: 'queued' }, answered: () => sent(body) };
  });
}

export const startSmsCity = (facts: {
  readonly api: string;
  readonly people: number;
  readonly perSecond: number;
  readonly tree?: URL | undefined;
}) => startCity({ program: 'bench/sms-city.ts', path: PATH, ...facts });

let lastText = 0;

/** A text of its own each time, signed, from the people in turn. */
export function nextText(people: number) {
  lastText += 1;
  const form = {
    ToCountry: 'US',
    MessageSid: `SM${lastText.toString(16).padStart(32, '0')}`,
    AccountSid: BENCH_PHONE.accountSid,
    From: textersNumber(lastText % people),
    To: BENCH_PHONE.number,
    Body: 'BALANCE',
    NumMedia: '0',
    NumSegments: '1',
    ApiVersion: '2010-04-01',
  };
  const url = `${BENCH_PHONE.publicUrl}${PATH}`;
  const signature = getExpectedTwilioSignature(BENCH_PHONE.authToken, url, form);
  return {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature,
    },
    body: new URLSearchParams(form).toString(),
  };
}

const textsFrom = (people: number): autocannon.Request[] => [
  { method: 'POST', setupRequest: (request) => ({ ...request, ...nextText(people) }) },
];

export async function benchSmsWebhook(options: {
  readonly seconds: number;
  readonly connections: number;
  /** The version that is measured; this one where it is left out. */
  readonly tree?: URL;
}): Promise<SmsWebhookFigures> {
  const { connections, seconds, tree } = options;
  const api = await startTwilio(() => {});
  const city = await startSmsCity({
    ...{ api: api.url, people: connections, perSecond: SENT_PER_SECOND, tree },
  });
  const requests = textsFrom(connections);
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
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failures: failuresOf(result),
    processorUs,
    peakMegabytes,
  };
}

/** So many texts a second, all of them answered at once, and what the process holds meanwhile. */
export async function benchSmsLoad(options: {
  readonly seconds: number;
  readonly perSecond: number;
}): Promise<SmsLoadFigures> {
  const { seconds, perSecond } = options;
  const people = 2000;
  const api = await startTwilio(() => {});
  const city = await startSmsCity({ api: api.url, people, perSecond: 2 * perSecond });
  const load = { url: city.url, connections: 20, overallRate: perSecond };
  const requests = textsFrom(people);
  await autocannon({ ...load, requests, duration: 2 });
  const held: number[] = [await city.megabytes()];
  let sampling = Promise.resolve();
  const timer = setInterval(() => {
    sampling = sampling.then(async () => {
      held.push(await city.megabytes());
    });
  }, BETWEEN_SAMPLES_MS);
  const result = await autocannon({ ...load, requests, duration: seconds });
  clearInterval(timer);
  await sampling;
  held.push(await city.megabytes());
  await city.end();
  api.close();
  const third = Math.ceil(held.length / 3);
  return {
    texts: result['2xx'],
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failures: failuresOf(result),
    megabytesFirst: Math.max(...held.slice(0, third)),
    megabytesLast: Math.max(...held.slice(-third)),
  };
}

/** Many texts in a short time, while an announcement to everybody waits as well. */
export async function benchSmsBurst(options: {
  readonly texts: number;
  readonly seconds: number;
  readonly people: number;
  /** What the city's number may send a second. */
  readonly perSecond: number;
}): Promise<SmsBurstFigures> {
  const { texts, people, perSecond } = options;
  let answered = 0;
  let announced = 0;
  let announcedBefore = 0;
  const all = Promise.withResolvers<void>();
  const api = await startTwilio((body) => {
    if (body.startsWith(BENCH_PHONE.announcement.slice(0, 20))) announced += 1;
    else {
      answered += 1;
      announcedBefore = announced;
    }
    if (answered === texts && announced === people) all.resolve();
  });
  const city = await startSmsCity({ api: api.url, people, perSecond });
  const startedAt = performance.now();
  const burst = autocannon({
    url: city.url,
    connections: 20,
    amount: texts,
    overallRate: Math.ceil(texts / options.seconds),
    requests: textsFrom(people),
  });
  city.announce();
  const result = await burst;
  await all.promise;
  const seconds = (performance.now() - startedAt) / 1000;
  await city.end();
  api.close();
  return {
    texts,
    acknowledged: result['2xx'],
    answered,
    announcedBefore,
    seconds,
    leastSeconds: (texts + people) / perSecond,
  };
}
