// Tables of what people write, each with what it is understood as: `<phrasing>\t<reading>` a line.
/** All tables beside the tests of `conversation`, by their paths. */
const TABLES = import.meta.glob<string>('../conversation/**/*.tsv', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export type Phrasing = readonly [phrasing: string, reading: string];

/** The lines of a table beside the tests, in their order. */
export function phrasings(path: string): readonly Phrasing[] {
  return linesOf(path)
    .filter((line) => line.includes('\t'))
    .map((line): Phrasing => {
      const [phrasing = '', reading = ''] = line.split('\t');
      return [phrasing, reading];
    });
}

/** Every line of such a table. */
export function linesOf(path: string): readonly string[] {
  const text = TABLES[`../${path}`];
  if (text === undefined) throw new Error(`There is no table ${path}.`);
  return text.split('\n');
}
