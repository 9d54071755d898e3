/** What became of texts that Twilio took over. Its reports come twice, late and in any order. */
import { SECOND_MS } from '../../lib/clock.ts';
import type { ChannelDesk } from '../channel.ts';
import { meaningOf } from './errors.ts';

export type Statuses = {
  /** One report; `code` is Twilio's error code. */
  readonly hear: (sid: string, status: string, code: number | undefined) => Promise<void>;
  /** Tells again what came before its message was known. */
  readonly again: () => Promise<void>;
};

const DELIVERED = new Set(['delivered', 'read']);
const FAILED = new Set(['undelivered', 'failed']);
/** A report can overtake the answer to the request that it is about, though not by much. */
const EARLY_MAX = 1000;
const EARLY_MS_MAX = 60 * SECOND_MS;

type Heard = {
  readonly state: 'delivered' | 'failed';
  readonly code: number | undefined;
  readonly at: number;
};

export function createStatuses(options: {
  readonly desk: Pick<ChannelDesk, 'report'>;
  readonly now: () => number;
  /** What the operator should know of a text that was not delivered. */
  readonly problem: (sentence: string) => void;
}): Statuses {
  const { desk, now } = options;
  /** What is lost of it in a crash the sweep finds in Twilio's list. */
  const early = new Map<string, Heard>();

  const report = (sid: string, { state, code }: Heard): Promise<boolean> => {
    if (state === 'delivered' || code === undefined) return desk.report('sms', sid, state);
    const { kind, says } = meaningOf(code);
    if (kind === 'misconfigured') options.problem(says);
    const why = kind === 'stopped' || kind === 'unreachable' || kind === 'retry' ? kind : undefined;
    return desk.report('sms', sid, state, why);
  };

  return {
    hear: async (sid, status, code) => {
      const isDelivered = DELIVERED.has(status);
      if (!isDelivered && !FAILED.has(status)) return;
      const heard: Heard = { state: isDelivered ? 'delivered' : 'failed', code, at: now() };
      if (await report(sid, heard)) return;
      if (early.size < EARLY_MAX) early.set(sid, heard);
    },
    again: async () => {
      for (const [sid, heard] of early) {
        const isKnown = await report(sid, heard);
        if (isKnown || now() - heard.at > EARLY_MS_MAX) early.delete(sid);
      }
    },
  };
}
