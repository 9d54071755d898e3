/** Chooses the key of a post before it is written, so that writing it again is harmless. */
import { US_PER_MS } from '../../../lib/clock.ts';
import { publishableTime, tidOf } from '../../../lib/ids.ts';

/** A clock id has two letters: for the lot of a thousand deliveries, and for the post of a thread. */
const LETTERS = 32;
/** `g` and `q`, which a PDS may take for part of a slur. */
const LEFT_OUT: readonly number[] = [12, 22];
const USABLE = Array.from({ length: LETTERS }, (_, letter) => letter).filter(
  (letter) => !LEFT_OUT.includes(letter),
);

/** A thread of ours has no more posts than this. */
export const PARTS_MAX = USABLE.length;

export type PostKey = {
  /** When the delivery was decided (ms). */
  readonly createdAt: number;
  readonly deliveryId: number;
  /** 0 for the first post of the thread. */
  readonly part: number;
};

/**
 * A TID that is the same at every attempt. Some letters are not to be used, so that a whole millisecond
 * may have to move, and all deliveries that were decided in it get one key: `turn` gives the next to try
 * when the key turns out to be taken, which is the delivery's own among many thousands.
 */
export function postKey({ createdAt, deliveryId, part }: PostKey, turn = 0): string {
  // Deliveries that were decided in the same millisecond have microseconds of their own.
  const lot = USABLE[Math.floor(deliveryId / US_PER_MS) % USABLE.length] ?? 0;
  const clockId = lot * LETTERS + (USABLE[part % USABLE.length] ?? 0);
  const timeUs = createdAt * US_PER_MS + (deliveryId % US_PER_MS);
  let at = publishableTime(timeUs, clockId);
  for (let passed = 0; passed < turn; passed += 1) at = ownTimeAfter(at, deliveryId, clockId);
  return tidOf(at, clockId);
}

/** The last two letters of a time (µs). */
const TWO_LETTERS = LETTERS * LETTERS;

/** A later time (µs) whose last two letters are those of the delivery. */
function ownTimeAfter(at: number, deliveryId: number, clockId: number): number {
  const next = publishableTime(at - (at % TWO_LETTERS) + TWO_LETTERS, clockId);
  const first = USABLE[Math.floor(deliveryId / USABLE.length) % USABLE.length] ?? 0;
  const second = USABLE[deliveryId % USABLE.length] ?? 0;
  return next - (next % TWO_LETTERS) + first * LETTERS + second;
}
