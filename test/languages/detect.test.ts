import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGuessLanguage } from '../../src/languages/detect.ts';

const ENGLISH = ['hi', 'help', 'stop', 'info', 'tasks', 'task', 'join', 'forget me', 'why', 'me'];
const SPANISH = [
  ...['hola', 'ayuda', 'alto', 'info', 'tareas', 'tarea', 'unirme', 'olvídame', 'por qué', 'yo'],
];
const guess = createGuessLanguage([
  { tag: 'en', words: { said: ENGLISH }, signs: null },
  { tag: 'es', words: { said: SPANISH }, signs: /[ñ¿¡]/iu },
]);

test.each([
  ['HOLA', 'es'],
  ['¡hola!', 'es'],
  ['tareas limpieza', 'es'],
  ['Por que', 'es'],
  ['olvidame', 'es'],
  ['quiero ayuda mañana', 'es'],
  ['join 12', 'en'],
  ['Hi there', 'en'],
  ['FORGET ME', 'en'],
  ['hi, tareas', 'en'],
] as const)('%s is %s', (text, language) => {
  expect(guess(text, 'en')).toBe(language);
  expect(guess(text, 'es')).toBe(language);
});

test.each(['', 'ok', '12', '🌱', 'INFO', 'zzz'])('%j could be either', (text) => {
  expect(guess(text, 'en')).toBe('en');
  expect(guess(text, 'es')).toBe('es');
});

test('any text gets an answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1000 }), (text) => {
      expect(['en', 'es']).toContain(guess(text, 'es'));
    }),
  );
});
