// What was set aside, seen, taken up again and let go by an admin's words.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Command } from '../../../src/conversation/command.ts';
import { replyWith } from '../../../src/conversation/speech.ts';
import { MINUTE_MS, SECOND_MS } from '../../../src/lib/clock.ts';
import { ADMIN } from '../../support/conversation.ts';
import { type Crowd, openCrowd } from '../../support/crowd.ts';

let crowd: Crowd;
let isBroken = true;

/** Breaks until it is mended. */
const fragile: Command = {
  name: 'fragile',
  who: 'resident',
  exact: true,
  run: (talk) => {
    if (isBroken) throw new RangeError('It holds +1 510 555 0101.');
    return replyWith(`Sent at ${talk.context.sentAt}.`);
  },
};

beforeEach(async () => {
  isBroken = true;
  crowd = await openCrowd({ commands: [fragile] });
});
afterEach(() => crowd.close());

/** A message that was set aside; its number, its sender and when it was sent. */
async function setAside() {
  const [person = ''] = await crowd.people(1);
  const sentAt = crowd.clock.time;
  await crowd.post(person, 'FRAGILE');
  for (const pauseMs of [0, SECOND_MS, 5 * SECOND_MS]) {
    crowd.clock.time += pauseMs;
    await crowd.post(person, 'BALANCE');
    await crowd.core.idle();
  }
  const id = crowd.store.read.parked.messages(1)[0]?.id ?? 0;
  crowd.clock.time += MINUTE_MS;
  return { person, sentAt, id };
}

test('an admin sees what was set aside, without anybody’s words or number', async () => {
  expect(await crowd.ask(ADMIN, 'REPLAY')).toContain('Nothing is set aside.');
  const { person, id } = await setAside();
  const list = await crowd.ask(ADMIN, 'REPLAY');
  expect(list).toContain('Set aside: 1.');
  expect(list).toContain(`${id}: from sms *${person.slice(-4)}`);
  expect(list).toMatch(/RangeError$/);
  expect(list).not.toContain(person.slice(0, -4));
  expect(list).not.toMatch(/fragile|555 ?0101/i);
});

test('it is taken up once, as sent when it was sent, and its sender gets the answer', async () => {
  const { person, sentAt, id } = await setAside();
  isBroken = false;
  const before = crowd.heard(person).length;
  expect(await crowd.ask(ADMIN, `REPLAY ${id}`)).toContain(`${id} is taken up again`);
  expect(await crowd.ask(ADMIN, `REPETIR ${id}`)).toMatch(/Nothing set aside has the number/);
  expect(crowd.heard(person).slice(before)).toEqual([`Sent at ${sentAt}.`]);
  expect(crowd.store.read.inbox.parked()).toBe(0);
});

test('what came later from the same person waits for it', async () => {
  const { person, id } = await setAside();
  isBroken = false;
  const before = crowd.heard(person).length;
  await crowd.post(ADMIN, `REPLAY ${id}`);
  await crowd.post(person, 'BALANCE');
  await crowd.core.idle();
  expect(crowd.heard(person).slice(before)).toHaveLength(2);
});

test('one that breaks again is set aside again', async () => {
  const { id } = await setAside();
  await crowd.ask(ADMIN, `REPLAY ${id}`);
  for (const pauseMs of [SECOND_MS, 5 * SECOND_MS]) {
    crowd.clock.time += pauseMs;
    await crowd.ask(ADMIN, 'BALANCE');
  }
  expect(crowd.store.read.inbox.parked()).toBe(1);
});

test('it is let go, and nothing of it is kept', async () => {
  const { person, id } = await setAside();
  isBroken = false;
  const before = crowd.heard(person).length;
  expect(await crowd.ask(ADMIN, `REPLAY ${id} DROP`)).toContain(`${id} was let go.`);
  expect(await crowd.ask(ADMIN, 'REPLAY')).toContain('Nothing is set aside.');
  expect(crowd.heard(person).slice(before)).toEqual([]);
});

test('it is for admins alone, and says how it is used', async () => {
  const { person, id } = await setAside();
  isBroken = false;
  expect(await crowd.ask(person, `REPLAY ${id}`)).not.toContain('taken up');
  expect(crowd.store.read.inbox.parked()).toBe(1);
  expect(await crowd.ask(ADMIN, 'REPLAY now')).toContain('REPLAY 12 DROP');
});

test('a delivery that was given up is sent again, unless its code is over', async () => {
  const [person = ''] = await crowd.people(1);
  const identityId = crowd.store.transact((tx) => {
    const id = tx.inbox.idOf('sms', 'crowd-1') ?? 0;
    return tx.inbox.origin(id)?.identityId ?? 0;
  });
  crowd.store.transact((tx) => {
    const row = {
      channel: 'sms',
      identityId,
      kind: 'notice',
      createdAt: crowd.clock.time,
    } as const;
    const body = { text: 'It rains: bring a coat.', choices: [], pictures: [] };
    // What is for later is not handed to its lane.
    tx.outbox.add({ ...row, body, createdAt: row.createdAt - 1, notBefore: crowd.clock.time });
    const { rows } = tx.outbox.due({ channel: 'sms', now: crowd.clock.time, each: 1 }, 1);
    const id = rows[0]?.id ?? 0;
    tx.outbox.lease([id], crowd.clock.time + MINUTE_MS);
    const failure = { state: 'dead', error: 'no', reason: 'retry', isTried: true } as const;
    tx.outbox.markFailed(id, { ...failure, notBefore: crowd.clock.time });
  });
  const id = crowd.store.read.parked.deliveries(1)[0]?.id ?? 0;
  expect(await crowd.ask(ADMIN, 'REPLAY')).toMatch(new RegExp(`D${id}: to sms .*, retry$`));
  expect(await crowd.ask(ADMIN, `REPLAY D${id}`)).toContain(`D${id} is sent again.`);
  expect(crowd.heard(person)).toContain('It rains: bring a coat.');
  expect(await crowd.ask(ADMIN, `REPLAY D${id} DROP`)).toMatch(/Nothing set aside/);
});
