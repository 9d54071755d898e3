/** When to try again, and when to give up. */
import { MINUTE_MS, SECOND_MS } from '../lib/clock.ts';

export const ATTEMPTS_MAX = 12;
const FIRST_PAUSE_MS = 2 * SECOND_MS;
const PAUSE_MS_MAX = 30 * MINUTE_MS;

/**
 * The pause (ms) after a number of failed attempts: doubling, with `chance` (0–1) spreading it over
 * half to the whole so that failures do not return in step; never less than the channel asks for.
 */
export function pauseAfter(attempts: number, chance: number, askedMs = 0): number {
  const whole = Math.min(PAUSE_MS_MAX, FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1));
  return Math.max(askedMs, Math.round(whole * (0.5 + chance / 2)));
}
