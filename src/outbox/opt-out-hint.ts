/** The way out, in texts that nobody asked for: once a month at least (channels.md, SMS). */
import type { Reply } from '../conversation/message.ts';
import type { Voice } from '../conversation/speech.ts';
import { DAY_MS } from '../lib/clock.ts';
import { gsm7Segments, toGsm7 } from '../lib/gsm7.ts';

const MONTH_MS = 30 * DAY_MS;

type Address = { readonly channel: string; readonly wayOutAt: number | null };

/** Has an address not been told the way out for a month? Only SMS carriers ask for it. */
export const needsWayOut = ({ channel, wayOutAt }: Address, now: number): boolean =>
  channel === 'sms' && (wayOutAt === null || wayOutAt <= now - MONTH_MS);

const segments = (text: string): number => gsm7Segments(toGsm7(text)) ?? Number.POSITIVE_INFINITY;

/** The reply with the way out; in few words where more would cost another segment. */
export function withWayOut(reply: Reply, voice: Voice): Reply {
  const [full, short] = [voice.say('way-out.full'), voice.say('way-out.short')].map(
    (words) => `${reply.text}\n${words}`,
  ) as [string, string];
  return { ...reply, text: segments(full) > segments(reply.text) ? short : full };
}
