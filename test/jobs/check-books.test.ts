// The books are spoilt behind the city's back: it notices, stops credits, says so, and goes on.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { checkBooks } from '../../src/web/health-checks.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../support/conversation.ts';
import { MEDDLING } from '../support/meddling.ts';

const CHECKING = 'The city is checking its books';

let city: Conversation;
let code: string;
beforeEach(async () => {
  city = openConversation({ hasReceipts: true });
  for (const person of [ANA, BEN]) {
    await city.join(person);
    await city.say(person, 'JOIN 1');
  }
  await city.say(ANA, 'DONE 1 two bags');
  await city.say(ANA, 'OK');
  await city.say(ORGANIZER, 'APPROVE 1');
  code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await city.ask(ANA, 'REDEEM 1'))?.[0] ?? '';
  await city.settle();
  city.heard(ADMIN);
});
afterEach(() => city.close());

const heardBy = (address: string) => city.heard(address).map(({ text }) => text);
const health = () => checkBooks(city.store.read.books.state());
const metric = async (): Promise<string | undefined> => {
  const read = city.store.read;
  const metrics = createMetrics({ read, now: () => 0, memory: () => 0, lastBackup: () => null });
  return /^city_books_ok (\d)$/m.exec(await metrics.text())?.[1];
};

/** Lets one turn of the jobs go by. */
async function tick(): Promise<void> {
  city.clock.time += MINUTE_MS / 2;
  await city.settle();
}

test('books that agree are left alone', async () => {
  await tick();
  expect(health()).toEqual({ state: 'ok' });
  expect(await metric()).toBe('1');
  expect(city.bookWarnings).toEqual([]);
  expect(heardBy(ADMIN)).toEqual([]);
});

describe('within one turn of the job the city notices that', () => {
  test.each(Object.entries(MEDDLING))('%s', async (_name, [statements, sentence]) => {
    city.meddle(statements);
    await tick();
    expect(city.bookWarnings).toEqual([expect.stringMatching(sentence)]);
    expect(health()).toEqual({ state: 'down', sentence: expect.stringMatching(sentence) });
    expect(await metric()).toBe('0');
    expect(heardBy(ADMIN)).toEqual([expect.stringContaining('credits are stopped')]);
    // It says so once.
    await tick();
    expect(city.bookWarnings).toHaveLength(1);
    expect(heardBy(ADMIN)).toEqual([]);
  });
});

describe('while the books do not agree', () => {
  const spoil = async (): Promise<void> => {
    city.meddle(MEDDLING['a balance grows'][0]);
    await tick();
  };
  const mend = async (): Promise<void> => {
    city.meddle(
      `update accounts set credits_posted = credits_posted - 5
        where id = (select id from accounts where kind = 'person' order by id limit 1)`,
    );
    await tick();
  };

  test('nothing that moves credits is done, and each is told why', async () => {
    await city.say(BEN, 'DONE 1 swept');
    await city.say(BEN, 'OK');
    await spoil();
    const before = city.ledger();
    expect(await city.ask(ORGANIZER, 'APPROVE 2')).toContain(CHECKING);
    expect(await city.ask(ANA, 'REDEEM 1')).toContain(CHECKING);
    expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toContain(CHECKING);
    expect(await city.ask(ANA, `RELEASE ${code}`)).toContain(CHECKING);
    expect(city.ledger()).toEqual(before);
    await mend();
    expect(await city.ask(ORGANIZER, 'APPROVE 2')).toContain('Approved');
    expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toMatch(/^GIVE IT/);
  });

  test('all else goes on', async () => {
    await spoil();
    expect(await city.ask(BEN, 'DONE 1 swept the path')).not.toContain(CHECKING);
    expect(await city.ask(BEN, 'OK')).toContain('Your words are in');
    expect(await city.ask(BEN, 'JOIN 2')).toContain("You're in");
    expect(await city.ask(ORGANIZER, 'REJECT 2 wrong place')).not.toContain(CHECKING);
    expect(await city.ask(ANA, 'BALANCE')).toContain('CITY credits');
  });

  test('codes end when the books agree again, and not before', async () => {
    await spoil();
    city.clock.time += 20 * MINUTE_MS;
    await tick();
    expect(city.store.read.ledger.head()?.position).toBe(2);
    expect(heardBy(ANA)).toEqual([]);
    await mend();
    await tick();
    expect(city.store.read.ledger.head()?.position).toBe(3);
    expect(heardBy(ANA)).toEqual([expect.stringContaining('expired')]);
  });

  test('credits move again once they agree, and the admins hear of it', async () => {
    await spoil();
    city.heard(ADMIN);
    await mend();
    expect(health()).toEqual({ state: 'ok' });
    expect(await metric()).toBe('1');
    expect(heardBy(ADMIN)).toEqual([expect.stringContaining('add up again')]);
    expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toMatch(/^GIVE IT/);
  });
});
