// What no person wrote comes in like any other message, answers nothing and causes nothing.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/languages/index.ts';
import * as schema from '../../src/store/schema/index.ts';
import {
  ANA,
  BEN,
  type Conversation,
  ORGANIZER,
  openConversation,
} from '../support/conversation.ts';
import { phrasings } from '../support/phrasings.ts';

let city: Conversation;
beforeEach(async () => {
  city = openConversation();
});
afterEach(() => city.close());

const EVERYTHING_UNSAID = LANGUAGES.flatMap(({ tag }) =>
  phrasings(`conversation/unsaid/${tag}.tsv`).flatMap(([text, kind]) =>
    kind === 'said' ? [] : [text],
  ),
);

/** All that a message could change: questions, what goes out, the books, records, roles, consents. */
const facts = () => ({
  sessions: city.db.select().from(schema.sessions).all(),
  outbox: city.db.select().from(schema.outbox).all().length,
  ledger: city.ledger(),
  records: city.db.select().from(schema.records).all().length,
  claims: city.db.select().from(schema.claims).all(),
  evidence: city.db.select().from(schema.evidence).all(),
  consents: city.consents(),
  uses: city.db.select().from(schema.budgetUses).all(),
  followUps: city.db.select().from(schema.followUps).all(),
});

async function sendsEvidence() {
  await city.join(ANA);
  await city.say(ANA, 'JOIN 1');
  await city.say(ANA, 'DONE 1 swept it all');
  await city.say(ANA, 'OK');
}

test('a reaction is no reason for a rejection: the question goes on waiting', async () => {
  await sendsEvidence();
  expect(await city.ask(ORGANIZER, 'REJECT 1')).toMatch(/\?/);
  expect(await city.say(ORGANIZER, 'Questioned “Why is evidence 1…”')).toEqual([]);
  expect(city.store.read.evidence.get(1)?.state).toBe('pending');
  expect(await city.ask(ORGANIZER, 'the photo shows another place')).toContain('Not approved');
});

test("an auto-reply does not become a task's title", async () => {
  await city.say(ORGANIZER, 'ANNOUNCE');
  const driving = "I'm driving with Do Not Disturb While Driving turned on.";
  expect(await city.say(ORGANIZER, driving)).toEqual([]);
  expect(await city.ask(ORGANIZER, 'Rake leaves')).toContain('credits');
});

test('auto-replies are never answered, and other words that mean nothing are twice an hour', async () => {
  await city.join(ANA);
  for (let time = 0; time < 12; time += 1) {
    const busy = "Auto-reply: I'm busy and won't respond to this.";
    expect(await city.say(ANA, busy)).toEqual([]);
  }
  const answers: unknown[] = [];
  for (let time = 0; time < 12; time += 1) answers.push(...(await city.say(ANA, 'zzz qqq')));
  expect(answers).toHaveLength(2);
});

test('a stranger whose phone answers by itself is asked nothing', async () => {
  expect(await city.say(BEN, 'En este momento no puedo contestar')).toEqual([]);
  expect(await city.say(BEN, 'Loved an image', { pictures: ['ok'] })).toEqual([]);
  expect(await city.ask(BEN, 'HI')).toContain('Reply OK');
});

test('a photo that a person sends is never taken for an auto-reply', async () => {
  await city.join(ANA);
  await city.say(ANA, 'JOIN 1');
  expect(await city.ask(ANA, "I'm driving", { pictures: ['ok'] })).toContain('Evidence is public');
});

describe('people who write like a phone', () => {
  test.each(['Liked it, thanks', 'I liked the task', 'Loved “the creek” most of all'])(
    '%j is evidence',
    async (text) => {
      await city.join(ANA);
      await city.say(ANA, 'JOIN 1');
      await city.say(ANA, `DONE 1 ${text}`);
      await city.say(ANA, 'OK');
      expect(city.store.read.evidence.get(1)?.text).toBe(text);
    },
  );
});

test('whatever no person wrote leaves an open question, the outbox and the books as they are', async () => {
  await sendsEvidence();
  await city.say(ORGANIZER, 'REJECT 1');
  await city.say(ANA, 'JOIN 2');
  await city.say(ANA, '', { pictures: ['ok'] });
  await city.say(BEN, 'JOIN 1');
  const before = facts();
  const anything = fc.constantFrom(...EVERYTHING_UNSAID);
  const anybody = fc.constantFrom(ANA, BEN, ORGANIZER);
  await fc.assert(
    fc.asyncProperty(anybody, anything, async (who, text) => {
      expect(await city.say(who, text)).toEqual([]);
      expect(facts()).toEqual(before);
    }),
    { numRuns: 200 },
  );
});
