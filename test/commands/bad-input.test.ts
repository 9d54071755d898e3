import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIsCourtesy } from '../../src/conversation/comment.ts';
import { createLegalWords } from '../../src/conversation/opt-out.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { cleanText } from '../../src/lib/text.ts';
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
import { runs } from '../support/runs.ts';

const legalWord = createLegalWords(LANGUAGES);
const isCourtesy = createIsCourtesy(LANGUAGES);

// One city for all: what changes nothing leaves nothing to clean up.
let city: Conversation;
beforeAll(async () => {
  city = openConversation({ city: UNLIMITED });
  await city.join(ANA);
  await city.join(BEN, 'HOLA');
});
afterAll(() => city.close());

const state = () => ({
  ledger: city.ledger(),
  records: city.store.read.records.newest(1)[0]?.seq,
});

const STRANGE = [
  ['nothing', ''],
  ['spaces', ' \n\t '],
  ['100 KB', 'x'.repeat(100_000)],
  ['100 KB after a word', `TASKS ${'creek '.repeat(17_000)}`],
  ['emoji', '🦆🌳✨'],
  ['right to left', 'مرحبا كيف حالك \u202eabc'],
  ['NUL and controls', '\u0000bla\u0000h\u0007 \u001b[31m'],
  ['lone surrogates', '\ud800 hello \udc00'],
  ['SQL', "'; DROP TABLE persons; --"],
  ['HTML', '<script>alert(1)</script>'],
  ['ICU', "{credits, plural, one {#} other {#}} {0} '{'"],
  ['an object’s own names', '__proto__ constructor toString'],
  ['a template', '%{process.env} %s %d {{x}}'],
  ['punctuation', '!!! ??? ...'],
  ['numbers', '12'],
  ['a negative number', '-12'],
] as const;

describe('bad input', () => {
  test.each(STRANGE)('%s gets one helpful sentence and changes nothing', async (_, text) => {
    const before = state();
    for (const from of [ANA, BEN, ORGANIZER, REDEEMER]) await city.say(from, 'BALANCE');
    for (const [from, help] of [
      [ANA, /TASK/],
      [BEN, /TAREA/],
      [ORGANIZER, /[A-Z]{4}/],
    ] as const) {
      const replies = await city.say(from, text);
      expect(replies).toHaveLength(1);
      expect(replies[0]?.text).toMatch(help);
    }
    expect(state()).toEqual(before);
  });

  test.each(STRANGE)('%s from a stranger gets the greeting', async (name, text) => {
    const stranger = `+1510555${String(2000 + name.length)}`;
    expect(await city.ask(stranger, text)).toMatch(/OK/);
  });

  test.each(STRANGE)('%s in an open question changes nothing', async (_, text) => {
    const before = state();
    await city.say(ORGANIZER, 'ANNOUNCE Plant trees; 30; sat 9am; 8th St; 10');
    expect((await city.say(ORGANIZER, text)).length).toBeGreaterThan(0);
    await city.say(REDEEMER, 'OFFER');
    expect((await city.say(REDEEMER, text)).length).toBeGreaterThan(0);
    expect(state()).toEqual(before);
  });

  test.each([
    'JOIN 0',
    'JOIN -1',
    'JOIN 1.5',
    'JOIN 99999999999999999999',
    'JOIN abc',
    'JOIN 1e3',
    'JOIN ¹',
    'TASK 0',
    'TASK -1',
    'TASK 99999999999999999999',
    'DROP 0',
    'DROP 1',
    'DONE 0',
    'DONE 1 x',
    'DONE 999999999 x',
    'REDEEM 0',
    'REDEEM -1',
    'REDEEM 1,5',
    'REDEEM 1e9',
    'REDEEM ٣',
    'REDEEM 1',
    'RELEASE 0000-0000',
    'RELEASE ////',
    'ACCEPT 0000-0000-0000',
    'ACCEPT <b>',
    'LANG xx',
    'LANG 🇪🇸',
    'HISTORY 5',
    'BALANCE of ben',
    'CODES now',
    'OFFERS 🦆',
    'TASKS 🦆',
    'HELP ME',
    'APPROVE 1',
    'CAP x 1',
    'INVITE issuer x',
    'ANNOUNCE a; 1; sat 9am; b; 1',
    'OFFER a; 1',
    'CONFIRM 7GK2-M4QX',
    'CLOSE 1',
    'ROSTER 1',
    'REVIEW',
    'REJECT 1 x',
  ])('%s from a resident is answered and moves nothing', async (text) => {
    const before = state();
    const replies = await city.say(ANA, text);
    expect(replies.length).toBeGreaterThan(0);
    expect(replies.every((reply) => reply.text.length > 10)).toBe(true);
    expect(state()).toEqual(before);
  });

  test.each([
    'APPROVE 0',
    'APPROVE 99999999999',
    'REJECT -1 x',
    'ROSTER -1',
    'ROSTER 1.5',
    'CLOSE 0',
    'CLOSE 1.0',
    'ANNOUNCE ;;;;',
    'ANNOUNCE a; 0; sat 9am; b; 1',
    'ANNOUNCE a; 1; sat 9am; b; 0',
    'ANNOUNCE a; 1.5; sat 9am; b; 1',
    'ANNOUNCE a; -1; sat 9am; b; 1',
    'ANNOUNCE a; 1e9; sat 9am; b; 1',
    'ANNOUNCE a; 1; yesterday 9am; b; 1',
    'ANNOUNCE a; 1; 31 february; b; 1',
    'ANNOUNCE a; 1; 1999-01-01 9:00; b; 1',
    'ANNOUNCE a; 1; sat 9am; b; 99999999999999',
    'ANNOUNCE a; 1000; sat 9am; b; 10000',
    `ANNOUNCE ${'x'.repeat(5000)}`,
  ])('%s from an organizer is answered and changes nothing', async (text) => {
    const before = state();
    const [reply, ...more] = await city.say(ORGANIZER, text);
    expect(reply?.text.length).toBeGreaterThan(10);
    expect(more).toEqual([]);
    expect(state()).toEqual(before);
  });

  test('titles and names of strangers come back as they were written', async () => {
    const title = '<b>{x} # \'{trees}\' "&" %s</b>';
    await city.say(ORGANIZER, `ANNOUNCE ${title}; 3; sat 9am; {place}; 2`);
    await city.say(ORGANIZER, 'OK');
    expect(await city.ask(ANA, 'TASK 4')).toContain(title);
    expect(await city.ask(BEN, 'UNIRME 4')).toContain(title);
  });
});

describe('whatever anybody writes', () => {
  const word = fc.constantFrom(
    ...'JOIN DROP DONE TASK TASKS REDEEM RELEASE CODES OFFERS BALANCE HISTORY ME OK NO YES LANG HELP HI ACCEPT REVIEW APPROVE CONFIRM CAP OFFER ANNOUNCE BACK UNIRME LISTO CANJEAR SALDO AYUDA'.split(
      ' ',
    ),
  );
  const argument = fc.oneof(
    fc.integer({ min: -3, max: 12 }).map(String),
    fc.string({ maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('7GK2-M4QX', '#1', '1.5', '; ; ;', 'a; 1; sat 9am; b; 1', '🦆'),
  );
  const message = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.tuple(word, argument).map(([first, rest]) => `${first} ${rest}`),
    word,
  );
  const pictures = fc.constantFrom([], [], [], ['ok'], ['picture-broken'], ['ok', 'picture-large']);

  test('is answered, and moves no credits', async () => {
    const before = city.ledger();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(ANA, BEN, '7000199', 'eva.test', '+15105550188'),
        message,
        pictures,
        async (from, text, sent) => {
          // Nobody sends more photos than one may in an hour.
          city.clock.time += 5 * MINUTE_MS;
          const replies = await city.say(from, text, { pictures: sent });
          // Thanks need no answer.
          if (!isCourtesy(text)) expect(replies.length).toBeGreaterThan(0);
          for (const reply of replies) expect(reply.text.trim()).not.toBe('');
          if (legalWord(cleanText(text)) === 'stop') await city.say(from, 'START');
        },
      ),
      { numRuns: runs(60, 300) },
    );
    expect(city.ledger()).toEqual(before);
  });

  test('is answered for partners too', async () => {
    // A city of its own: evidence of the strangers above would be theirs to approve.
    const quiet = openConversation({ city: UNLIMITED });
    const before = quiet.ledger();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(ORGANIZER, REDEEMER, ADMIN), message, async (from, text) => {
        const replies = await quiet.say(from, text);
        if (!isCourtesy(text)) expect(replies.length).toBeGreaterThan(0);
        if (legalWord(cleanText(text)) === 'stop') await quiet.say(from, 'START');
      }),
      { numRuns: runs(40, 200) },
    );
    expect(quiet.ledger()).toEqual(before);
    await quiet.close();
  });
});
