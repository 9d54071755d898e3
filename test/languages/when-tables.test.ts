// What people write for a date and time, each with its reading: '2026-12-05T09:00/11:00', or why it
// is asked about. It is noon on Saturday, November 28, 2026, in Berkeley.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/languages/index.ts';
import { createParseWhen } from '../../src/languages/parse-when.ts';
import { wallClockOf } from '../../src/lib/zone.ts';
import { runs } from '../support/runs.ts';

const parseWhen = createParseWhen(LANGUAGES);
const BERKELEY = 'America/Los_Angeles';
const NOON = Date.UTC(2026, 10, 28, 20);
const ROWS_MIN = 500;
/** A text of the greatest length is read in less, however busy the machine is. */
const READ_MS_MAX = 20_000;

function read(text: string, language: string): string {
  const result = parseWhen(text, { language, timeZone: BERKELEY, now: NOON });
  if (!result.ok) return `asked ${result.refusal.code}`;
  const show = (ms: number) => {
    const { year, month, day, hour, minute } = wallClockOf(ms, BERKELEY);
    const [m, d, h, min] = [month, day, hour, minute].map((part) => String(part).padStart(2, '0'));
    return { day: `${year}-${m}-${d}`, time: `${h}:${min}` };
  };
  const start = show(result.value.startMs);
  if (result.value.endMs === null) return `${start.day}T${start.time}`;
  const end = show(result.value.endMs);
  return `${start.day}T${start.time}/${end.day === start.day ? '' : `${end.day}T`}${end.time}`;
}

const tables = ['en', 'es'].map((language) => {
  const text = readFileSync(new URL(`when/${language}.tsv`, import.meta.url), 'utf8');
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  return { language, rows: rows.map(([phrase = '', reading = '']) => ({ phrase, reading })) };
});

describe.each(tables)('the table of $language', ({ language, rows }) => {
  test('is large and says nothing twice', () => {
    expect(rows.length).toBeGreaterThanOrEqual(ROWS_MIN);
    expect(new Set(rows.map(({ phrase }) => phrase)).size).toBe(rows.length);
  });

  test('is read as it says', () => {
    const wrong = rows
      .map(({ phrase, reading }) => ({ phrase, reading, got: read(phrase, language) }))
      .filter(({ reading, got }) => got !== reading);
    expect(wrong).toEqual([]);
  });

  test('is read alike in capitals, without accents and with more blanks', () => {
    const bare = (text: string) => text.normalize('NFD').replace(/\p{Mark}/gu, '');
    const wrong = rows.filter(
      ({ phrase, reading }) =>
        read(bare(phrase).toUpperCase().replaceAll(' ', '  '), language) !== reading,
    );
    expect(wrong).toEqual([]);
  });
});

describe('what is left over', () => {
  const understood = tables.flatMap(({ language, rows }) =>
    rows.flatMap((row) => (row.reading.startsWith('asked') ? [] : [{ ...row, language }])),
  );
  const LEFT_OVER = [
    ...['7', '10', '30', '45', '99', '1130', '6:05am', '8:15', '9.30', '12/24', '13th', '1999'],
    ...[
      'wednesday',
      'miércoles',
      'every',
      'cada',
      'may',
      'mayo',
      'yesterday',
      'ayer',
      'next month',
    ],
    ...['before', 'después', 'or', 'o', 'to', 'hasta', '-', 'medianoche', 'all day', 'todo el día'],
    ...['daily', 'semanal', 'evning', 'trade', 'satruday', 'savado', 'ish', 'late', 'temprano'],
    ...['CET', 'JST', 'UTC+2', 'hora de Madrid', 'for', 'in 2 hours', 'weekend', 'y', 'and 11'],
  ];
  const isWednesday = (reading: string) => new Date(reading.slice(0, 10)).getUTCDay() === 3;

  test('never leaves a reading as it was', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...understood),
        fc.constantFrom(...LEFT_OVER),
        fc.constantFrom(' ', ', '),
        ({ phrase, reading, language }, leftOver, between) => {
          // What says the same once more is no news.
          fc.pre(!/^wed|^mié/.test(leftOver) || !isWednesday(reading));
          fc.pre(leftOver !== 'medianoche' || !reading.endsWith('T00:00'));
          const said = `${phrase}${between}${leftOver}`;
          expect([said, read(said, language)]).not.toEqual([said, reading]);
        },
      ),
      { numRuns: runs(600, 3000) },
    );
  });

  test('is no number, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...understood),
        fc.oneof(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 100, max: 9999 })),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ phrase, reading, language }, number, where) => {
          const [year = 0, day = 0] = [reading.slice(0, 4), reading.slice(8, 10)].map(Number);
          // 'Saturday 5' and '12 noon' say what is said already, as do '1 quarter' and '2 hours'.
          fc.pre(![1, 2, 12, year, day - 1, day, day + 1].includes(number));
          const words = phrase.split(' ');
          const at = Math.floor(where * (words.length + 1));
          const said = words.toSpliced(at, 0, String(number)).join(' ');
          expect([said, read(said, language)]).not.toEqual([said, reading]);
        },
      ),
      { numRuns: runs(1000, 5000) },
    );
  });
});

describe('any text of 5,000 characters', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 5000 }),
    fc
      .tuple(fc.constantFrom(...tables.flatMap(({ rows }) => rows)), fc.integer({ max: 5000 }))
      .map(([{ phrase }, length]) => `${phrase} `.repeat(200).slice(0, length)),
    fc
      .array(fc.constantFrom(...'9 a y de las to - : . 9am de la mañana past 20 hora'.split(' ')), {
        maxLength: 200,
      })
      .map((words) => words.join(' ').slice(0, 200)),
  );

  test('is read at once', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('en', 'es'), (text, language) => {
        const start = performance.now();
        read(text, language);
        expect(performance.now() - start).toBeLessThan(READ_MS_MAX);
      }),
      { numRuns: runs(300, 1000) },
    );
  });
});
