// The words of the law, as carriers list them and as people write them (channels.md, Opt-out).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLegalWords } from '../../src/conversation/opt-out.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { phrasings } from '../support/phrasings.ts';

const legalWord = createLegalWords(LANGUAGES);

const OUT = [
  ...['STOP', 'STOPALL', 'STOP ALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'CANCEL', 'REVOKE', 'OPTOUT'],
  ...['OPT OUT', 'OPT-OUT', 'REMOVE', 'ALTO', 'PARAR', 'PARE', 'BAJA', 'CANCELAR', 'SALIR'],
  ...['DETENER', 'TERMINAR', 'NO MAS'],
];
const IN = ['START', 'YES', 'UNSTOP', 'INICIAR', 'ALTA'];
const HELP = ['HELP', 'INFO', 'AYUDA'];

/** The ways in which one word is written on a phone. */
const written = (word: string): string[] => [
  word,
  word.toLowerCase(),
  ` ${word[0]}${word.slice(1).toLowerCase()} `,
  `${word}.`,
  `"${word}"`,
  `${word}!!!`,
  `${word} 🙏`,
  `*${word}*`,
  `\n${word}\n`,
];

describe('whole messages', () => {
  test.each(OUT.flatMap(written))('%j opts out', (text) => expect(legalWord(text)).toBe('stop'));
  test.each(IN.flatMap(written))('%j opts in', (text) => expect(legalWord(text)).toBe('start'));
  test.each(HELP.flatMap(written))('%j asks for help', (text) =>
    expect(legalWord(text)).toBe('help'),
  );
  test.each(['no más', 'No mas', 'sálir', 'párar'])('%j opts out, with any accent', (text) =>
    expect(legalWord(text)).toBe('stop'),
  );
});

test.each([
  'unsubscribe please',
  'please opt out',
  'cancel please',
  'STOP STOP',
  'can you stop texting me',
  'never text me again',
  'I no longer want messages',
  'no manden más mensajes',
  'me quiero dar de baja',
  'quiero cancelar',
  'detener mensajes',
  'no más por favor',
  'STOP por favor',
  'ＳＴＯＰ',
  'stop sending these texts',
  'stop texting me',
  'Please stop texting me!',
  'stop sending me messages',
  'Stop messaging me please',
  'pls stop',
  'stop it',
  'STOP NOW',
  'do not text me',
  "don't text me anymore",
  'dont message me again',
  'unsubscribe me please',
  'please unsubscribe',
  'take me off your list',
  'remove me from this list',
  'remove my number',
  'opt me out',
  'I want to opt out',
  'i want to unsubscribe',
  'no more texts please',
  'no more messages',
  'leave me alone',
  "I don't want these messages",
  'i do not want any more texts',
  'stop these texts',
  'ya no quiero mensajes',
  'Ya no quiero recibir más mensajes',
  'no quiero que me escriban',
  'no me manden mas mensajes',
  'no me mandes mensajes',
  'ya no me escriban por favor',
  'por favor no me envíen más',
  'dejen de mandarme mensajes',
  'deja de escribirme',
  'paren de mandar mensajes',
  'dame de baja',
  'quiero darme de baja',
  'denme de baja por favor',
  'basta ya',
  'no más mensajes',
  'quítenme de la lista',
  'bórrenme de su lista',
])('the plain wish %j is heard', (text) => expect(legalWord(text)).toBe('stop'));

test.each([
  'take me to the creek',
  'opt me in',
  'remove me from task 2',
  'take me off task 3',
  'I want to stop by at 9',
  'stop sending water down the drain',
  'dejen de enviar basura al arroyo',
  'no me mandes sola',
  'cancel task 3',
  'quiero cancelar la tarea 2',
  'paren el camión en la esquina',
  'no more bags please',
  'stop sign repaired at the corner',
  'the bus stop is clean now',
  'we did not stop until noon',
  'picked up the bags at the stop',
  'end of the path is clear',
  'start of the trail',
  'I can help on Saturday',
  'no more trash in the creek',
  'no quedan más bolsas',
  'removed 3 bags',
  'alto riesgo junto al arroyo',
  'la parada del bus quedó limpia',
  'salimos a las 9',
  'quitamos la basura de la lista',
  'JOIN 1',
  'DONE 1 stopped the leak',
  "I don't want to miss it",
  'ya no quiero basura en el parque',
  '',
  '👍',
])('%j is no wish to be left alone', (text) => expect(legalWord(text)).toBeNull());

describe.each(LANGUAGES)('the table of $tag', ({ tag }) => {
  const table = phrasings(`conversation/opt-out/${tag}.tsv`);

  test('has three hundred phrasings, about as many of each kind, and none twice', () => {
    const outs = table.filter(([, reading]) => reading === 'out').length;
    expect(outs).toBeGreaterThanOrEqual(150);
    expect(table.length - outs).toBeGreaterThanOrEqual(150);
    expect(new Set(table.map(([text]) => text)).size).toBe(table.length);
  });

  test.each(table)('%j is %s', (text, reading) => {
    expect(legalWord(text) === 'stop' ? 'out' : 'in').toBe(reading);
  });

  test.each(table.filter(([, reading]) => reading === 'out'))('%j, as phones write it', (text) => {
    for (const said of [
      text.toUpperCase(),
      ` ${text.toLowerCase()}\n`,
      `${text} 🙏`,
      `"${text}"`,
    ]) {
      expect([said, legalWord(said)]).toEqual([said, 'stop']);
    }
  });
});

test.each([
  ...['START 12', 'start at 9', 'How do I start?', 'yes please', 'Yes I can', 'yes to task 2'],
  ...['alta 3', 'Alta velocidad', 'INICIAR 3', 'iniciar la tarea', 'voz alta', 'unstop the drain'],
  ...['Start of the trail', 'We start. Thanks', 'Start. 9am', 'a fresh start', 'sí', 'YES!! 2'],
])('%j opts nobody in', (text) => {
  expect(legalWord(text)).not.toBe('start');
});

describe('mixed words', () => {
  const lines = LANGUAGES.flatMap(({ tag }) => phrasings(`conversation/opt-out/${tag}.tsv`));
  const ins = lines.filter(([, reading]) => reading === 'in').map(([text]) => text);
  const harmless = [...new Set(ins.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u)))].filter(
    (word) => word !== '' && legalWord(word) === null,
  );
  /** What every wish has at least one of: who opts out says so by one of these. */
  const MARKS = LANGUAGES.flatMap(({ optOut }) => [
    ...[...optOut.stop, ...optOut.whole, ...optOut.wishes, ...optOut.beginnings]
      .join(' ')
      .split(/[^A-Z]+/),
  ]);
  const marks = new Set(MARKS.filter((word) => word.length > 1));

  test('without a word of the rules opt nobody out', () => {
    const words = harmless.filter(
      (word) => !marks.has(word.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()),
    );
    expect(words.length).toBeGreaterThan(200);
    const text = fc.array(fc.constantFrom(...words), { maxLength: 30 });
    const ends = fc.constantFrom(' ', '. ', ', ', '! ', '\n');
    fc.assert(
      fc.property(text, ends, (said, end) => {
        expect(legalWord(said.join(end))).not.toBe('stop');
      }),
      { numRuns: 2000 },
    );
  });

  test('behind a command and its number opt nobody out', () => {
    const command = fc.constantFrom(
      'JOIN 2',
      'DONE 1',
      'REJECT 3',
      'UNIRME 2',
      'LISTO 1',
      'STOP 7',
    );
    const rest = fc.array(fc.constantFrom(...harmless, 'stop', 'alto', 'baja', 'texts', 'me'), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(command, rest, (said, words) => {
        expect(legalWord(`${said} ${words.join(' ')}`)).not.toBe('stop');
      }),
      { numRuns: 2000 },
    );
  });

  test('of any length are read within a moment', () => {
    const word = fc.constantFrom(
      'please',
      'stop',
      'the',
      'no',
      'más',
      'de',
      'me',
      'texts',
      '.',
      'ya',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 500, maxLength: 1200, size: 'max' }), (words) => {
        const before = performance.now();
        legalWord(words.join(' ').slice(0, 5000));
        legalWord(words.slice(0, 30).join(' '));
        expect(performance.now() - before).toBeLessThan(20_000);
      }),
      { numRuns: 50 },
    );
  });
});
