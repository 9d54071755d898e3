// A language that this folder alone makes: everything works in it, with no line of the program
// changed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { telegramTexts } from '../../../src/city/telegram-texts.ts';
import { createMatcher } from '../../../src/conversation/words.ts';
import { LANGUAGES } from '../../../src/languages/index.ts';
import { createPageLanguages } from '../../../src/languages/pages.ts';
import { createTexts, type TextKey } from '../../../src/languages/texts.ts';
import { smsSegments } from '../../../src/lib/sms-pieces.ts';
import { createWeb } from '../../../src/web/app.ts';
import { BERKELEY } from '../../support/city.ts';
import {
  ADMIN,
  BEN,
  type Conversation,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../../support/conversation.ts';
import { homeReads } from '../../support/home-view.ts';
import { openDataParts } from '../../support/open-data.ts';
import { readAssets } from '../../support/web-server.ts';
import { madeUp } from './index.ts';
import { invent, inventPlain } from './invent.ts';

const CITY = { ...BERKELEY, languages: ['qaa', 'en'] };
const languages = [...LANGUAGES, madeUp];
const EVERYWHERE = { city: CITY, languages };
/** On Telegram, where an answer is not cut into pages. */
const DINA = '7000377';
const LATIN_WORD = /\b(?!CITY\b|qaa\b|p-|City|Berkeley|Sync)[A-Za-z]{3,}\b/;
const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

/** As people type it: without marks. */
const said = (english: string): string => inventPlain(english);

describe('a city that speaks it', () => {
  let city: Conversation;
  beforeAll(() => {
    city = openConversation(EVERYWHERE);
  });
  afterAll(() => city.close());
  const ask = (from: string, english: string, extra = {}) => city.ask(from, said(english), extra);

  test('greets a stranger in their language, which their first word tells', async () => {
    const hello = await ask(DINA, 'hi');
    expect(hello).toContain(invent('earn credits'));
    expect(hello).not.toMatch(/earn|credits/);
    expect(await ask(DINA, 'OK')).toContain(`\u07c1 `);
  });

  test('takes a task by its number, typed in digits of its own', async () => {
    expect(await ask(DINA, 'tasks')).toContain(invent('free'));
    const joined = await ask(DINA, 'JOIN 1');
    expect(joined).toContain(`${invent('DONE')} \u07c1`);
    expect(joined).toContain(invent('saturday'));
  });

  test('takes a photo and words as evidence, and asks for consent once', async () => {
    expect(await ask(DINA, 'DONE 1 all clean', { pictures: ['ok'] })).toContain(invent('OK'));
    expect(await ask(DINA, 'OK')).toContain(invent('Thank you'));
  });

  test('lets the organizer review and approve', async () => {
    expect(await ask(ORGANIZER, 'REVIEW')).toContain(`${invent('APPROVE')} \u07c1`);
    await ask(ORGANIZER, 'APPROVE 1');
    const told = city.heard(DINA).map(({ text }) => text);
    expect(told.join('\n')).toContain(invent('approved'));
  });

  test('shows the balance, and holds it for a code that the counter confirms', async () => {
    expect(await ask(DINA, 'BALANCE')).toMatch(/[\u07c0-\u07c9]+ CITY/);
    expect(await ask(DINA, 'OFFERS')).toContain(invent('REDEEM'));
    const code = CODE.exec(await ask(DINA, 'REDEEM 1'))?.[0] ?? '';
    // The keyboard at the counter has other digits than the code.
    const typed = code.replace(/[0-9]/g, (digit) => invent(digit));
    const confirmed = await city.ask(REDEEMER, `${said('CONFIRM')} ${typed}`);
    expect(confirmed).toContain(invent('GIVE IT'));
  });

  test('announces a task whose date is written and read in its words', async () => {
    const line = [
      'announce ',
      'weeding',
      '5 credits',
      'saturday 9:30 to 11',
      'the park',
      '12 people',
    ];
    const readBack = await city.ask(
      ORGANIZER,
      line.map(said).join(' \u061b ').replace(' \u061b', ''),
    );
    expect(readBack).toContain(
      `${invent('saturday 28 november')}, ${invent('09:30')}-${invent('11:00')}`,
    );
    expect(readBack).toContain(invent('12'));
    expect(await ask(ORGANIZER, 'OK')).toContain(invent('Announced'));
    expect(city.publicPosts.at(-1)?.message.text).toContain(invent('JOIN'));
  });

  test('goes back in a form, and leaves it', async () => {
    await ask(ORGANIZER, 'ANNOUNCE');
    await ask(ORGANIZER, 'mulching');
    await ask(ORGANIZER, '10');
    expect(await ask(ORGANIZER, 'tomorrow 7:15')).not.toBe('');
    expect(await ask(ORGANIZER, 'BACK')).not.toBe('');
    expect(await ask(ORGANIZER, 'NO')).toContain(invent('announced'));
  });

  test('obeys its words of the law and plain wishes', async () => {
    await ask(BEN, 'HI');
    await ask(BEN, 'OK');
    expect(await ask(BEN, 'please stop messages now')).toContain(invent('unsubscribed'));
    expect(await city.say(BEN, said('TASKS'))).toEqual([]);
    expect(await ask(BEN, 'START')).toContain(invent('HELP'));
    expect(await ask(BEN, 'no more messages of yours')).toContain(invent('unsubscribed'));
  });

  test('forgives a small slip where nothing moves', async () => {
    expect(await ask(DINA, 'BALANSE')).toContain('CITY');
  });

  test('names its languages, and changes to another', async () => {
    const which = await ask(DINA, 'LANG');
    expect(which).toContain(invent('made up'));
    expect(await ask(DINA, 'in english')).toContain('English');
    expect(await city.ask(DINA, `LANG ${said('made up')}`)).toContain(invent('TASKS'));
  });

  test('says nothing in another language to those who speak it', async () => {
    for (const english of ['HELP', 'ME', 'CODES', 'HISTORY', 'ALERTS', 'what', 'LINK', 'DROP']) {
      for (const { text } of await city.say(DINA, said(english))) {
        expect(
          text.replace(/at:\S+|[\w.]+@\S+|Codornices.*Friends|Northside Café|Berkeley pilot/g, ''),
        ).not.toMatch(LATIN_WORD);
      }
    }
    expect(await ask(ADMIN, 'cap Codornices')).not.toMatch(/\bissuer\b/);
  });
});

describe('its texts', () => {
  const texts = createTexts(CITY, languages);

  test('are compiled with the same arguments, and filled in with its digits', () => {
    for (const key of Object.keys(madeUp.texts) as TextKey[]) {
      expect([...texts.argumentsOf('qaa', key)].sort(), key).toEqual(
        [...texts.argumentsOf('en', key)].sort(),
      );
    }
    expect(texts.credits('qaa', 1234)).toMatch(/^\u07c1,\u07c2\u07c3\u07c4 CITY /);
    expect(texts.say('qaa', 'tasks.how', { task: 12 })).toContain('\u07c1\u07c2');
  });

  test('cost what Unicode costs by SMS', () => {
    expect(smsSegments(invent('a'.repeat(70)))).toBe(3);
    expect(smsSegments('a'.repeat(70))).toBe(1);
  });

  test('name nothing in the menu of Telegram, which takes Latin letters only', () => {
    expect(telegramTexts(CITY, commands, languages).menu).toMatchObject({ qaa: [] });
  });
});

test('no word of it is one of another language', () => {
  expect(() => createMatcher(commands, languages)).not.toThrow();
});

test('its pages run from right to left, in its words, digits and dates', async () => {
  const web = createWeb({
    health: () => ({ ok: true }),
    metrics: () => '',
    home: homeReads(),
    openData: openDataParts(),
    assets: readAssets(),
    languages: createPageLanguages(languages),
  });
  const page = await (await web.request('/', { headers: { 'accept-language': 'qaa' } })).text();
  expect(page).toContain('<html lang="qaa" dir="rtl">');
  expect(page).toContain(madeUp.pages['home.tasks']);
  expect(page).toContain('<span class="number">\u07c1</span>');
  expect(page).toContain('>\u07c1,\u07c2\u07c4\u07c0<');
  expect(page).toContain(`title="${madeUp.name}"`);
  const missing = await web.request('/nowhere?lang=qaa', { headers: { accept: 'text/html' } });
  expect(await missing.text()).toContain(madeUp.pages['error.404.title'].replace("'", '&#39;'));
});
