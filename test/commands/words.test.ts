import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Command } from '../../src/conversation/command.ts';
import { legalWord } from '../../src/conversation/opt-out.ts';
import { createMatcher, isAgreement } from '../../src/conversation/words.ts';
import { en } from '../../src/languages/en/texts/index.ts';
import { es } from '../../src/languages/es/texts/index.ts';
import { foldWords } from '../../src/lib/text.ts';

const list: readonly Command[] = commands;
const matcher = createMatcher(list);
const found = (text: string) => {
  const match = matcher.match(text);
  return match && `${match.command.name}:${match.args}`;
};

describe('what people say', () => {
  test.each([
    ['HI', 'HOLA', 'hello:'],
    ['HELP', 'AYUDA', 'help:'],
    ['STOP', 'ALTO', 'stop:'],
    ['START', 'ALTA', 'start:'],
    ['LANG ES', 'IDIOMA ES', 'lang:ES'],
    ['TASKS', 'TAREAS', 'tasks:'],
    ['TASKS creek', 'TAREAS creek', 'tasks:creek'],
    ['TASK 12', 'TAREA 12', 'task:12'],
    ['JOIN 12', 'UNIRME 12', 'join:12'],
    ['DROP 12', 'SOLTAR 12', 'drop:12'],
    ['DONE 12 two bags', 'LISTO 12 two bags', 'done:12 two bags'],
    ['BALANCE', 'SALDO', 'balance:'],
    ['HISTORY', 'HISTORIAL', 'history:'],
    ['OFFERS', 'OFERTAS', 'offers:'],
    ['REDEEM 3', 'CANJEAR 3', 'redeem:3'],
    ['CODES', 'CODIGOS', 'codes:'],
    ['RELEASE 7GK2-M4QX', 'LIBERAR 7GK2-M4QX', 'release:7GK2-M4QX'],
    ['ME', 'YO', 'me:'],
    ['ACCEPT 7GK2-M4QX-9TBW', 'ACEPTAR 7GK2-M4QX-9TBW', 'accept:7GK2-M4QX-9TBW'],
    ['ANNOUNCE a; 1; b; c; 2', 'ANUNCIAR a; 1; b; c; 2', 'announce:a; 1; b; c; 2'],
    ['REVIEW', 'REVISAR', 'review:'],
    ['APPROVE 31 thanks', 'APROBAR 31 thanks', 'approve:31 thanks'],
    ['REJECT 31 blurred', 'RECHAZAR 31 blurred', 'reject:31 blurred'],
    ['ROSTER 12', 'LISTA 12', 'roster:12'],
    ['CLOSE 12', 'CERRAR 12', 'close:12'],
    ['OFFER tea; 5', 'OFERTA tea; 5', 'offer:tea; 5'],
    ['CONFIRM 7GK2-M4QX', 'CONFIRMAR 7GK2-M4QX', 'confirm:7GK2-M4QX'],
    ['INVITE issuer Friends', 'INVITAR issuer Friends', 'invite:issuer Friends'],
    ['CAP Friends 500', 'TOPE Friends 500', 'cap:Friends 500'],
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

  test('no command but HELP, STOP and START has a word of the law, and OK alone agrees', () => {
    for (const { name, words } of list) {
      for (const word of [...words.en, ...words.es]) {
        expect(foldWords(word)).toBe(word);
        if (['help', 'stop', 'start'].includes(name)) expect(legalWord(word)).toBe(name);
        else expect(legalWord(word)).toBeNull();
        expect(isAgreement(word)).toBe(name === 'ok');
      }
    }
  });

  test('every command has a word in each language and a name of its own', () => {
    expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
    for (const { words } of list) {
      expect(words.en.length).toBeGreaterThan(0);
      expect(words.es.length).toBeGreaterThan(0);
    }
  });
});

describe('the texts', () => {
  const known = {
    en: new Set(list.flatMap(({ words }) => words.en.flatMap((word) => word.split(' ')))),
    es: new Set(list.flatMap(({ words }) => words.es.flatMap((word) => word.split(' ')))),
  };
  const others = {
    en: new Set('OK NO OFF BACK ANY DO NOT HONOR IT JPEG PNG HEIC GIF PDF ES EN MB'.split(' ')),
    es: new Set(
      'OK NO ATRAS SIN LIMITE LO ENTREGUES ENTREGALO JPEG PNG HEIC GIF PDF EN ES MB'.split(' '),
    ),
  };

  test.each([
    ['en', en],
    ['es', es],
  ] as const)('tell people in %s to write only words that are understood', (language, texts) => {
    for (const [key, text] of Object.entries(texts)) {
      const plain = text.replace(/\{\w+\}/g, ' ').replace(/7GK2-M4QX(?:-9TBW)?/g, ' ');
      for (const [word] of plain.matchAll(/(?<![\p{L}\p{N}])\p{Lu}{2,}(?![\p{L}\p{N}])/gu)) {
        const folded = foldWords(word);
        const isKnown = known[language].has(folded) || others[language].has(folded);
        expect(isKnown, `${key} says ${word}`).toBe(true);
      }
    }
  });

  test('never speak of credits as of money', () => {
    const money =
      /\b(money|wages?|payments?|paid|pay|cash|wallets?|salary|buy|purchase|dinero|pagos?|pagar|sueldo|salario|efectivo|cartera|billetera|comprar?)\b/iu;
    for (const text of [...Object.values(en), ...Object.values(es)]) {
      expect(text).not.toMatch(money);
    }
  });
});
