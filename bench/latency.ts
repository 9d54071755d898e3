/** How long a reply takes when a city is not busy: from the webhook until it is committed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openStore } from '../src/store/open-node.ts';
import { repeatableRandom } from '../test/support/city.ts';
import { monotonicMs, SENT_AT } from './channel.ts';
import { median, percentile } from './ratios.ts';
import { nextText, startSmsCity, startTwilio } from './sms.ts';

/** Each writes seldom, as in a town. */
const PEOPLE = 2000;
/** What is answered is sent at once, so that this is part of what is measured. */
const SENT_PER_SECOND = 1000;
/** The first ones are slower everywhere. */
const WARM_UP_SECONDS = 2;
const COMMITS = 200;

export type LatencyFigures = {
  readonly perSecond: number;
  readonly replies: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of one commit alone on this disk, the median; the way of a message has several. */
  readonly commitMs: number;
  readonly failures: number;
};

/** `perSecond` texts on average, at times that have nothing to do with one another. */
export async function benchSmsLatency(options: {
  readonly perSecond: number;
  readonly seconds: number;
}): Promise<LatencyFigures> {
  const { perSecond, seconds } = options;
  const api = await startTwilio(() => {});
  const city = await startSmsCity({ api: api.url, people: PEOPLE, perSecond: SENT_PER_SECOND });
  const write = createWriter(city.url, perSecond);
  await write(WARM_UP_SECONDS);
  await city.settled();
  await city.latenciesMs();
  const failures = await write(seconds);
  await city.settled();
  const latenciesMs = await city.latenciesMs();
  await city.end();
  api.close();
  return {
    ...{ perSecond, failures, replies: latenciesMs.length, commitMs: measureCommit() },
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
  };
}

function measureCommit(): number {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-bench-'));
  const { store, close } = openStore(join(folder, 'city.db'));
  const timesMs = Array.from({ length: COMMITS }, (_, at) => {
    const startedAt = monotonicMs();
    store.transact((tx) => tx.cursors.put(`commit ${at}`, 'a few words'));
    return monotonicMs() - startedAt;
  });
  close();
  rmSync(folder, { recursive: true, force: true });
  return median(timesMs);
}

/** Writes texts for so many seconds; how many were not answered 200. */
function createWriter(url: string, perSecond: number): (seconds: number) => Promise<number> {
  const random = repeatableRandom();
  const pauseMs = (): number => {
    const share = (new DataView(random.bytes(4).buffer).getUint32(0) + 1) / 2 ** 32;
    return (-Math.log(share) * 1000) / perSecond;
  };
  const writeOne = async (): Promise<boolean> => {
    const { headers, body } = nextText(PEOPLE);
    const sent = { ...headers, [SENT_AT]: String(monotonicMs()) };
    const answer = await fetch(url, { method: 'POST', headers: sent, body });
    await answer.arrayBuffer();
    return answer.status === 200;
  };
  return async (seconds) => {
    const answers: Promise<boolean>[] = [];
    const startedAt = monotonicMs();
    for (let dueMs = pauseMs(); dueMs < seconds * 1000; dueMs += pauseMs()) {
      const earlyMs = startedAt + dueMs - monotonicMs();
      if (earlyMs > 0) await wait(earlyMs);
      answers.push(writeOne().catch(() => false));
    }
    return (await Promise.all(answers)).filter((isAnswered) => !isAnswered).length;
  };
}
