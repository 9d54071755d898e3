import type { Clock } from './clock.ts';
import { CROCKFORD_ALPHABET } from './crockford.ts';
import type { Random } from './random.ts';

const TID_ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
const CLOCK_ID_BITS = 10;

/**
 * An ATProto TID (13 characters, sorts by time) of a time in microseconds and a clock id of
 * 0–1023. Source: the TID section of the ATProto record-key specification.
 */
export function tidOf(timeUs: number, clockId: number): string {
  let rest = (BigInt(timeUs) << BigInt(CLOCK_ID_BITS)) | BigInt(clockId);
  let tid = '';
  for (let at = 0; at < 13; at += 1) {
    tid = `${TID_ALPHABET[Number(rest & 31n)]}${tid}`;
    rest >>= 5n;
  }
  return tid;
}

/**
 * Record keys are also looked through for slurs by the PDS, which refuses what it finds; every
 * such word spelt in a TID's letters has two of these side by side.
 */
const REFUSABLE = /[gq]{2}/;

/** Whether a PDS takes a TID as a record key for certain. */
export const isPublishableTid = (tid: string): boolean => !REFUSABLE.test(tid);

/** Gives out TIDs that only grow, whatever the clock does. */
export function createTids(clock: Clock, random: Random): () => string {
  const [high = 0, low = 0] = random.bytes(2);
  const clockId = ((high << 8) | low) & 1023;
  let lastUs = 0;
  return () => {
    lastUs = Math.max(lastUs + 1, clock.now() * 1000);
    while (!isPublishableTid(tidOf(lastUs, clockId))) lastUs += 1;
    return tidOf(lastUs, clockId);
  };
}

/** A participant id: `p-` and 12 random characters; the only public name of a person. */
export function newParticipantId(random: Random): string {
  const bytes = random.bytes(12);
  let id = 'p-';
  for (const byte of bytes) id += (CROCKFORD_ALPHABET[byte & 31] as string).toLowerCase();
  return id;
}
