/** SMS: its signed webhook, a steady load, and a burst that a town might send. */
import type { Amounts } from '../amounts.ts';
import { benchSmsLatency } from '../latency.ts';
import { percent, print, whole } from '../print.ts';
import { benchSmsBurst, benchSmsLoad, benchSmsWebhook } from '../sms.ts';
import type { Section } from './section.ts';

/** `balancesPerSecond`: of the sandbox, over HTTP. */
export async function showSms(amounts: Amounts, balancesPerSecond: number): Promise<Section> {
  const webhook = await benchSmsWebhook(amounts);
  print(
    `l  SMS's signed webhook to committed replies ${whole(webhook.repliesPerSecond).padStart(9)} replies/s   p99 ${webhook.p99Ms} ms   ${webhook.failures} failed   peak ${whole(webhook.peakMegabytes)} MB`,
  );
  const latency = await benchSmsLatency({
    perSecond: webhook.repliesPerSecond / 10,
    seconds: amounts.latencySeconds,
  });
  print(
    `u  SMS at a tenth of that, ${latency.perSecond.toFixed(1)} texts/s for ${amounts.latencySeconds} s: ${whole(latency.replies)} committed replies after p50 ${latency.p50Ms.toFixed(1)} ms   p99 ${latency.p99Ms.toFixed(1)} ms (a commit alone: ${latency.commitMs.toFixed(1)} ms)   ${latency.failures} failed`,
  );
  const load = await benchSmsLoad(amounts.load);
  print(
    `m  SMS at ${amounts.load.perSecond} texts/s for ${amounts.load.seconds} s: ${whole(load.texts)} answered 200   p50 ${load.p50Ms} ms   p99 ${load.p99Ms} ms   ${load.failures} failed   ${whole(load.megabytesFirst)} MB in the first third, ${whole(load.megabytesLast)} MB in the last`,
  );
  const { people, seconds } = amounts.burst;
  const burst = await benchSmsBurst(amounts.burst);
  print(
    `n  a burst of ${whole(burst.texts)} texts in ${seconds} s: ${whole(burst.acknowledged)} acknowledged, ${whole(burst.answered)} answered; with ${whole(people)} announcements all sent in ${burst.seconds.toFixed(1)} s (the rate alone: ${burst.leastSeconds.toFixed(1)} s)`,
  );
  return {
    aims: [
      `l is ${percent(webhook.repliesPerSecond, balancesPerSecond)} of c (aim: 75 %)`,
      `u: p99 is ${latency.p99Ms.toFixed(1)} ms from the webhook to the committed reply (aim: at most 25)`,
      `m: the last third holds ${percent(load.megabytesLast, load.megabytesFirst)} of the first (aim: under 110 %)`,
      `n: ${whole(burst.texts - burst.acknowledged)} lost (aim: 0)`,
      `n: ${percent(burst.announcedBefore, people)} of the announcements before the last answer`,
    ],
    failures: webhook.failures + latency.failures + load.failures,
  };
}
