// Tables of what people write, each with what it is understood as: `<phrasing>\t<reading>` a line.
import { readFileSync } from 'node:fs';

export type Phrasing = readonly [phrasing: string, reading: string];

/** The lines of a table beside the tests, in their order. */
export function phrasings(path: string): readonly Phrasing[] {
  const text = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line): Phrasing => {
      const [phrasing = '', reading = ''] = line.split('\t');
      return [phrasing, reading];
    });
}
