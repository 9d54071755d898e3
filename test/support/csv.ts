// Reads CSV by the letter of RFC 4180, for holding our own to it: it shares nothing with what writes.

/** The records of a file, each a list of fields. Throws where the grammar is broken. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  // A field in quotes, or one without quotes, commas and breaks; then what ends it.
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  while (field.lastIndex < text.length) {
    const [whole, quoted, plain = '', end] = field.exec(text) ?? [];
    if (whole === undefined) throw new Error(`Not CSV after record ${records.length}.`);
    record.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

/** The text of a cell: one apostrophe less where a spreadsheet is kept from running it. */
export const withoutGuard = (cell: string): string =>
  /^'(?:[\s\p{C}']*[=+\-@＝＋－＠]|'*[\t\r\n])/u.test(cell) ? cell.slice(1) : cell;
