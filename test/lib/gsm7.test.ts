import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import { gsm7Segments, toGsm7 } from '../../src/lib/gsm7.ts';

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
    ['‘a’ ‚b‛ ‹c› 5′ `d` ´e´', "'a' 'b' 'c' 5' 'd' 'e'"],
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
