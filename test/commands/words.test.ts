import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Command } from '../../src/conversation/command.ts';
import { createMatcher } from '../../src/conversation/words.ts';
import { en } from '../../src/languages/en/index.ts';
import { es } from '../../src/languages/es/index.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { foldWords } from '../../src/lib/text.ts';

const list: readonly Command[] = commands;
const matcher = createMatcher(list, LANGUAGES);
const found = (text: string) => {
  const match = matcher.match(text);
  return match && `${match.command.name}:${match.args}`;
};

describe('what people say', () => {
  test.each([
    ['HI', 'HOLA', 'hello:'],
    ['HELP', 'AYUDA', 'help:'],
    ['STOP', 'ALTO', 'stop:'],
    ['START', 'INICIAR', 'start:'],
    ['LANG ES', 'IDIOMA ES', 'lang:ES'],
    ['TASKS', 'TAREAS', 'tasks:'],
    ['TASKS creek', 'TAREAS creek', 'tasks:creek'],
    ['TASK 12', 'TAREA 12', 'task:12'],
    ['JOIN 12', 'UNIRME 12', 'join:12'],
    ['DROP 12', 'DEJAR 12', 'drop:12'],
    ['DONE 12 two bags', 'LISTO 12 two bags', 'done:12 two bags'],
    ['BALANCE', 'SALDO', 'balance:'],
    ['HISTORY', 'HISTORIAL', 'history:'],
    ['OFFERS', 'OFERTAS', 'offers:'],
    ['REDEEM 3', 'CANJEAR 3', 'redeem:3'],
    ['CODES', 'CODIGOS', 'codes:'],
    ['RELEASE 7GK2-M4QX', 'DEVOLVER 7GK2-M4QX', 'release:7GK2-M4QX'],
    ['ME', 'YO', 'me:'],
    ['ACCEPT 7GK2-M4QX-9TBW', 'ACEPTAR 7GK2-M4QX-9TBW', 'accept:7GK2-M4QX-9TBW'],
    ['ANNOUNCE a; 1; b; c; 2', 'ANUNCIAR a; 1; b; c; 2', 'announce:a; 1; b; c; 2'],
    ['REVIEW', 'REVISAR', 'review:'],
    ['APPROVE 31 thanks', 'APROBAR 31 thanks', 'approve:31 thanks'],
    ['REJECT 31 blurred', 'RECHAZAR 31 blurred', 'reject:31 blurred'],
    ['ROSTER 12', 'PERSONAS 12', 'roster:12'],
    ['CLOSE 12', 'CERRAR 12', 'close:12'],
    ['OFFER tea; 5', 'OFERTA tea; 5', 'offer:tea; 5'],
    ['CONFIRM 7GK2-M4QX', 'CONFIRMAR 7GK2-M4QX', 'confirm:7GK2-M4QX'],
    ['INVITE issuer Friends', 'INVITAR issuer Friends', 'invite:issuer Friends'],
    ['CAP Friends 500', 'LÍMITE Friends 500', 'cap:Friends 500'],
    ['CAP Friends 500 NEXT', 'LÍMITE Friends 500 NEXT', 'cap:Friends 500 NEXT'],
    ['MUTE 12', 'SILENCIAR 12', 'mute:12'],
    ['HALT 12', 'FRENAR 12', 'mute:12'],
  ])('%s and %s are understood alike', (english, spanish, expected) => {
    expect(found(english)).toBe(expected);
    expect(found(spanish)).toBe(expected);
    expect(found(english.toLowerCase())?.toLowerCase()).toBe(expected.toLowerCase());
    expect(found(`/${english}`)).toBe(expected);
    expect(found(`  ${spanish} `)).toBe(expected);
  });

  test.each([
    ["I'm in!", 'join:'],
    ['I’m in 12', 'join:12'],
    ['count me in', 'join:'],
    ['¡Me apunto!', 'join:'],
    ['me apunto 12', 'join:12'],
    ['open tasks', 'tasks:'],
    ['My codes', 'codes:'],
    ['mis códigos', 'codes:'],
    ['JOIN: 12', 'join:12'],
    ['Canjear #3', 'redeem:#3'],
  ])('%s is said too', (text, expected) => {
    expect(found(text)).toBe(expected);
  });

  test.each([
    ['BALANSE', 'balance:'],
    ['ofertaz', 'offers:'],
    ['HISTRY', 'history:'],
    ['UNIRMEE 12', 'join:12'],
  ])('%s is forgiven', (text, expected) => {
    expect(found(text)).toBe(expected);
  });

  test.each(['REDEM 3', 'CANJAER 3', 'RELEAS 7GK2-M4QX', 'CONFIRN 7GK2-M4QX', 'APROVE 31'])(
    '%s is not forgiven, because credits or codes move',
    (text) => {
      expect(found(text)).toBeUndefined();
    },
  );

  test('what moves credits or codes, or changes a role, is exact', () => {
    const exact = list.filter((command) => command.exact).map(({ name }) => name);
    expect(exact).toEqual(
      expect.arrayContaining(
        'redeem release confirm approve reject accept invite cap close announce offer done'.split(
          ' ',
        ),
      ),
    );
  });

  test.each(LANGUAGES)(
    '$tag: no command but HELP, STOP and START has a word of the law',
    (each) => {
      const { read } = matcher;
      const numbered = new Set<string>([...each.limited.numbered, ...each.limited.aboutTask]);
      for (const [name, words] of Object.entries(each.words)) {
        for (const word of words.filter((said) => !numbered.has(said))) {
          const isOfLaw = ['help', 'stop', 'start'].includes(name);
          expect([word, read.legalWord(word)]).toEqual([word, isOfLaw ? name : null]);
          expect([word, read.is('yes', word)]).toEqual([word, name === 'ok']);
        }
      }
    },
  );

  test.each(LANGUAGES)('$tag: every command has words, and all words are a command’s', (each) => {
    expect(Object.keys(each.words).toSorted()).toEqual(list.map(({ name }) => name).toSorted());
    for (const words of Object.values(each.words)) expect(words.length).toBeGreaterThan(0);
  });

  test('two commands of one name, or of one word, are refused', () => {
    expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
    const clashing = { ...es, words: { ...es.words, join: ['Task'] } };
    expect(() => createMatcher(list, [en, clashing])).toThrow(
      'Both task and join are called TASK.',
    );
    const silent = { ...es, words: { ...es.words, join: [] } };
    expect(() => createMatcher(list, [en, silent])).toThrow('join has no word in es.');
  });
});

describe('the texts', () => {
  const FORMATS = ['JPEG', 'PNG', 'HEIC', 'GIF', 'PDF', 'MB'];
  /** Shouted at the counter. */
  const SHOUTED: Readonly<Record<string, string>> = {
    en: 'DO NOT GIVE IT',
    es: 'NO LO ENTREGUES ENTREGALO',
  };

  test.each(LANGUAGES)('tell people in $tag to write only words that are understood', (each) => {
    const { tag, texts, words, answers, amounts } = each;
    const phrases = [words, answers, { next: amounts.next }].flatMap((all) =>
      Object.values(all).flat(),
    );
    const known = new Set(
      [...phrases, ...FORMATS, SHOUTED[tag] ?? '', ...LANGUAGES.map((other) => other.tag)]
        .map(foldWords)
        .flatMap((phrase) => phrase.split(' ')),
    );
    for (const [key, text] of Object.entries(texts)) {
      const plain = text.replace(/\{\w+\}/g, ' ').replace(/7GK2-M4QX(?:-9TBW)?/g, ' ');
      for (const [word] of plain.matchAll(/(?<![\p{L}\p{N}])\p{Lu}{2,}(?![\p{L}\p{N}])/gu)) {
        expect(known.has(foldWords(word)), `${key} says ${word}`).toBe(true);
      }
    }
  });

  test('never speak of credits as of money', () => {
    const money =
      /\b(money|wages?|payments?|paid|pay|cash|wallets?|salary|buy|purchase|dinero|pagos?|pagar|sueldo|salario|efectivo|cartera|billetera|comprar?)\b/iu;
    for (const text of LANGUAGES.flatMap(({ texts }) => Object.values(texts))) {
      expect(text).not.toMatch(money);
    }
  });
});
