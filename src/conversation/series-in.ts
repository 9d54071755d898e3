import type { Talk } from './command.ts';

/** The task of which somebody means every date, as in `12 ALL`; undefined for one date. */
export function seriesIn(talk: Talk, args: string): number | undefined {
  const named = talk.read.leadingNumber(args);
  return named !== undefined && talk.read.is('all', named.words) ? named.number : undefined;
}

/** As `seriesIn`, with words that follow: `12 ALL heavy rain`. */
export function seriesWith(
  talk: Talk,
  words: string,
): { readonly isAll: boolean; readonly words: string } {
  const [, first = '', rest = ''] = /^(\p{L}+)[\s:;,.]*(.*)$/su.exec(words) ?? [];
  return talk.read.is('all', first) ? { isAll: true, words: rest } : { isAll: false, words };
}
