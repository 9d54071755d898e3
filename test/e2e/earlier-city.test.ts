// A city of the version before the books, privacy, roles and recovery codes, with people in the middle
// of things: it is brought up to date and goes on, and nothing of what it had is lost or wrong.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { lexParse } from '@atproto/lex-json';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  EVA,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../support/conversation.ts';
import { openDatabase } from '../support/ground.node.ts';
import { brokenIn, openPaperAudit } from '../support/paper-audit.ts';
import { newKey, type PaperRecord, signRepository } from '../support/paper-repository.ts';
import { DID } from '../support/record-facts.ts';

/**
 * The version of migration 0010 wrote it: Ana was approved, spent ten credits and holds a code for the
 * other ten; her BALANCE waits. Ben's photo waits for a review, and an answer to the admin for its
 * channel. Eva has a code for LINK, and the organizer is asked for a title. Somebody was rejected and
 * said STOP. Each partner has a second person, and two invitations are open.
 */
const content = gunzipSync(readFileSync('test/support/city-at-0010.db.gz'));
const LEFT_AT = Date.UTC(2026, 10, 24, 18, 5);
const OPEN_INVITATION = 'ACCEPT T7P4-02EN-G8RF';
const NEW_PARTNER = 'ACCEPT CT61-N5G9-56EA';
const LIVE_CODE = 'G40F-06QQ';
const [REVIEWER, COUNTER, STOPPED] = ['+15105550111', '+15105550121', '+15105550144'];
const [NEW_REVIEWER, NEW_OWNER] = ['+15105550131', '+15105550132'];

let city: Conversation;
beforeEach(async () => {
  city = openConversation({
    earlier: {
      database: openDatabase({ content, isEarlier: true }),
      at: LEFT_AT + MINUTE_MS,
    },
  });
  await city.settle();
});
afterEach(() => city.close());

const firstIn = (text: string, pattern: RegExp): string => pattern.exec(text)?.[0] ?? '';
const codeIn = (text: string): string => firstIn(text, /[0-9A-Z]{4}-[0-9A-Z]{4}/);

/** What the audit finds in the records, signed as the account would, and credits by kind of account. */
async function audited() {
  const audit = await openPaperAudit();
  try {
    const newest = new Map<string, PaperRecord>();
    for (const { collection, rkey, value } of city.store.read.records.newest(10_000).toReversed()) {
      newest.set(`${collection}/${rkey}`, { collection, rkey, value: lexParse(value) as never });
    }
    const key = await newKey();
    audit.know({ did: DID, key });
    const { car } = await signRepository([...newest.values()], { did: DID, key, rev: REV });
    const report = await audit.car(car);
    // The posts of this city's tasks are no posts of its own account.
    const broken = brokenIn(report).filter((line) => !line.startsWith('ref-foreign'));
    return { broken, totals: report.totals, notes: report.notes.list.map(({ code }) => code) };
  } finally {
    await audit.close();
  }
}

/** Of a commit after all that the city did. */
const REV = '3zzzzzzzzzz22';

test('what waited is answered and sent, and the record is whole', async () => {
  expect(city.heard(ANA).map(({ text }) => text)).toEqual([
    expect.stringContaining(
      'You have 0 CITY credits to use. Held for your CODES: 10 CITY credits.',
    ),
  ]);
  expect(city.heard(ADMIN).map(({ text }) => text)).toEqual([
    expect.stringContaining('Clean up Codornices Creek'),
  ]);
  expect(await city.ask(ORGANIZER, 'Sweep the square')).toContain('How many credits');
  expect(await audited()).toMatchObject({
    broken: [],
    totals: [{ issued: 20, held: 10, onHold: 10, redeemed: 10 }],
  });
  expect(city.bookWarnings).toEqual([]);
  expect(city.db.all(sql`pragma foreign_key_check`)).toEqual([]);
});

test('the code that lives is honored by the second person, now a counter, who does no more', async () => {
  expect(await city.ask(COUNTER, `CONFIRM ${LIVE_CODE}`)).toContain('GIVE IT');
  expect(await city.ask(COUNTER, `CONFIRM ${LIVE_CODE}`)).toContain('Coffee');
  expect(await city.ask(COUNTER, 'OFFER')).not.toContain('title');
  expect(await city.ask(REVIEWER, 'APPROVE 2')).toContain('20 CITY credits issued');
  expect(await city.ask(REVIEWER, 'ANNOUNCE')).not.toContain('short title');
  expect((await audited()).broken).toEqual([]);
});

test('whoever said STOP hears nothing, and comes back with START', async () => {
  expect(await city.say(STOPPED, 'SALDO')).toEqual([]);
  expect(await city.ask(STOPPED, 'ALTA')).toContain('ya participas');
});

test('invitations of then make a reviewer, and the owner of a partner that waited', async () => {
  for (const who of [NEW_REVIEWER, NEW_OWNER]) await city.join(who);
  expect(await city.ask(NEW_REVIEWER, OPEN_INVITATION)).toContain('(REVIEWER)');
  expect(await city.ask(NEW_OWNER, NEW_PARTNER)).toContain('Strawberry Creek');
  expect(await city.ask(NEW_OWNER, OPEN_INVITATION)).not.toContain('You now act');
  await city.prove(ADMIN, 'CAP Strawberry Creek 500');
  for (const word of ['ANNOUNCE', 'Plant trees', '10', 'sat 9-11', 'Live Oak Park', '5']) {
    await city.say(NEW_OWNER, word);
  }
  expect(await city.ask(NEW_OWNER, 'OK')).toContain('Announced: task 4');
  expect((await audited()).broken).toEqual([]);
});

test('the loop goes on, accounts are linked, and credits are corrected by two admins', async () => {
  expect(await city.ask(EVA, 'LINK 076 993')).toContain("doesn't work");
  await city.say(EVA, 'JOIN 1');
  city.clock.time = city.store.read.tasks.get(1)?.startsAt ?? 0;
  for (const text of ['DONE 1 swept', 'OK']) await city.say(EVA, text);
  expect(await city.ask(ORGANIZER, 'APPROVE 4')).toContain('20 CITY credits issued');
  expect(city.heard(EVA).at(-1)?.text).toContain('Keep your recovery code');
  city.clock.time += 2 * MINUTE_MS;
  const code = codeIn(await city.ask(EVA, 'REDEEM 1'));
  expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toContain('GIVE IT');

  const link = firstIn(await city.ask(EVA, 'LINK'), /\d{3} \d{3}/);
  await city.join('700');
  for (const text of [`LINK ${link}`, 'OK']) await city.say('700', text);
  expect(await city.ask(EVA, 'OK')).toContain('one account now, with 10 CITY credits');

  const invitation = await city.prove(ADMIN, 'INVITE admin');
  expect(await city.ask(BEN, firstIn(invitation, /ACCEPT \S+/))).toContain("You're now an admin");
  const ana = firstIn(await city.ask(ANA, 'ME'), /p-[0-9a-z]{12}/);
  await city.prove(ADMIN, `ADJUST ${ana} +8 because one bag was missed`);
  expect(await city.prove(BEN, 'AGREE 1')).toContain('had 0 credits to use and has 8');
  await city.prove(ADMIN, 'SUSPEND Codornices Creek Friends too few helpers');
  expect(await city.ask(ADMIN, 'APPROVE 2')).toContain('20 CITY credits issued');
  await city.prove(ADMIN, 'RESUME Codornices Creek Friends');
  city.clock.time += 2 * MINUTE_MS;
  await city.settle();
  expect(city.bookWarnings).toEqual([]);
  expect(await audited()).toMatchObject({
    broken: [],
    totals: [{ issued: 60, adjustedIn: 8, redeemed: 20 }],
    notes: ['adjusted'],
  });
});
