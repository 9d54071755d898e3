/** Takes the address off the words of a post: facets count bytes, and some of them lie. */
import { fieldsOf, listOf } from '../fields.ts';

export type Mention = { readonly did: string; readonly start: number; readonly end: number };

/** More than any honest post has. */
const FACETS_MAX = 300;
const ADDRESS = /^@[\p{L}\p{N}.-]{1,253}$/u;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The mentions in the facets of a post, whatever the words below them are. */
export const mentionsOf = (facets: unknown): readonly Mention[] =>
  listOf(facets)
    .slice(0, FACETS_MAX)
    .map(fieldsOf)
    .flatMap(({ index, features }) => {
      const { byteStart: start, byteEnd: end } = fieldsOf(index);
      if (!Number.isInteger(start) || !Number.isInteger(end)) return [];
      const mentions = listOf(features)
        .map(fieldsOf)
        .filter(({ $type }) => $type === 'app.bsky.richtext.facet#mention');
      return mentions.flatMap(({ did }) =>
        typeof did === 'string' ? [{ did, start: Number(start), end: Number(end) }] : [],
      );
    });

/**
 * The words without mentions of `did` before and after them, and without one that follows a greeting:
 * `Hey @city JOIN 12` is `Hey JOIN 12`. A facet that stands on anything but a handle changes nothing:
 * `JOIN 12` stays `JOIN 12`, whomever it is said to mention.
 */
export function withoutAddress(text: string, mentions: readonly Mention[], did: string): string {
  const bytes = encoder.encode(text);
  const ours = mentions
    .filter((one) => one.did === did && isAddress(slice(bytes, one.start, one.end)))
    .toSorted((one, other) => one.start - other.start);
  let start = 0;
  let end = bytes.length;
  for (const one of ours) {
    if (one.start >= start && isBlank(slice(bytes, start, one.start))) start = one.end;
  }
  for (const one of ours.toReversed()) {
    if (one.start >= start && one.end <= end && isBlank(slice(bytes, one.end, end))) {
      end = one.start;
    }
  }
  const [greeted] = start === 0 ? ours.filter((one) => one.end <= end) : [];
  const before = greeted && slice(bytes, 0, greeted.start);
  if (greeted !== undefined && before !== undefined && GREETING.test(before)) {
    return `${before.trim()} ${wordsAfter(slice(bytes, greeted.end, end) ?? '')}`.trim();
  }
  const words = slice(bytes, start, end) ?? text;
  return start === 0 ? words.trim() : wordsAfter(words);
}

/** People greet in up to four short words, before they name whom they greet. */
const GREETING = /^\s*(?:\p{L}[\p{L}\p{M}'’]{0,14}[\s,!¡.]{1,3}){1,4}$/u;

const wordsAfter = (words: string): string => words.replace(/^[\s,:;.!]+/u, '').trim();

const isAddress = (part: string | undefined): boolean => part !== undefined && ADDRESS.test(part);

/** People put a colon or comma behind an address, and a dot before it, so that others read it too. */
const isBlank = (part: string | undefined): boolean =>
  part !== undefined && /^[\s,:.!¡]*$/.test(part);

/** Undefined where it is not within the text, or begins or ends within a letter. */
function slice(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (start < 0 || end < start || end > bytes.length) return undefined;
  try {
    return decoder.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}
