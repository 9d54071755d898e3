/** What became of texts that Twilio took over. Its reports come twice, late and in any order. */
import { SECOND_MS } from '../../lib/clock.ts';
import type { Inbox } from '../channel.ts';
import { meaningOf } from './errors.ts';

export type Statuses = {
  /** One report; `code` is Twilio's error code. True when its message is known, or it says nothing. */
  readonly hear: (sid: string, status: string, code: number | undefined) => Promise<boolean>;
  /** The same from a webhook, which comes once and may be early. */
  readonly hearOnce: (sid: string, status: string, code: number | undefined) => Promise<void>;
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
  readonly inbox: Pick<Inbox, 'report'>;
  readonly now: () => number;
  /** What the operator should know while texts are not delivered; undefined once one is. */
  readonly problem: (sentence: string | undefined) => void;
}): Statuses {
  const { inbox, now, problem } = options;
  /** What is lost of it in a crash the sweep finds in Twilio's list. */
  const early = new Map<string, Heard>();

  const heard = (status: string, code: number | undefined): Heard | undefined => {
    if (DELIVERED.has(status)) return { state: 'delivered', code: undefined, at: now() };
    return FAILED.has(status) ? { state: 'failed', code, at: now() } : undefined;
  };

  const report = async (sid: string, { state, code }: Heard): Promise<boolean> => {
    const about = { channel: 'sms', providerId: sid, state } as const;
    const kind = code === undefined ? undefined : meaningOf(code).kind;
    const saysMore = kind === 'stopped' || kind === 'unreachable' || kind === 'retry';
    return inbox.report(saysMore ? { ...about, why: kind } : about);
  };

  const tellOperator = ({ state, code }: Heard): void => {
    if (state === 'delivered') problem(undefined);
    const meaning = code === undefined ? undefined : meaningOf(code);
    if (meaning?.kind === 'misconfigured') problem(`${meaning.says} (${code})`);
  };

  return {
    hear: async (sid, status, code) => {
      const news = heard(status, code);
      return news === undefined || report(sid, news);
    },
    hearOnce: async (sid, status, code) => {
      const news = heard(status, code);
      if (news === undefined) return;
      tellOperator(news);
      if (await report(sid, news)) return;
      if (early.get(sid)?.state !== 'delivered' && early.size < EARLY_MAX) early.set(sid, news);
    },
    again: async () => {
      await Promise.all(
        [...early].map(async ([sid, news]) => {
          const isKnown = await report(sid, news);
          if (isKnown || now() - news.at > EARLY_MS_MAX) early.delete(sid);
        }),
      );
    },
  };
}
