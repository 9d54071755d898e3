import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { en } from '../../src/languages/en/index.ts';
import { es } from '../../src/languages/es/index.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { createCompiler, type TextParams } from '../../src/languages/message.ts';
import { createTexts, type TextKey } from '../../src/languages/texts.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';

const START = Date.UTC(2026, 10, 28, 17);
const keys = Object.keys(en.texts) as TextKey[];
const texts = createTexts({ timeZone: 'America/Los_Angeles', currencyWord: 'CITY' }, LANGUAGES);
const english = createCompiler(en, 'America/Los_Angeles');
const spanish = createCompiler(es, 'America/Los_Angeles');

describe('a text', () => {
  test('counts in the person’s language, with the city’s word for credits', () => {
    expect(texts.credits('en', 1)).toBe('1 CITY credit');
    expect(texts.credits('en', 12)).toBe('12 CITY credits');
    expect(texts.credits('es', 1)).toBe('1 crédito CITY');
    expect(texts.credits('es', 1234)).toBe('1,234 créditos CITY');
  });

  test('writes dates as everywhere else, in the city’s time zone', () => {
    const message =
      '{start, date, short}|{start, date, medium}|{start, date, long}|{start, time, short}';
    expect(english(message).format({ start: new Date(START) })).toBe(
      'Nov 28|Sat, Nov 28|Saturday, November 28, 2026|9:00 AM',
    );
    expect(spanish(message).format({ start: START })).toBe(
      '28 nov|sáb 28 nov|sábado 28 de noviembre de 2026|9:00 a.m.',
    );
    expect(texts.when('es', { startMs: START, endMs: START + 2 * HOUR_MS })).toBe(
      'sáb 28 nov, 9:00–11:00 a.m.',
    );
  });

  test('writes lengths of time', () => {
    expect(texts.duration('en', 15 * MINUTE_MS)).toBe('15 minutes');
    expect(texts.duration('es', 1)).toBe('1 minuto');
    expect(texts.duration('es', 91 * MINUTE_MS)).toBe('2 horas');
    expect(texts.duration('en', 72 * HOUR_MS)).toBe('3 days');
  });

  test('chooses, and knows a message without arguments', () => {
    const message = english('{state, select, open {Open} other {Closed}}');
    expect(message.format({ state: 'open' })).toBe('Open');
    expect(message.format({ state: 'constructor' })).toBe('Closed');
    expect(english("It's <b>here</b>.").format({})).toBe("It's <b>here</b>.");
  });

  test('says why something was refused, also where there is no text for it', () => {
    const past = { code: 'when-past', params: { start: START } };
    expect(texts.refusal('en', past)).toContain('Sat, Nov 28, 9:00 AM');
    expect(texts.refusal('es', { code: 'no-such-code', params: {} })).toBe(
      texts.say('es', 'refused.unknown'),
    );
    expect(texts.refusal('en', { code: '__proto__', params: {} })).toBe(
      texts.say('en', 'refused.unknown'),
    );
  });
});

describe('what people wrote', () => {
  test('is filled in as it is, never read as a message or as markup', () => {
    const message = english('Task: {title}');
    for (const title of ['{count, plural, other {#}}', "it's '{'", '<b>bold</b>', '{', '#', '$&']) {
      expect(message.format({ title })).toBe(`Task: ${title}`);
    }
  });

  test('stays whole, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
        expect(
          english('“{title}” {count, plural, one {#} other {#}}').format({ title, count: 2 }),
        ).toBe(`“${title}” 2`);
      }),
    );
  });
});

describe('a gap', () => {
  test('stands where a param is missing or of a wrong kind', () => {
    expect(english('Hi {name}!').format({})).toBe('Hi …!');
    expect(english('On {start, date, short}').format({ start: 'soon' })).toBe('On …');
    expect(english('On {start, date, short}').format({ start: new Date(Number.NaN) })).toBe('On …');
    expect(english('{count, plural, one {#} other {#}}').format({})).toBe('0');
  });

  test('is the worst that can happen: saying something never throws', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.date({ noInvalidDate: false }),
      fc.constantFrom('9'.repeat(400), Number.MAX_SAFE_INTEGER),
    );
    const names = [...new Set(keys.flatMap((key) => [...texts.argumentsOf('en', key).keys()]))];
    const name = fc.oneof(fc.constantFrom(...names), fc.string());
    const anyParams: fc.Arbitrary<TextParams> = fc.dictionary(name, value, { maxKeys: 8 });
    fc.assert(
      fc.property(
        fc.constantFrom('en', 'es'),
        fc.constantFrom(...keys),
        anyParams,
        (language, key, params) => {
          expect(typeof texts.say(language, key, params)).toBe('string');
        },
      ),
    );
  });

  test('stands for what no type allows, too', () => {
    for (const value of [null, undefined, {}, [], Symbol('x'), 10n, () => '']) {
      const params = {
        name: value,
        count: value,
        start: value,
        state: value,
      } as unknown as TextParams;
      const message = english(
        '{name} {count, number} {count, plural, other {#}} {start, time, short} {state, select, other {}}',
      );
      expect(typeof message.format(params)).toBe('string');
    }
  });
});

test('a message that is none does not compile, nor one with a date style of its own', () => {
  expect(() => english('{')).toThrow(SyntaxError);
  expect(() => english('{count, plural, one {#}}')).toThrow(SyntaxError);
  expect(() => english('{start, date, ::yyyyMMdd}')).toThrow(SyntaxError);
});
