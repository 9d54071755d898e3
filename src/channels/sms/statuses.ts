/** Reports what became of texts that Twilio took over: it tells twice, late and in any order. */
import { type Clock, SECOND_MS } from '../../lib/clock.ts';
import type { Inbox } from '../channel.ts';
import { meaningOf } from './errors.ts';

export type Statuses = ReturnType<typeof createStatuses>;

const DELIVERED = new Set(['delivered', 'read']);
const FAILED = new Set(['undelivered', 'failed']);
/** A report can overtake the answer to the request that it is about, though not by much. */
const EARLY_MAX = 1000;
const EARLY_MS_MAX = 60 * SECOND_MS;

type Outcome = {
  readonly state: 'delivered' | 'failed';
  readonly code: number | undefined;
  readonly at: number;
};

export function createStatuses(options: {
  readonly inbox: Pick<Inbox, 'report'>;
  readonly clock: Pick<Clock, 'elapsed'>;
  /** Tells the operator why texts are not delivered; undefined once one is. */
  readonly problem: (about: 'delivery', sentence: string | undefined) => void;
}) {
  const { inbox, clock, problem } = options;
  /** Reports of unknown messages. After a crash the sweep finds them in Twilio's list. */
  const early = new Map<string, Outcome>();

  const outcomeOf = (status: string, code: number | undefined): Outcome | undefined => {
    if (DELIVERED.has(status)) return { state: 'delivered', code: undefined, at: clock.elapsed() };
    return FAILED.has(status) ? { state: 'failed', code, at: clock.elapsed() } : undefined;
  };

  const report = async (sid: string, { state, code }: Outcome): Promise<boolean> => {
    const about = { channel: 'sms', providerId: sid, state } as const;
    const [kind] = code === undefined ? [] : meaningOf(code);
    return inbox.report(kind === undefined ? about : { ...about, why: kind });
  };

  const tellOperator = ({ state, code }: Outcome): void => {
    if (state === 'delivered') problem('delivery', undefined);
    const [kind, says] = code === undefined ? [] : meaningOf(code);
    if (kind === 'misconfigured') problem('delivery', `${says} (${code})`);
  };

  return {
    /**
     * Reports one status; `code` is Twilio's error code. True when its message is known, or when the
     * status decides nothing.
     */
    report: async (sid: string, status: string, code: number | undefined): Promise<boolean> => {
      const outcome = outcomeOf(status, code);
      return outcome === undefined || report(sid, outcome);
    },
    /** The same for a webhook, which comes once: what is early is kept until its message is known. */
    reportOrKeep: async (sid: string, status: string, code: number | undefined): Promise<void> => {
      const outcome = outcomeOf(status, code);
      if (outcome === undefined) return;
      tellOperator(outcome);
      if (await report(sid, outcome)) return;
      // Twilio reports the segments of a text: one that failed is not made good by another.
      if (early.get(sid)?.state !== 'failed' && early.size < EARLY_MAX) early.set(sid, outcome);
    },
    /** Reports again what came before its message was known. */
    reportKept: async (): Promise<void> => {
      await Promise.all(
        [...early].map(async ([sid, outcome]) => {
          const isKnown = await report(sid, outcome);
          if (isKnown || clock.elapsed() - outcome.at > EARLY_MS_MAX) early.delete(sid);
        }),
      );
    },
  };
}
