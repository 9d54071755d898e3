/** The clock of a city, which does not believe everything that the machine's clock says. */
import { type Clock, DAY_MS, MINUTE_MS, systemClock } from './clock.ts';

/** A step of the machine's clock is told to the operator from here on. */
const TOLD_MS = MINUTE_MS;
/** So little is made up for by going slowly. */
const SLOWED_MS = 5 * MINUTE_MS;
/** More than this is believed only once the machine's clock has said it for so long. */
const BELIEVED_MS = DAY_MS;
const DOUBTED_MS = 10 * MINUTE_MS;

/** The city's time went from one time to another at once (ms): backwards where `to` is earlier. */
export type Move = { readonly from: number; readonly to: number };

type ClockStatus = {
  /** The last step of the machine's clock (ms; negative for one backwards), and when it was seen. */
  readonly moved: { readonly byMs: number; readonly at: number } | null;
  /** How far (ms) the machine's clock is from the city's time now. */
  readonly apartMs: number;
};

export type CityClock = Clock & {
  readonly status: () => ClockStatus;
  /** The moves of the city's time, the oldest first, after which nobody has judged times again. */
  readonly moves: () => readonly Move[];
  /** So many of them, from the first, are judged. */
  readonly settle: (count: number) => void;
};

/**
 * Makes the clock of a city of two that the machine has: the calendar's, which people, a server of
 * time or a broken battery can set, and one that only runs.
 *
 * The time of the city is that of the calendar, as long as the calendar goes on as time does:
 * - Where the calendar is ahead, the city follows at once: the machine slept, or was behind.
 * - Where it is behind by up to five minutes, the city goes at half speed until the calendar has
 *   come up. So its time never goes back, and a pause lasts twice as long at most.
 * - Where it is further behind, the city goes back with it. All that was to wait until a time is
 *   judged again then (`moves`): it waits as long as it would have waited otherwise. What has an
 *   order keeps it by its number, its record key or its place in the ledger's chain, and those only
 *   grow (`createTids`, `nextTransferTime`).
 * - A step of more than a day is believed after ten minutes. Until then time simply goes on: most
 *   such steps are taken back, and what is decided in a year to come cannot be.
 *
 * What waits inside the program is measured by `elapsed`, and none of this concerns it. After a
 * restart `newestMs`, the newest time in the database, is where the city's time had come to.
 */
export function createCityClock(options: {
  readonly machine?: Clock;
  readonly newestMs?: number;
  /** Is told at each step of the machine's clock of a minute or more. */
  readonly stepped?: (byMs: number) => void;
}): CityClock {
  const { machine = systemClock, newestMs = Number.NEGATIVE_INFINITY, stepped } = options;
  let seen = { wall: machine.now(), elapsed: machine.elapsed() };
  let time = seen.wall;
  let doubtedSince: number | undefined;
  let moved: ClockStatus['moved'] = null;
  let moves: Move[] = [];

  const step = (byMs: number): void => {
    moved = { byMs: Math.round(byMs), at: Math.floor(time) };
    stepped?.(moved.byMs);
  };

  /** Sets the time, which goes on by `passed` ms where nothing happened. */
  const follow = (wall: number, passed: number): void => {
    const isBehind = wall < time + passed;
    const isSlow = isBehind && time + passed - wall <= SLOWED_MS;
    const next = isSlow ? Math.max(wall, time + passed / 2) : wall;
    if (!isSlow && Math.abs(next - time - passed) >= TOLD_MS) {
      moves.push({ from: Math.floor(time + passed), to: Math.floor(next) });
    }
    time = next;
  };

  const look = (): void => {
    const [wall, elapsed] = [machine.now(), machine.elapsed()];
    const passed = Math.max(0, elapsed - seen.elapsed);
    const byMs = wall - seen.wall - passed;
    seen = { wall, elapsed };
    const isDoubtful = Math.abs(wall - time - passed) > BELIEVED_MS;
    doubtedSince = isDoubtful ? (doubtedSince ?? elapsed) : undefined;
    if (doubtedSince !== undefined && elapsed - doubtedSince < DOUBTED_MS) time += passed;
    else follow(wall, passed);
    if (Math.abs(byMs) >= TOLD_MS) step(byMs);
  };

  if (newestMs > time) {
    const byMs = time - newestMs;
    const { wall } = seen;
    time = newestMs;
    follow(wall, 0);
    if (-byMs >= TOLD_MS) step(byMs);
  }

  return {
    now: () => {
      look();
      return Math.floor(time);
    },
    elapsed: machine.elapsed,
    status: () => {
      look();
      return { moved, apartMs: Math.round(seen.wall - time) };
    },
    moves: () => moves,
    settle: (count) => {
      moves = moves.slice(count);
    },
  };
}
