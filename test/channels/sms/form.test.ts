// Forms as strangers make them: read in time that grows with their length, or not at all.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORM_BYTES_MAX, parseFields } from '../../../src/channels/sms/form.ts';

describe('the fields of a form', () => {
  it('are what the standard says, each name with all its values', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 100 }), (pairs) => {
        const params = new URLSearchParams(pairs);
        const expected = [...new Set(params.keys())].map((name) => [name, params.getAll(name)]);
        const fields = parseFields(params.toString()) ?? {};
        expect(Object.entries(fields).sort()).toEqual(expected.sort());
      }),
    );
  });

  it('may be called anything', () => {
    const fields = parseFields('__proto__=1&constructor=2&toString=3');
    expect(Object.keys(fields ?? {})).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
  });

  it.each([
    ['one name again and again', 'a&'],
    ['nothing but separators', '&'],
    ['escapes', '%26=%26&'],
  ])('are not kept where there are more than any provider sends: %s', (_, piece) => {
    const body = piece.repeat(FORM_BYTES_MAX / piece.length);
    expect(parseFields(body)).toBeUndefined();
  });

  it('may be 250', () => {
    const form = (count: number) => Array.from({ length: count }, (_, at) => `f${at}=x`).join('&');
    expect(Object.keys(parseFields(form(250)) ?? {})).toHaveLength(250);
    expect(parseFields(form(251))).toBeUndefined();
  });
});
