/** Says how to opt out, in texts that nobody asked for: once a month at least (channels.md, SMS). */
import type { Reply } from '../conversation/message.ts';
import type { Voice } from '../conversation/speech.ts';
import { DAY_MS } from '../lib/clock.ts';
import { gsm7Segments, toGsm7 } from '../lib/gsm7.ts';
import type { Moment } from './deliveries.ts';

const MONTH_MS = 30 * DAY_MS;

type Address = {
  readonly identityId: number;
  readonly channel: string;
  /** When it was last told (ms). */
  readonly optOutHintAt: number | null;
};

/** Whether the next text to an address needs the hint. Only carriers of SMS ask for it. */
export const needsOptOutHint = ({ now }: Moment, { channel, optOutHintAt }: Address): boolean =>
  channel === 'sms' && (optOutHintAt === null || optOutHintAt <= now - MONTH_MS);

/** The same; from now on the hint counts as told. */
export function takeOptOutHint(at: Moment, address: Address): boolean {
  if (!needsOptOutHint(at, address)) return false;
  at.tx.identities.setOptOutHint(address.identityId, at.now);
  return true;
}

const segments = (text: string): number => gsm7Segments(toGsm7(text)) ?? Number.POSITIVE_INFINITY;

/** Adds the hint to a reply; in few words where more would cost another segment. */
export function addOptOutHint(reply: Reply, voice: Voice): Reply {
  const full = `${reply.text}\n${voice.say('way-out.full')}`;
  const isDearer = segments(full) > segments(reply.text);
  return { ...reply, text: isDearer ? `${reply.text}\n${voice.say('way-out.short')}` : full };
}
