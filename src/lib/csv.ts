/** Tables as CSV, safe to open in a spreadsheet. */
import { stringify } from 'csv-stringify/browser/esm/sync';

type Cell = string | number | boolean | null;

/**
 * What a spreadsheet might run as a formula: signs that begin one, also behind what it does not
 * show, and the breaks that some let a cell begin with. Apostrophes in front count as nothing, so
 * that taking one away again is always right.
 */
const FORMULA = /^(?:[\s\p{C}']*[=+\-@＝＋－＠]|'*[\t\r\n])/u;

/** An apostrophe in front makes it text. */
const asText = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

/** Lines end as RFC 4180 says. Numbers are cells of their own kind, so a minus sign stays one. */
const OPTIONS = {
  record_delimiter: '\r\n',
  quote_record_delimiter: true,
  cast: { string: asText },
};

/** The rows as lines. */
export const csvLines = (rows: readonly (readonly Cell[])[]): string =>
  stringify([...rows], OPTIONS);
