// Personal data is found, and ordinary words are not taken for it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countUnknown, inspect } from '../../src/audit/inspect.ts';
import { personalDataIn } from '../../src/audit/privacy.ts';
import { codeFrom, showCode } from '../../src/domain/code.ts';
import { newParticipantId, tidOf } from '../../src/lib/ids.ts';
import { systemRandom } from '../../src/lib/random.ts';

const find = (text: string) => personalDataIn(text, 'US');
const RUNS = { numRuns: 500 };

describe('personal data', () => {
  it.each([
    ['Call 510 555 0199', 'telephone number'],
    ['(510) 555-0199', 'telephone number'],
    ['510.555.0199 evenings', 'telephone number'],
    ['+15105550199', 'telephone number'],
    ['+34 612 345 678', 'telephone number'],
    ['+44 20 7946 0958', 'telephone number'],
    ['llámame al 06 12 34 56 78', 'telephone number'],
    ['5 1 0 5 5 5 0 1 9 9', 'telephone number'],
    ['５１０ ５５５ ０１９９', 'telephone number'],
    ['tel:+15105550199', 'telephone number'],
    ['https://wa.me/15105550199', 'telephone number'],
    ['my id is 7000142987', 'telephone number'],
    ['ana@mail.example', 'e-mail address'],
    ['write to ANA.MARIA+bot@correo.example.org!', 'e-mail address'],
    ['josé＠correo.example', 'e-mail address'],
    ['mailto:ana@mail.example', 'e-mail address'],
    ['t.me/ana_maria', 'Telegram account'],
    ['see https://t.me/+AbCdEf123', 'Telegram account'],
    ['Telegram: @ana_maria', 'Telegram account'],
    ['tg://user?id=70001429', 'Telegram account'],
    ['my code 7GK2-M4QX', 'code'],
    ['my code 7gk2-m4qx', 'code'],
    ['7GK2–M4QX', 'code'],
  ])('%s', (text, kind) => {
    expect(find(text)).toBe(kind);
  });

  it('is any redemption code of digits and letters, in any writing', () => {
    let found = 0;
    let all = 0;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 7, maxLength: 7 }), (bytes) => {
        const code = showCode(codeFrom(bytes));
        all += 1;
        if (find(`Here: ${code}.`) === 'code') found += 1;
      }),
      RUNS,
    );
    // Those of letters or digits alone are let pass: they look like words and years.
    expect(found / all).toBeGreaterThan(0.8);
  });
});

describe('ordinary words', () => {
  it.each([
    '8-10-2026',
    '2026-11-28',
    '28.11.2026 and 29.11.2026',
    '11/28/26 at 9',
    'Sat 28 Nov 2026 10:00–12:00',
    'from 10:00 to 12:00, from 14:00 to 16:30',
    '2026-11-28 10:00 to 2026-11-28 12:00',
    '10am-12pm',
    '10AM-12PM',
    '10:30am - 12:45pm',
    '22nd-25th of May',
    '10km-15km',
    'the years 2024-2025',
    '$12.50 each, $100 for all, 1,234,567 in total',
    '1234 Shattuck Ave, Berkeley, CA 94709',
    '1234 Shattuck Ave, Berkeley, CA 94709-1234',
    'Bus 51A to 8th St, stop 55123, lines 6 & 7',
    'Clean up Codornices Creek',
    '12 bags, 3 kg of glass, 40 cans',
    'Limpieza del arroyo: 20 créditos, 12 lugares',
    '@berkeley.test',
    'Telegram: write us there',
    'well-done',
    'task 12 of Berkeley',
    'Part 2.',
    '3 × 4 = 12',
    '',
  ])('%s', (text) => {
    expect(find(text)).toBeUndefined();
  });

  it('that tell a day, an hour, a price or a house number', () => {
    const two = (value: number) => String(value).padStart(2, '0');
    const day = fc.tuple(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 2020, max: 2049 }),
      fc.constantFrom('-', '/', '.'),
    );
    const hour = fc.tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }));
    const date = day.map(([d, m, y, mark]) => [d, m, y].join(mark));
    const time = hour.map(([h, m]) => `${h}:${two(m)}`);
    const price = fc
      .integer({ min: 1, max: 100_000 })
      .map((cents) => `$${(cents / 100).toFixed(2)}`);
    const house = fc.integer({ min: 1, max: 9999 }).map((number) => `${number} Shattuck Ave`);
    const word = fc.constantFrom('at', 'from', 'until', 'for', 'Creek', 'café', 'y', 'and');
    const text = fc
      .array(fc.tuple(word, fc.oneof(date, time, price, house)), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.flat().join(' '));
    fc.assert(
      fc.property(text, (words) => {
        expect(find(words)).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('that are identifiers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 50 }), fc.nat({ max: 1023 }), (time, clock) => {
        const tid = tidOf(time, clock);
        const person = newParticipantId(systemRandom);
        const did = 'did:plc:234567234567234567234567';
        for (const identifier of [
          tid,
          `issuance:${tid}`,
          `${tid}-12`,
          person,
          `person:${person}`,
          did,
          `at://${did}/org.city-sync.civic.task/${tid}`,
          new Date(time / 1000).toISOString(),
        ]) {
          expect(find(identifier), identifier).toBeUndefined();
        }
      }),
      RUNS,
    );
  });

  it('however long they are, in little time', () => {
    const started = performance.now();
    for (const piece of ['a@', '1-', '(5', 'A1-', 't.me', '1 2 3 x ', '+']) {
      find(piece.repeat(150_000));
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('a record is looked through', () => {
  it.each([
    { note: { multihash: 1, words: 'ana@mail.example' } },
    { note: new TextEncoder().encode('ana@mail.example') },
    { note: [{ 'ana@mail.example': true }] },
    { note: `${'word '.repeat(100_000)}ana@mail.example` },
  ])('wherever its words are: %#', (record) => {
    const found: unknown[] = [];
    inspect(record, { text: (text) => found.push(find(text)), reference: () => undefined });
    expect(found).toContain('e-mail address');
  });

  it('and a field is unknown though every object has one of that name', () => {
    expect(countUnknown({ constructor: 1, toString: 'x', a: 2 }, { shape: { a: {} } })).toBe(2);
  });
});
