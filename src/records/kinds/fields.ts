/** The fields that kinds of record share: times, references, texts that fit their limits. */
import type { l } from '@atproto/lex-schema';
import { isoTime } from '../../lib/clock.ts';
import { shorten } from '../../lib/text.ts';
import type { StrongRef } from '../strong-ref.ts';

/** A time in ms, as records carry it. */
export const datetime = (ms: number): l.DatetimeString => isoTime(ms) as l.DatetimeString;

/** A reference as records carry it: exactly its two properties. */
export const reference = ({ uri, cid }: StrongRef) => ({ uri: uri as l.AtUriString, cid });

const PARTICIPANT = /^p-[0-9a-z]{12}$/;

/** Throws unless `id` is a participant id: nothing else about a person may become public. */
export function participant(id: string): string {
  if (!PARTICIPANT.test(id)) throw new Error('A record names a person by something else than p-….');
  return id;
}

/** When a record was first decided, and when this version was (both in ms). */
export type Times = {
  readonly createdAt: number;
  /** Absent for the first version. */
  readonly updatedAt?: number;
};

export const times = ({ createdAt, updatedAt }: Times) => ({
  createdAt: datetime(createdAt),
  ...(updatedAt === undefined ? {} : { updatedAt: datetime(updatedAt) }),
});

const utf8 = new TextEncoder();
/** The most bytes that one UTF-16 code unit can become. */
const UTF8_BYTES_MAX = 3;

/**
 * People's text cut to a lexicon's limits. Commands ask for less than these limits hold; what is
 * left to cut are graphemes of absurd length.
 */
export function cut(text: string, graphemes: number, bytes: number): string {
  const short = shorten(text, graphemes);
  if (short.length * UTF8_BYTES_MAX <= bytes) return short;
  return short.slice(0, utf8.encodeInto(short, new Uint8Array(bytes)).read);
}
