/** Reads the body of `POST /sandbox/clock`: how far the city's time is to go on. */
import * as z from 'zod';
import { DAY_MS, MINUTE_MS } from '../../lib/clock.ts';

/** A longer way is gone in parts, so that nobody waits for minutes. */
const DAYS_MAX = 31;
const MINUTES_MAX = (DAYS_MAX * DAY_MS) / MINUTE_MS;

const WRONG = '"advanceMinutes" must be a whole number of minutes: 1 or more.';

const Body = z.object(
  {
    advanceMinutes: z
      .number({ error: WRONG })
      .refine((minutes) => Number.isInteger(minutes) && minutes >= 1, { error: WRONG })
      .max(MINUTES_MAX, {
        error: `"advanceMinutes" may be ${MINUTES_MAX} at most, which are ${DAYS_MAX} days.`,
      }),
  },
  { error: 'The body must be a JSON object with "advanceMinutes".' },
);

/** Turns the text of a request body into a time (ms), or says in one sentence what is wrong with it. */
export function readAdvance(
  json: string,
): { readonly ok: true; readonly ms: number } | { readonly ok: false; readonly error: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch {
    return { ok: false, error: 'The body is not valid JSON.' };
  }
  const parsed = Body.safeParse(raw);
  return parsed.success
    ? { ok: true, ms: parsed.data.advanceMinutes * MINUTE_MS }
    : { ok: false, error: parsed.error.issues[0]?.message ?? 'The body is not valid.' };
}
