// The same rows as CSV and as JSON, whatever strangers wrote in them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell, Row } from '../../../src/records/open-data/files.ts';
import { OPEN_DATA_FILES } from '../../../src/records/open-data/files.ts';
import { createLook } from '../../../src/records/open-data/look.ts';
import { type FormatName, write } from '../../../src/web/open-data/formats.ts';
import { TEST_DID } from '../../support/city.ts';
import { parseCsv, withoutGuard } from '../../support/csv.ts';

/** What is sent, as a reader decodes it. */
const sent = (format: FormatName, columns: readonly string[], pages: readonly (readonly Row[])[]) =>
  new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(
    new TextEncoder().encode([...write(format, columns, pages)].join('')),
  );

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom('"', '""', ',', ';', '\r', '\n', '\r\n', '\t', '=', '+', '-', '@', "'", ' '),
      fc.constantFrom('\u0000', '\u001b', '\u0085', '\u2028', '\ufeff', '\u200f', '\u202e', '＝'),
      fc.constantFrom(
        '\ud800',
        '\udc00',
        '👩🏽‍🌾',
        'é',
        'ñ',
        '=1+1',
        '=HYPERLINK("x")',
        '0012',
        'null',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const asText = (cell: Cell): string => (cell === null ? '' : String(cell));

describe('CSV and JSON', () => {
  it('say the same, for any text in any record', () => {
    const file = OPEN_DATA_FILES.tasks;
    const look = createLook(TEST_DID, () => undefined);
    const ref = { uri: `at://${TEST_DID}/${file.collection}/a`, cid: 'c' } as const;
    const rows = fc.array(
      fc.record({ title: hostile, place: hostile, credits: fc.maxSafeInteger() }).map((said) => {
        const issuer = { uri: 'at://did:plc:x/y/z', cid: 'c' };
        return file.row(ref, JSON.stringify({ ...said, issuer, status: 'open' }), look) ?? [];
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(rows, { maxLength: 4 }), (pages) => {
        const [head, ...lines] = parseCsv(sent('csv', file.columns, pages));
        const objects = JSON.parse(sent('json', file.columns, pages)) as Record<string, Cell>[];
        expect(head).toEqual(file.columns);
        expect(lines.map((line) => line.map(withoutGuard))).toEqual(
          objects.map((object) => Object.values(object).map(asText)),
        );
        for (const object of objects) expect(Object.keys(object)).toEqual(file.columns);
      }),
    );
  });

  it('keep every text as it was, but for what UTF-8 cannot write', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), (texts) => {
        const row = texts.map((text) => text.toWellFormed());
        const columns = row.map((_, at) => `c${at}`);
        const [, line] = parseCsv(sent('csv', columns, [[row]]));
        expect(line?.map(withoutGuard)).toEqual(row);
        expect(JSON.parse(sent('json', columns, [[row]]))).toEqual([
          Object.fromEntries(row.map((cell, at) => [`c${at}`, cell])),
        ]);
      }),
    );
  });
});

describe('CSV', () => {
  it('has nothing that a spreadsheet would run, and leaves numbers numbers', () => {
    fc.assert(
      fc.property(hostile, fc.integer(), (text, number) => {
        const [, line] = parseCsv(sent('csv', ['a', 'b'], [[[text.toWellFormed(), number]]]));
        expect(line?.[0]).not.toMatch(/^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u);
        expect(line?.[1]).toBe(String(number));
      }),
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+15105550101', "'+15105550101"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', `"'\rx"`],
    ['\nx', `"'\nx"`],
    [' =1', "' =1"],
    ['\u200b=1', "'\u200b=1"],
    ['＝1', "'＝1"],
    ["'=1", "''=1"],
    ["'tis", "'tis"],
    ['a=1', 'a=1'],
    ['at://x', 'at://x'],
    ['say "no", or', '"say ""no"", or"'],
    ['two\nlines', '"two\nlines"'],
  ])('writes %j as %j', (text, written) => {
    expect(sent('csv', ['a'], [[[text]]])).toBe(`a\r\n${written}\r\n`);
  });

  it('names its columns once, also when there are no rows', () => {
    expect(sent('csv', ['a', 'b'], [])).toBe('a,b\r\n');
    expect(sent('csv', ['a', 'b'], [[[1, null]], [], [[null, -2]]])).toBe('a,b\r\n1,\r\n,-2\r\n');
  });
});

describe('JSON', () => {
  it('is an array with one object a line, also when there are no rows', () => {
    expect(sent('json', ['a'], [])).toBe('[\n]\n');
    expect(sent('json', ['a'], [[], [[1], ['x']], [], [[null]]])).toBe(
      '[\n{"a":1},\n{"a":"x"},\n{"a":null}\n]\n',
    );
  });
});
