/** Bluesky: notifications, the answers after a downtime, and what it costs to wait. */
import type { Amounts } from '../amounts.ts';
import type { BlueskyFigures } from '../bluesky.ts';
import { print, whole } from '../print.ts';
import { figuresOf } from '../programs.ts';
import type { Section } from './section.ts';

export async function showBluesky({ mentions, seconds, waiting }: Amounts): Promise<Section> {
  const bluesky = await figuresOf<BlueskyFigures>('bench/bluesky.ts', [mentions, seconds, waiting]);
  const idle = `${bluesky.idleCpuPercent.toFixed(2)} %`;
  print(
    `o  Bluesky's notifications to committed replies ${whole(bluesky.repliesPerSecond).padStart(6)} replies/s (${whole(bluesky.messages)})   idle ${idle} of a core   peak ${whole(bluesky.peakMegabytes)} MB`,
  );
  print(
    `p  ${whole(bluesky.waiting)} who waited on Bluesky: the last answer after ${bluesky.lastAnswerSeconds.toFixed(1)} s (the posts alone: ${bluesky.leastSeconds.toFixed(1)} s)`,
  );
  return { aims: [`o waits at ${idle} of a core (aim: under 1 %)`] };
}
