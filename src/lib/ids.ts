import { type Clock, US_PER_MS } from './clock.ts';
import { crockfordSymbols } from './crockford.ts';
import type { Random } from './random.ts';

const TID_ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
const CHARACTER_BITS = 5;
/** The time has 53 bits: its low 25 are worked out apart from its high 28, as whole numbers can. */
const LOW_BITS = 25;

/** The lowest `length` × 5 bits of a whole number below 2³¹ in a TID's letters. */
function letters(value: number, length: number): string {
  let text = '';
  for (let bits = (length - 1) * CHARACTER_BITS; bits >= 0; bits -= CHARACTER_BITS) {
    text += TID_ALPHABET[(value >>> bits) & 31];
  }
  return text;
}

/**
 * An ATProto TID (13 characters, sorts by time) of a time in microseconds and a clock id of
 * 0–1023. Source: the TID section of the ATProto record-key specification.
 */
export function tidOf(timeUs: number, clockId: number): string {
  const high = Math.floor(timeUs / 2 ** LOW_BITS);
  return letters(high, 6) + letters(timeUs % 2 ** LOW_BITS, 5) + letters(clockId, 2);
}

/**
 * A PDS also looks through record keys for slurs and refuses what it finds. Every such word that a
 * TID's letters can spell has two of these side by side.
 */
const REFUSABLE = /[gq]{2}/;
/** The last character of a TID that the time decides; those behind it are the clock id's. */
const TIME_END = 10;
/** Characters before this one change too slowly to be waited for, and so too seldom to matter. */
const SLOW_END = 7;

/**
 * The time (µs), this or at most 33 ms later, whose TID a PDS takes as a record key, as far as
 * the time has a say in it.
 */
export function publishableTime(timeUs: number, clockId: number): number {
  let at = timeUs;
  for (;;) {
    const tid = tidOf(at, clockId);
    const found = tid.slice(SLOW_END - 1).search(REFUSABLE);
    const second = found + SLOW_END;
    if (found < 0 || second > TIME_END + 1) return at;
    const step = 32 ** (TIME_END - Math.min(second, TIME_END));
    at = (Math.floor(at / step) + 1) * step;
  }
}

/** A clock id whose characters are not among the letters of refusable words. */
function newClockId(random: Random): number {
  for (;;) {
    const [high = 0, low = 0] = random.bytes(2);
    const clockId = ((high << 8) | low) & 1023;
    if (!/[gq]/.test(tidOf(0, clockId).slice(TIME_END + 1))) return clockId;
  }
}

/** The time (µs) of a TID; undefined for anything else. */
export function timeOfTid(tid: string): number | undefined {
  if (!/^[2-7a-j][2-7a-z]{12}$/.test(tid)) return undefined;
  let time = 0;
  for (const letter of tid.slice(0, TIME_END + 1)) {
    time = time * 32 + TID_ALPHABET.indexOf(letter);
  }
  return Number.isSafeInteger(time) ? time : undefined;
}

/**
 * Gives out TIDs that only grow, whatever the clock does, and come after the time `afterUs`: keys
 * tell which record was decided first, so a clock that was set back must not reorder them.
 */
export function createTids(clock: Pick<Clock, 'now'>, random: Random, afterUs = 0): () => string {
  const clockId = newClockId(random);
  let lastUs = afterUs;
  return () => {
    lastUs = publishableTime(Math.max(lastUs + 1, clock.now() * US_PER_MS), clockId);
    return tidOf(lastUs, clockId);
  };
}

/** A participant id: `p-` and 12 random characters; the only public name of a person. */
export const newParticipantId = (random: Random): string =>
  `p-${crockfordSymbols(random.bytes(12), 12).toLowerCase()}`;
