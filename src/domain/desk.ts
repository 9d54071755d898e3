/** The desk: who it is open to, and for how long (architecture.md, What people say: LOGIN). */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../lib/clock.ts';

/** A link to the desk works once, and for so long. */
export const LOGIN_MINUTES = 10;
export const LOGIN_MS = LOGIN_MINUTES * MINUTE_MS;

/** A session that nobody used for so long is over. */
export const IDLE_MS_MAX = 12 * HOUR_MS;
/** It ends after that however much it is used. */
export const SESSION_MS_MAX = 14 * DAY_MS;

/** So long a decision about evidence can be taken back, before anything is written. */
export const HOLD_MS = 10 * SECOND_MS;

/** What a form was answered with is known for so long: sent again, it does nothing. */
export const ANSWERS_MS = DAY_MS;

/**
 * Is a session still open? Times in ms. Its person has lost it at once who acts for nobody any more, or
 * whose address is another person's by now or may be.
 */
export function isSessionOpen(facts: {
  readonly createdAt: number;
  readonly usedAt: number;
  readonly now: number;
  readonly isTheirAddress: boolean;
  readonly isProven: boolean;
  readonly actsForAnybody: boolean;
}): boolean {
  const { createdAt, usedAt, now } = facts;
  const isYoung = now < usedAt + IDLE_MS_MAX && now < createdAt + SESSION_MS_MAX;
  return isYoung && facts.isTheirAddress && facts.isProven && facts.actsForAnybody;
}
