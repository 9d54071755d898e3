import { createRequire } from 'node:module';
import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import { gsm7Segments, toGsm7 } from '../../src/lib/gsm7.ts';
import { smsSegments } from '../../src/lib/sms-pieces.ts';

describe('segments of an SMS', () => {
  it.each([
    ['', 1],
    ['x'.repeat(160), 1],
    ['x'.repeat(161), 2],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['x'.repeat(306), 2],
    ['x'.repeat(307), 3],
    // The escape of the last sign does not fit behind 152 others.
    [`${'x'.repeat(152)}€${'x'.repeat(151)}€`, 3],
  ])('of %j are %i', (text, segments) => {
    expect(gsm7Segments(text)).toBe(segments);
  });

  it.each(['á', 'ñandú', '“', '日', '👍', '`'])('cannot be GSM-7 with %s', (text) => {
    expect(gsm7Segments(text)).toBeUndefined();
  });

  it('are those that Twilio counts', () => {
    const sign = fc.constantFrom(...'aZ9 @£ñÑéüÜ¿¡\n€{}[]~\\|^á👍ç`'.split(/(?:)/u));
    fc.assert(
      fc.property(fc.string({ unit: sign, minLength: 1, maxLength: 400 }), (text) => {
        const { encodingName, segmentsCount } = new SegmentedMessage(text);
        expect(gsm7Segments(text)).toBe(encodingName === 'GSM-7' ? segmentsCount : undefined);
      }),
      { numRuns: 200 },
    );
  });

  it('stay GSM-7 in Spanish', () => {
    const text = toGsm7('¿Mañana? ¡Sí! El pingüino recogió “tres” bolsas… en el río – ándale');
    expect(text).toBe('¿Mañana? ¡Si! El pingüino recogio "tres" bolsas... en el rio - andale');
    expect(gsm7Segments(text)).toBe(1);
  });

  it.each([
    ['‘a’ ‚b‛ ‹c› 5′ `d` ´e´', "'a' ,b' <c> 5' 'd' 'e'"],
    ['Þór Eiður Ŋalli STRAẞE \u2066Ana\u2069', 'Thor Eidur Nalli STRASSE Ana'],
    ['ʼ ʻ ÷ ⅓ ⅞ 1⁄2', "' ' / 1/3 7/8 1/2"],
    ['✱ one ❨two❩ ≤ 5 ± 2', '* one (two) <= 5 +/- 2'],
    ['“a” „b‟ «c» 5″', '"a" "b" "c" 5"'],
    ['a‐b‑c‒d–e—f―g−h', 'a-b-c-d-e-f-g-h'],
    ['1º y 2ª, 20° × ½ → fin…', '1o y 2a, 20o x 1/2 -> fin...'],
    ['a\u00a0b\u2002c\u2003d\u2009e\u202ff\tg', 'a b c d e f g'],
    ['in\u00advi\u200bsi\u2060ble\ufeff', 'invisible'],
  ])('stay GSM-7 for the typography in %j', (text, plain) => {
    expect(toGsm7(text)).toBe(plain);
    expect(gsm7Segments(plain)).toBe(1);
  });

  it.each([
    ['François, Ávila, Órgano, Çelik', 'Francois, Avila, Organo, Çelik'],
    ['più caffè là, così', 'più caffè là, così'],
    ['ＳＴＯＰ № 5 ™ ﬁn', 'STOP No 5 TM fin'],
    ['\u2028a\u3000b\u2007c', '\na b c'],
    ['‣ one ● two ©', '- one - two (C)'],
    ['Łódź, Đorđe, œuvre, ɪᴍ', 'Lodz, Dorde, oeuvre, IM'],
    // Marks on a letter that has them in no alphabet, and the boxes of keycaps.
    ['x\u0302 3\ufe0f\u20e3 ©\ufe0f', 'x 3 (C)'],
  ])('stay GSM-7 for the letters and signs in %j', (text, written) => {
    expect(toGsm7(text)).toBe(written);
    expect(gsm7Segments(written)).toBe(1);
  });

  it('keep what has no other rendering, and nothing that has one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const written = toGsm7(text);
        expect(toGsm7(written)).toBe(written);
        for (const sign of written) {
          if (gsm7Segments(sign) !== undefined) continue;
          const parts = sign.normalize('NFKD').replace(/\p{Mark}/gu, '');
          expect(parts === '' || gsm7Segments(parts) === undefined).toBe(true);
        }
      }),
    );
  });
});

// What Twilio's smart encoding makes of each sign, by Twilio's own table, which has no door of its own.
const theirs: { readonly default: Readonly<Record<string, string>> } = createRequire(
  import.meta.url,
)('sms-segments-calculator/dist/libs/SmartEncodingMap.js');
const smart: ReadonlyMap<string, string> = new Map(Object.entries(theirs.default));
/** The calculator writes two spaces for one and seven for a tab; Twilio's documentation says one. */
const asDocumented = (written: string): string => (/^ +$/.test(written) ? ' ' : written);

describe('Twilio’s smart encoding', () => {
  it('is the same here for each of its signs, but that a line stays a line', () => {
    expect(smart.size).toBeGreaterThan(250);
    for (const [sign, written] of smart) {
      const expected = /[\u2028\u2029]/.test(sign) ? '\n' : asDocumented(written);
      expect([sign, toGsm7(sign)]).toEqual([sign, expected]);
    }
  });

  it('has nothing left to do, and counts the same segments', () => {
    const strange = fc.constantFrom(...smart.keys());
    const any = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 });
    const word = fc.constantFrom(
      'bolsa',
      'ñandú ',
      'river, ',
      '日本',
      '👍🏽',
      '€',
      'x\u0302',
      '\n',
    );
    const text = fc.array(fc.oneof(strange, any, word), { minLength: 1, maxLength: 90 });
    fc.assert(
      fc.property(text, (parts) => {
        const said = toGsm7(parts.join(''));
        fc.pre(said !== '');
        const aided = new SegmentedMessage(said, 'auto', true);
        expect(smsSegments(parts.join(''))).toBe(aided.segmentsCount);
        expect(gsm7Segments(said) === undefined).toBe(aided.encodingName === 'UCS-2');
        const unaided = new SegmentedMessage(parts.join(''), 'auto', true);
        expect(smsSegments(parts.join(''))).toBeLessThanOrEqual(unaided.segmentsCount);
      }),
      { numRuns: 300 },
    );
  });
});
