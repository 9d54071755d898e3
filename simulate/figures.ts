/** What is counted while a city is simulated, hour by hour. */
import type { ChannelName } from '../src/conversation/message.ts';

export type Kind = 'reply' | 'notice' | 'broadcast' | 'place';

/** Counters of one hour. Times are in ms. */
type Counters = {
  in: Record<ChannelName, number>;
  out: Record<ChannelName, number>;
  kinds: Record<Kind, number>;
  segmentsIn: number;
  /** Messages with a photo that came by SMS. */
  photosIn: number;
  segmentsOut: number;
  /** Messages that nobody was answered within their patience. */
  unanswered: number;
  /** What a budget of the city refused. */
  refused: number;
  /** Tries that a provider did not take: too much at once. */
  turnedAway: number;
  loops: number;
  /** Codes that were no longer good at the counter. */
  unhonored: number;
  recordsStaged: number;
  recordsPublished: number;
  points: number;
  commits: number;
  uploads: number;
  /** Reports of delivery that providers posted. */
  reports: number;
};

/** How it stands when an hour ends. */
export type Standing = {
  readonly outbox: number;
  /** For how long the oldest message could have gone out. */
  readonly outboxMs: number;
  /** What a number still has to send of what Twilio took. */
  readonly smsQueueMs: number;
  readonly records: number;
  readonly recordsMs: number;
  /** How far the relay is behind the PDS. */
  readonly relayMs: number;
};

export type Hour = Counters &
  Standing & {
    /** From 0, the first hour of the first day. */
    readonly hour: number;
    /** How long people waited for answers. */
    readonly answers: number;
    readonly answerP50Ms: number;
    readonly answerP99Ms: number;
    readonly answerMaxMs: number;
  };

const perChannel = (): Record<ChannelName, number> => ({ sms: 0, telegram: 0, bluesky: 0 });

const noCounters = (): Counters => ({
  in: perChannel(),
  out: perChannel(),
  kinds: { reply: 0, notice: 0, broadcast: 0, place: 0 },
  ...{ segmentsIn: 0, photosIn: 0, segmentsOut: 0, unanswered: 0, refused: 0, turnedAway: 0 },
  ...{ loops: 0, unhonored: 0 },
  ...{ recordsStaged: 0, recordsPublished: 0, points: 0, commits: 0, uploads: 0, reports: 0 },
});

export type Figures = {
  /** Those of the hour under way, to be counted up. */
  readonly now: () => Counters;
  /** Somebody waited so long (ms) for an answer. */
  readonly answered: (ms: number) => void;
  readonly endHour: (standing: Standing) => Hour;
  readonly hours: readonly Hour[];
};

export function createFigures(): Figures {
  let counters = noCounters();
  let waited: number[] = [];
  const hours: Hour[] = [];
  return {
    now: () => counters,
    answered: (ms) => {
      waited.push(ms);
    },
    endHour: (standing) => {
      waited.sort((one, other) => one - other);
      const hour: Hour = {
        ...{ ...counters, ...standing },
        hour: hours.length,
        answers: waited.length,
        answerP50Ms: quantile(waited, 0.5),
        answerP99Ms: quantile(waited, 0.99),
        answerMaxMs: waited.at(-1) ?? 0,
      };
      hours.push(hour);
      counters = noCounters();
      waited = [];
      return hour;
    },
    hours,
  };
}

/** Of sorted values; 0 where there are none. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
