import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeFrom, findCodes, inviteFrom, parseCode, showCode } from '../../src/domain/code.ts';
import { hideAll } from '../../src/lib/contacts.ts';
import { CROCKFORD_ALPHABET } from '../../src/lib/crockford.ts';

const maskCodes = (text: string): string => hideAll(text, findCodes);
const bytes = fc.uint8Array({ minLength: 7, maxLength: 7 });

test('a code is understood however a person types it', () => {
  fc.assert(
    fc.property(bytes, fc.infiniteStream(fc.nat(3)), (random, choices) => {
      const code = codeFrom(random);
      const typed = [...showCode(code)]
        .map((symbol) => {
          const choice = choices.next().value;
          if (symbol === '-') return ['', '-', ' ', ' – '][choice] ?? '';
          if (symbol === '0' && choice > 1) return 'o';
          if (symbol === '1' && choice > 1) return choice === 2 ? 'I' : 'l';
          return choice === 0 ? symbol.toLowerCase() : symbol;
        })
        .join('');
      expect(parseCode(typed)).toEqual({ ok: true, value: code });
    }),
  );
});

test('one wrong symbol is always noticed', () => {
  fc.assert(
    fc.property(bytes, fc.nat(7), fc.nat(31), (random, at, value) => {
      const code = codeFrom(random);
      const other = CROCKFORD_ALPHABET[value] as string;
      fc.pre(code[at] !== other);
      expect(parseCode(code.slice(0, at) + other + code.slice(at + 1)).ok).toBe(false);
    }),
  );
});

test('two neighbours swapped are noticed, but for 0 and Z', () => {
  fc.assert(
    fc.property(bytes, fc.nat(6), (random, at) => {
      const code = codeFrom(random);
      const [one, other] = [code[at] as string, code[at + 1] as string];
      fc.pre(one !== other && ![one, other].every((symbol) => '0Z'.includes(symbol)));
      const swapped = code.slice(0, at) + other + one + code.slice(at + 2);
      expect(parseCode(swapped).ok).toBe(false);
    }),
  );
});

test('no text makes parsing fail otherwise than by refusing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => {
      const parsed = parseCode(typed);
      expect(parsed.ok ? parsed.value.length : parsed.refusal.code).toSatisfy(
        (answer) => answer === 8 || answer === 'code-malformed',
      );
    }),
  );
});

test('a code or an invitation as it is shown is hidden in public text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (random) => {
      for (const code of [codeFrom(random), inviteFrom(random)]) {
        expect(maskCodes(`my code: ${showCode(code)}, take it`)).toBe('my code: […], take it');
      }
    }),
  );
});

test('a code of letters alone is hidden with a blank for its hyphen', () => {
  const letters = fc.uint8Array({ min: 10, max: 31, minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(letters, (random) => {
      const spaced = showCode(codeFrom(random)).replace('-', ' ');
      expect(maskCodes(`show: ${spaced}`)).toBe('show: […]');
    }),
  );
});

test.each(['7gk2-m4qx', '7GK2 M4QX', '7GK2M4QX', '7GK2–M4QX', '7gk2m4qx'])(
  'a code written %s is hidden',
  (typed) => {
    expect(parseCode(typed).ok).toBe(true);
    expect(maskCodes(`(${typed})`)).toBe('([…])');
  },
);

test.each([
  ...['7GK2.M4QX', '7gk2_m4qx', '7GK2 - M4QX', '7GK2/M4QX', '7GK2: M4QX', '7GK2*M4QX'],
  ...['7GK2…M4QX', '7gk2, m4qx', '7GK2 dash M4QX', '7gk2 guion m4qx', '7GK2\nM4QX'],
  ...['7 G K 2 M 4 Q X', '7-G-K-2-M-4-Q-X', '7 g k 2 - m 4 q x', '7.G.K.2...M.4.Q.X'],
  ...['W0XW DTVT 8HPP', 'w0xw dt7t 8hpp', 'W0XWDTVT8HPP', 'W0XW.DTVT.8HPP', 'W0XW – DTVT – 8HPP'],
  'W 0 X W D T V T 8 H P P',
])('somebody passes a code on as %j: it is hidden', (typed) => {
  expect(maskCodes(`(${typed})`)).toBe('([…])');
});

test('a code among words of four letters is hidden, and so is the same one again', () => {
  const text = 'show 7GK2 M4QX soon, 7gk2-m4qx: this 7GK2 M4QX';
  expect(maskCodes(text)).toBe('show […] soon, […]: this […]');
  // 'send 7GK2' could be one as well.
  expect(maskCodes('send 7GK2 M4QX')).toBe('[…]');
});

test.each([
  'very nice work',
  'we were done here by ten',
  'half-time, part-time',
  '10AM-12PM and 10am 12pm',
  'in 2026 many came',
  'Room 2B at 10AM, then 12PM',
  'food/tree/park',
  '1. a 2. b 3. c 4. d 5. e',
  'A, B, C, D, E, F, G, H',
  'FREE FOOD 2026, FREE FOOD 10AM',
  'N37.8715 W122.2730',
  'a7GK2M4QX',
  '7GK2-M4QY',
])('what is no code is left: %s', (text) => {
  expect(maskCodes(text)).toBe(text);
});
