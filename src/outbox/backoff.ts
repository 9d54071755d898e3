/** When to try again, and when to give up. */
import type { SendError } from '../channels/channel.ts';
import { MINUTE_MS, SECOND_MS } from '../lib/clock.ts';

const ATTEMPTS_MAX = 12;
const FIRST_PAUSE_MS = 2 * SECOND_MS;
const PAUSE_MS_MAX = 30 * MINUTE_MS;
/** The pause after what was not even tried, where the channel does not ask for one. */
const UNTRIED_PAUSE_MS = SECOND_MS;

/** Whether a message is tried again after so many attempts: what cannot succeed is not repeated. */
export const isTriedAgain = ({ kind }: SendError, attempts: number): boolean =>
  (kind === 'retry' || kind === 'misconfigured') && attempts < ATTEMPTS_MAX;

/**
 * The pause (ms) after a number of attempts: doubling, with `chance` (0–1) spreading it over half to
 * the whole so that failures do not return in step; never less than the channel asks for.
 */
export function pauseAfter(error: SendError, attempts: number, chance: number): number {
  const { retryAfterMs, isUntried } = error;
  if (isUntried === true) return retryAfterMs ?? UNTRIED_PAUSE_MS;
  const whole = Math.min(PAUSE_MS_MAX, FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1));
  return Math.max(retryAfterMs ?? 0, Math.round(whole * (0.5 + chance / 2)));
}
