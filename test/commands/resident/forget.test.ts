import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../../src/lib/clock.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  EVA,
  ORGANIZER,
  openConversation,
} from '../../support/conversation.ts';

let city: Conversation;
beforeEach(() => {
  city = openConversation();
});
afterEach(() => city.close());

const rows = (table: string): Record<string, unknown>[] =>
  city.db.all(sql.raw(`select * from ${table}`));

/** The person forgets, and the receipt goes out. */
async function forget(address: string): Promise<string> {
  await city.ask(address, 'FORGET ME');
  await city.ask(address, 'OK');
  const receipt = await city.ask(address, 'OK');
  await city.settle();
  return receipt;
}

describe('FORGET ME', () => {
  test('asks two different questions, naming what is lost, before anything is deleted', async () => {
    await city.join(ANA);
    await city.ask(ANA, 'JOIN 1');
    const first = await city.ask(ANA, 'FORGET ME');
    expect(first).toContain('open tasks 1');
    const second = await city.ask(ANA, 'OK');
    expect(second).not.toBe(first);
    expect(await city.ask(ANA, 'NO')).toContain('Nothing was deleted');
    expect(await city.ask(ANA, 'BALANCE')).toContain('0');
    expect(rows('forgotten')).toEqual([]);
  });

  test('another word than yes or no gives the question up', async () => {
    await city.join(ANA);
    await city.ask(ANA, 'FORGET ME');
    expect(await city.ask(ANA, 'TASKS')).toContain('1');
    await city.ask(ANA, 'OK');
    expect(rows('forgotten')).toEqual([]);
  });

  test('is understood in Spanish, with accents', async () => {
    await city.join(ANA, 'HOLA');
    expect(await city.ask(ANA, '¡Olvídame!')).toContain('Esto borra tu cuenta');
    await city.ask(ANA, 'SI');
    expect(await city.ask(ANA, 'sí')).toContain('Ya no te conocemos');
  });

  test('counts what it deleted, and nothing private is left', async () => {
    await city.join(ANA);
    await city.ask(ANA, 'JOIN 1');
    const receipt = await forget(ANA);
    expect(receipt).toMatch(/Deleted: messages \d+, agreements 1/);
    expect(receipt).toContain('open tasks 1');
    const lookups = rows('identities').map(({ channel }) => channel);
    expect(lookups).toContain('nobody');
    expect(
      city.db.all(sql`select * from identities where channel = 'sms'
        and id not in (select id from identities where created_at = 0)`),
    ).toHaveLength(3);
    for (const table of ['consents', 'sessions', 'follow_ups', 'leaving']) {
      const theirs = city.db.all(
        sql.raw(`select * from ${table} where identity_id not in (select id from identities)`),
      );
      expect(theirs).toEqual([]);
    }
    expect(city.db.all(sql`select * from claims where state = 'left'`)).toHaveLength(1);
    expect(
      city.db.all(sql`select 1 from inbox where external_id like 'message-%' and identity_id in
        (select id from identities where channel = 'nobody')`),
    ).toEqual([]);
  });

  test('whoever was forgotten is a stranger when they write again', async () => {
    await city.join(ANA);
    await forget(ANA);
    expect(await city.ask(ANA, 'BALANCE')).toContain('Reply OK');
    await city.ask(ANA, 'OK');
    expect(await city.ask(ANA, 'BALANCE')).toContain('0');
  });

  test('a message right behind the last word is a stranger’s', async () => {
    await city.join(ANA);
    await city.ask(ANA, 'FORGET ME');
    await city.ask(ANA, 'OK');
    await city.ask(ANA, 'OK');
    const answer = await city.ask(ANA, 'TASKS');
    expect(answer).toContain('Reply OK');
    await city.settle();
    await city.ask(ANA, 'OK');
    expect(await city.ask(ANA, 'TASKS')).toContain('1');
  });

  test('a copy of an earlier message does nothing', async () => {
    await city.join(ANA);
    await city.core.inbox.receive({
      channel: 'sms',
      externalId: 'copied',
      sender: ANA,
      text: 'JOIN 1',
      pictures: [],
      replyTo: null,
      isPublic: false,
      receivedAt: city.clock.now(),
    });
    await city.core.idle();
    await forget(ANA);
    const persons = rows('persons').length;
    const { isNew } = await city.core.inbox.receive({
      channel: 'sms',
      externalId: 'copied',
      sender: ANA,
      text: 'JOIN 1',
      pictures: [],
      replyTo: null,
      isPublic: false,
      receivedAt: city.clock.now(),
    });
    expect(isNew).toBe(false);
    expect(city.core.inbox.known('sms', ['copied', 'other'])).toEqual(new Set(['copied']));
    expect(rows('persons')).toHaveLength(persons);
  });

  test('gives the spot to the next in line', async () => {
    for (const one of [ANA, BEN, EVA]) await city.join(one);
    const task = (await city.ask(ORGANIZER, 'ANNOUNCE Sweep; 5; 2 dec 9-11; The square; 1')).match(
      /\d+/,
    );
    void task;
    const number = city.db.all<{ id: number }>(sql`select max(id) as id from tasks`)[0]?.id;
    await city.ask(ANA, `JOIN ${number}`);
    await city.ask(BEN, `JOIN ${number}`);
    await forget(ANA);
    city.clock.time += MINUTE_MS;
    await city.settle();
    expect(await city.ask(BEN, `TASK ${number}`)).toMatch(/DROP|in/);
  });

  test('the last admin, and who alone acts for a partner, are told what to do first', async () => {
    expect(await city.ask(ADMIN, 'FORGET ME')).toContain('only admin');
    expect(await city.ask(ORGANIZER, 'FORGET ME')).toContain('only one who acts for');
  });

  test('STOP outlives it: an address that had said STOP hears nothing when it writes again', async () => {
    await city.join(ANA);
    const code = (await city.ask(ANA, 'LINK')).match(/\d{3} \d{3}/)?.[0];
    await city.join('did:plc:ana');
    await city.ask('did:plc:ana', `LINK ${code}`);
    await city.ask(ANA, 'STOP');
    await forget('did:plc:ana');
    expect(await city.say(ANA, 'HELLO AGAIN')).toEqual([]);
    expect(await city.ask(ANA, 'START')).not.toBe('');
  });
});

test('on a phone for two the receipt says that the other person stays', async () => {
  await city.join(ANA);
  for (const text of ['ME 2', 'OK', 'ME 1', 'FORGET ME', 'OK']) await city.say(ANA, text);
  const receipt = await city.ask(ANA, 'OK');
  expect(receipt).toContain('addresses 0');
  expect(receipt).toContain('The other person on this phone stays.');
  expect(await city.ask(ANA, 'BALANCE')).toContain('0 CITY');
});
