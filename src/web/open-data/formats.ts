/** How open data is written, and where: as CSV for spreadsheets, as JSON for programs. */
import { csvLines } from '../../lib/csv.ts';
import { OPEN_DATA_NAMES, type OpenDataName, type Row } from '../../records/open-data/files.ts';

/** A file is written in parts: what it begins with, pages of rows, what it ends with. */
type Format = {
  readonly mediaType: string;
  readonly begin: (columns: readonly string[]) => string;
  readonly page: (columns: readonly string[], rows: readonly Row[], isFirst: boolean) => string;
  readonly end: string;
};

const csv: Format = {
  mediaType: 'text/csv; charset=utf-8; header=present',
  begin: (columns) => csvLines([columns]),
  page: (_columns, rows) => csvLines(rows),
  end: '',
};

/** One row a line, so that tools that read lines can also read it. */
const json: Format = {
  mediaType: 'application/json; charset=utf-8',
  begin: () => '[',
  page: (columns, rows, isFirst) => {
    const keys = columns.map((name) => `${JSON.stringify(name)}:`);
    const lines = rows.map(
      (row) => `\n{${row.map((cell, at) => `${keys[at]}${JSON.stringify(cell)}`).join(',')}}`,
    );
    return (isFirst || lines.length === 0 ? '' : ',') + lines.join(',');
  },
  end: '\n]\n',
};

export const FORMATS = { csv, json } as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

export const openDataPath = (name: OpenDataName, format: FormatName): string =>
  `/export/${name}.${format}`;

export const OPEN_DATA_PATHS: readonly string[] = OPEN_DATA_NAMES.flatMap((name) =>
  FORMAT_NAMES.map((format) => openDataPath(name, format)),
);

/** The whole file in pieces, one for each page of rows. */
export function* write(
  format: FormatName,
  columns: readonly string[],
  pages: Iterable<readonly Row[]>,
): Generator<string, void> {
  const { begin, page, end } = FORMATS[format];
  let piece = begin(columns);
  let isFirst = true;
  for (const rows of pages) {
    yield piece + page(columns, rows, isFirst);
    piece = '';
    isFirst &&= rows.length === 0;
  }
  yield piece + end;
}
