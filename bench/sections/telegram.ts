/** Telegram: its webhook, and an announcement to everybody. */
import type { Amounts } from '../amounts.ts';
import { percent, print, whole } from '../print.ts';
import { benchAnnouncement, benchWebhook } from '../telegram.ts';
import type { Section } from './section.ts';

/** `balancesPerSecond`: of the sandbox, over HTTP. */
export async function showTelegram(amounts: Amounts, balancesPerSecond: number): Promise<Section> {
  const webhook = await benchWebhook(amounts);
  print(
    `j  Telegram's webhook to committed replies ${whole(webhook.repliesPerSecond).padStart(11)} replies/s   p99 ${webhook.p99Ms} ms   ${webhook.failures} failed   peak ${whole(webhook.peakMegabytes)} MB`,
  );
  const told = await benchAnnouncement(amounts.told.people, amounts.told.perSecond);
  print(
    `k  an announcement to ${whole(told.people)} on Telegram, ${told.perSecond}/s: ${told.seconds.toFixed(1)} s (the rate alone: ${told.leastSeconds.toFixed(1)} s)   ${told.replies} replies meanwhile, at most ${whole(told.replyMsMax)} ms`,
  );
  return {
    aims: [
      `j is ${percent(webhook.repliesPerSecond, balancesPerSecond)} of c (aim: 75 %)`,
      `k takes ${percent(told.seconds, told.leastSeconds)} of what the rate alone takes`,
      `k: replies after at most ${whole(told.replyMsMax)} ms (aim: under 1,000)`,
    ],
    failures: webhook.failures,
  };
}
