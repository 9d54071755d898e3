/** Cuts a text into its sentences, for comparing them as wholes. */
import { foldWords } from './text.ts';

/** A dash between words ends a sentence; one within a word does not. */
const END = /[.!?;:…\n()[\]{}*|<>。！？؟—]+|\s[-–]+\s/u;

/** The first `max` sentences or lines of a text, folded as words are compared; none is empty. */
export function sentencesOf(text: string, max: number): readonly string[] {
  const found: string[] = [];
  for (const part of text.normalize('NFKC').split(END)) {
    const folded = foldWords(part);
    if (folded !== '') found.push(folded);
    if (found.length === max) break;
  }
  return found;
}
