/** Requests that a city makes of others, where the runtime has few connections for them. */
import { createGate } from './gate.ts';

/**
 * Lets one request go out when there is a place for it, and keeps the place until `request` settles:
 * by then the whole answer must have been read or given up. A time-out belongs inside, so that it
 * begins with the place. Whoever has a place must not wait for another.
 */
export type Outgoing = <T>(request: () => Promise<T>) => Promise<T>;

/** In which line a request waits: by who is asked, or for whom. `typing` only shows that the bot is at work. */
export type LineName = 'account' | 'sms' | 'telegram' | 'typing' | 'strangers' | 'readers';

/** Each line has a way out of its own. */
export type OutgoingOf = (line: LineName) => Outgoing;

/** Where there are as many connections as ever. */
export const atOnce: Outgoing = (request) => request();
export const allAtOnce: OutgoingOf = () => atOnce;

/** As many wait in this line as may: the request does not go out. */
export class LineFullError extends Error {
  override readonly name = 'LineFullError';
}

export type Line = {
  readonly atOnceMax: number;
  /** How many may wait; any number where it is left out. */
  readonly waitingMax?: number;
};

/** Lets requests go out in order of arrival, so many at once. */
export function createLine({ atOnceMax, waitingMax = Number.POSITIVE_INFINITY }: Line): Outgoing {
  const pass = createGate(atOnceMax);
  let present = 0;
  return async (request) => {
    if (present >= atOnceMax + waitingMax) throw new LineFullError('Too many wait already.');
    present += 1;
    try {
      return await pass(1, request);
    } finally {
      present -= 1;
    }
  };
}

/**
 * One gate for `atOnceMax` requests in all, with a line for each kind in front of it. A line that is
 * shorter than the gate cannot take all of its places, however slow they are who answer it.
 */
export function createLines(
  atOnceMax: number,
  lines: Readonly<Record<LineName, Line>>,
): OutgoingOf {
  const gate = createLine({ atOnceMax });
  const behind = (line: Line): Outgoing => {
    const wait = createLine(line);
    return (request) => wait(() => gate(request));
  };
  const ways = {
    account: behind(lines.account),
    sms: behind(lines.sms),
    telegram: behind(lines.telegram),
    typing: behind(lines.typing),
    strangers: behind(lines.strangers),
    readers: behind(lines.readers),
  };
  return (line) => ways[line];
}
