/**
 * Knows what the PDS will still take, by the rate-limit headers of its answers. The PDS counts in
 * windows that begin again as a whole, and tells only of the one with the least left. A request that
 * asks for more than is left is refused and still uses up all of it: so nobody should ask for more.
 */
import { type Clock, HOUR_MS, SECOND_MS } from '../lib/clock.ts';
import { type Header, LIMIT_MS_MAX, untilReset } from './answer.ts';

/** An operation on a record costs so many points. Source: Bluesky's rate limits for content writes. */
export const POINTS = { create: 3, update: 2, delete: 1 } as const;

export type RateLimits = ReturnType<typeof createRateLimits>;

export const WRITE_METHOD = 'repo.applyWrites';

type Window = {
  readonly method: string;
  readonly limit: number;
  readonly remaining: number;
  readonly ms: number;
  /** When it begins again (`elapsed`, ms). */
  readonly resetAt: number;
};

const POLICY_WINDOW = /;\s*w=(\d{1,9})/;

/** Of the limits on writes, those of an hour and a day count points; shorter ones, requests. */
const countsPoints = ({ method, ms }: Window): boolean => method === WRITE_METHOD && ms >= HOUR_MS;

export function createRateLimits(clock: Clock) {
  const windows = new Map<string, Window>();

  /** Forgets the windows that are over. */
  function current(): readonly Window[] {
    for (const [key, { resetAt }] of windows) {
      if (resetAt <= clock.elapsed()) windows.delete(key);
    }
    return [...windows.values()];
  }

  const ofPoints = () => current().filter(countsPoints);

  return {
    /** Takes note of the headers of an answer to `method`. */
    note: (method: string, header: Header): void => {
      const told = windowIn(method, header, clock);
      if (told !== undefined) windows.set(`${method} ${told.ms}`, told);
    },
    /** The points that records may cost now; infinite when nothing is known. */
    pointsLeft: () =>
      ofPoints().reduce((least, { remaining }) => Math.min(least, remaining), Infinity),
    /** When (`elapsed`, ms) so many points may be spent from here on, one window after the other. */
    pointsAt: (points: number) =>
      ofPoints().reduce((latest, { remaining, resetAt, limit, ms }) => {
        if (points <= remaining) return latest;
        const windowsMore = Math.ceil((points - remaining) / Math.max(POINTS.create, limit)) - 1;
        return Math.max(latest, resetAt + windowsMore * ms);
      }, clock.elapsed()),
    /** When (`elapsed`, ms) the next request to `method` may be sent; now when nothing is known. */
    requestAt: (method: string) =>
      current()
        .filter((window) => window.method === method && !countsPoints(window))
        .filter(({ remaining }) => remaining < 1)
        .reduce((latest, { resetAt }) => Math.max(latest, resetAt), clock.elapsed()),
  };
}

/** Undefined when the headers do not say, or say what cannot be. */
function windowIn(method: string, header: Header, clock: Clock): Window | undefined {
  const limit = wholeNumber(header('ratelimit-limit'));
  const remaining = wholeNumber(header('ratelimit-remaining'));
  const delayMs = untilReset(header, clock.now());
  if (remaining === undefined || !(delayMs > 0 && delayMs <= LIMIT_MS_MAX)) return undefined;
  const seconds = wholeNumber(POLICY_WINDOW.exec(header('ratelimit-policy') ?? '')?.[1]);
  return {
    method,
    limit: limit ?? remaining,
    remaining,
    ms: seconds === undefined ? HOUR_MS : seconds * SECOND_MS,
    resetAt: clock.elapsed() + delayMs,
  };
}

const wholeNumber = (text: string | null | undefined): number | undefined =>
  /^\d{1,9}$/.test(text ?? '') ? Number(text) : undefined;
