/** What providers take, as far as a simulation keeps to it. Sources: the numbers in each sentence. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../src/lib/clock.ts';

export const LIMITS = {
  /** A US long code sends one segment a second: Twilio, message throughput. */
  smsSegmentsPerSecond: 1,
  /** Twilio keeps what a number has not sent yet for four hours: error 30001 beyond it. */
  smsQueueMs: 4 * HOUR_MS,
  /** Telegram takes about thirty messages a second of a bot: Bots FAQ. */
  telegramPerSecond: 30,
  /** And twenty a minute to one channel. */
  telegramPlacePerMinute: 20,
  /** Points of a hosted account an hour and a day: Bluesky, rate limits for content writes. */
  pdsPoints: [
    { ms: HOUR_MS, max: 5000 },
    { ms: DAY_MS, max: 35_000 },
  ],
  /** Pictures that a hosted account may upload a day. */
  pdsUploadsPerDay: 1000,
  /** Commits that a relay takes an hour from a PDS that is new to it. */
  relayCommitsPerHour: 2600,
} as const;

/**
 * Times of answers (ms), each drawn between two. Assumptions: a provider in the same country, and what
 * a local PDS was measured to take for a record (1 ms in a batch of 200) on top.
 */
export const ANSWERS_MS = {
  sms: [80, 400],
  telegram: [40, 200],
  bluesky: [80, 400],
  pds: [60, 200],
  pdsEachRecord: 1,
} as const;

/** From a number to a phone (ms): an assumption. */
export const SMS_TRANSIT_MS = [500, 4000] as const;

/** How long a resident waits for an answer before doing something else: an assumption. */
export const PATIENCE_MS = 30 * MINUTE_MS;
