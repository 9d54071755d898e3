import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import { smsPieces } from '../../src/lib/sms-pieces.ts';

describe('the texts that an SMS becomes', () => {
  it.each([
    ['x'.repeat(160), [1]],
    ['x'.repeat(161), [2]],
    ['x'.repeat(459), [3]],
    ['x'.repeat(460), [3, 1]],
    ['日'.repeat(70), [1]],
    ['日'.repeat(201), [3]],
    ['日'.repeat(202), [3, 1]],
  ])('cost for %j', (text, segments) => {
    expect(smsPieces(text).map((piece) => piece.segments)).toEqual(segments);
  });

  it('say in which alphabet they are', () => {
    expect(smsPieces('¿Mañana? ¡Sí!')).toEqual([
      { text: '¿Mañana? ¡Si!', segments: 1, encoding: 'GSM-7' },
    ]);
    expect(smsPieces('👍')).toEqual([{ text: '👍', segments: 1, encoding: 'UCS-2' }]);
  });

  it('are found where one letter goes on for pages', () => {
    const pieces = smsPieces(`x${'\u0301\u0302'.repeat(2500)}`);
    expect(pieces.every(({ segments }) => segments <= 3)).toBe(true);
  });

  it('are none for nothing', () => {
    expect(smsPieces(' ')).toEqual([]);
  });

  it('are of three segments at most, by Twilio’s own count, whatever is said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 800 }), (text) => {
        for (const piece of smsPieces(text)) {
          expect(piece.segments).toBeLessThanOrEqual(3);
          expect(piece.segments).toBe(new SegmentedMessage(piece.text).segmentsCount);
        }
      }),
      { numRuns: 100 },
    );
  });
});
