import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { afterEach, describe, expect, test } from 'vitest';
import { isoTime } from '../../src/lib/clock.ts';
import { toGsm7 } from '../../src/lib/gsm7.ts';
import { UNLIMITED } from '../support/city.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../support/conversation.ts';

const SEGMENTS_MAX = 3;
let city: Conversation;
afterEach(() => city.close());

/** What went out by SMS, with what each message costs. */
const sent = () =>
  city.deliveries
    .filter(({ channel }) => channel === 'sms')
    .map(({ reply }) => {
      const message = new SegmentedMessage(toGsm7(reply.text));
      return { text: reply.text, segments: message.segmentsCount, alphabet: message.encodingName };
    });

const words = {
  en: {
    hello: 'HI',
    announce: 'ANNOUNCE',
    long: 'ANNOUNCE T; 25; sat 10:00am-12:30pm; P; 3',
    all: 'TASKS|TASK 1|TASK 4|JOIN|JOIN 1|HELP|DROP|JOIN 4|JOIN 4|TASK 4|BALANCE|HISTORY|OFFERS|ME|LANG|OK|what?|REDEEM|REDEEM 1|REDEEM 9|RELEASE|CODES|DONE 9 x|DONE 1|LINK|LINK 1|LINK 000 000|UNLINK|MOVE|MOVE 510 555 0142|MOVE NEW|OK|ME 2|NO|ALERTS x|ALERTS|ALERTS|ALERTS OFF|ALERTS OFF|ALERTS',
    after:
      'HELP|BALANCE|HISTORY|OFFERS|REDEEM 1|REDEEM 4|REDEEM 4|REDEEM 4|CODES|HELP|ME|what?|DROP 1',
    reject: 'REJECT 2',
  },
  es: {
    hello: 'HOLA',
    announce: 'ANUNCIAR',
    long: 'ANUNCIAR T; 25; sábado de 10:00 a 12:30; P; 3',
    all: 'TAREAS|TAREA 1|TAREA 4|UNIRME|UNIRME 1|AYUDA|DEJAR|UNIRME 4|UNIRME 4|TAREA 4|SALDO|HISTORIAL|OFERTAS|YO|IDIOMA|OK|¿qué?|CANJEAR|CANJEAR 1|CANJEAR 9|DEVOLVER|CODIGOS|LISTO 9 x|LISTO 1|VINCULAR|VINCULAR 1|VINCULAR 000 000|DESVINCULAR|MUDAR|MUDAR 510 555 0142|MUDAR NUEVO|OK|YO 2|NO|AVISOS x|AVISOS|AVISOS|AVISOS NO|AVISOS NO|AVISOS',
    after:
      'AYUDA|SALDO|HISTORIAL|OFERTAS|CANJEAR 1|CANJEAR 4|CANJEAR 4|CANJEAR 4|CODIGOS|AYUDA|YO|¿qué?|DEJAR 1',
    reject: 'RECHAZAR 2',
  },
} as const;

/** Everything that people do in a city, in one language, with the longest names and titles. */
/** Words that move authority, each with the number that comes back. */
const AUTHORITY = [
  ...['AS', 'INVITE admin', 'INVITE counter Northside Café until dec 20', 'UNINVITE', 'UNINVITE x'],
  ...['SUSPEND', 'SUSPEND Northside Café the kitchen is closed until the city has seen it again'],
  ...[
    'RESUME',
    'RESUME Northside Café',
    'RESUME Northside Café',
    'INVITE business X; red no papers',
  ],
];

async function everything(language: 'en' | 'es'): Promise<void> {
  const { say } = city;
  const said = words[language];
  const go = async (from: string, list: string) => {
    for (const text of list.split('|')) await say(from, text);
  };
  const title = 'Plant trees and water them with everybody who lives along the whole creek road';
  const place = 'Under the old oak at the corner of Codornices Creek and the Eighth Street bridge';
  for (const one of [ADMIN, ORGANIZER, REDEEMER]) await say(one, `LANG ${language}`);
  await go(ORGANIZER, `HELP|blah|REVIEW|${said.announce}|NO`);
  await say(ORGANIZER, said.long.replace('T;', `${title};`).replace('P;', `${place};`));
  await go(ORGANIZER, 'hm|OK|Reply ROSTER 4|ROSTER|CLOSE|APPROVE|APPROVE 7|REJECT');
  await go(ORGANIZER, `${said.announce} a; b; c; d; e; f|${said.announce}|x|y|NO`);
  await go(REDEEMER, 'HELP|blah|CONFIRM|CONFIRM 7GK2-M4QX|OFFER|a|BACK|NO');
  await go(REDEEMER, 'OFFER A sticker; 1|OFFER x');
  await go(ADMIN, 'HELP|blah|INVITE|INVITE issuer Friends|MUTE|MUTE 4|CAP|CAP Friends 100|CAP x 5');

  await go(ANA, `${said.hello}|?|OK|${said.all}`);
  await go(BEN, `${said.hello}|OK|JOIN 1|JOIN 4`);
  await say(ANA, 'DONE 1 we filled two bags', { pictures: ['ok', 'picture-broken'] });
  await go(ANA, 'OK');
  await say(ANA, `DONE 4 ${'We worked hard. '.repeat(70)}`);
  await go(ORGANIZER, `REVIEW|APPROVE 1 ${'well done '.repeat(50)}|REVIEW|${said.reject}`);
  await go(ORGANIZER, `${'The photo shows another place. '.repeat(20)}|ROSTER 1|CLOSE 4`);
  await go(ANA, said.after);
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await city.ask(ANA, 'CODES'))?.[0];
  await go(REDEEMER, `CONFIRM ${code}|CONFIRM ${code}`);
  await go(ANA, 'RELEASE|RELEASE 123|LANG FR|STOP|START|STOP');
  for (const text of AUTHORITY) await city.prove(ADMIN, text);
  await city.settle();
}

describe.each(['en', 'es'] as const)('by SMS in %s', (language) => {
  test('no reply takes more than three segments, and nearly all take one or two', async () => {
    city = openConversation();
    await everything(language);
    const messages = sent();
    expect(messages.length).toBeGreaterThan(90);
    expect(messages.filter(({ segments }) => segments > SEGMENTS_MAX)).toEqual([]);
    expect(messages.filter(({ alphabet }) => alphabet !== 'GSM-7')).toEqual([]);
    const single = messages.filter(({ segments }) => segments === 1).length;
    expect(single / messages.length).toBeGreaterThan(0.6);
  });
});

test('lists stay within three segments whatever titles and places they name', async () => {
  city = openConversation({ city: UNLIMITED });
  await city.join(ANA);
  const name = fc
    .array(fc.constantFrom(...'abcdefghijklmnop '), { minLength: 1, maxLength: 80 })
    .map((letters) => letters.join('').trim())
    .filter((text) => text !== '');
  const organizer = city.store.read.partners.personsActingFor(1, city.clock.time)[0] ?? 0;
  await fc.assert(
    fc.asyncProperty(
      name,
      name,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      async (title, place, credits, slots) => {
        city.announceTask(organizer, { title, place, credits, slots });
        for (const text of ['TASKS', 'HOLA', 'IDIOMA ES', 'TAREAS', 'LANG EN', 'JOIN']) {
          await city.say(ANA, text);
        }
        const costly = sent().filter(({ segments }) => segments > SEGMENTS_MAX);
        expect(costly).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});

test('the clock of this test is a Tuesday morning', () => {
  city = openConversation({ seeded: false });
  expect(isoTime(city.clock.time)).toBe('2026-11-24T18:00:00.000Z');
});
