import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import {
  ANA,
  type Conversation,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../support/conversation.ts';
import { linkChannels } from '../support/linking.ts';

const TELEGRAM = '70012345';
const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}/;
const FAILED = { state: 'failed', why: 'rejected' } as const;

let city: Conversation;
beforeEach(async () => {
  city = openConversation({ hasReceipts: true });
  await city.join(ANA);
  await city.say(ANA, 'JOIN 1');
  await city.say(ANA, 'DONE 1 swept', { pictures: ['ok'] });
  await city.say(ANA, 'OK');
  await city.say(ORGANIZER, 'APPROVE 1');
});
afterEach(() => city.close());

const link = async (): Promise<void> => {
  await city.join(TELEGRAM);
  await linkChannels(city, { made: ANA, said: TELEGRAM });
  for (const one of [ANA, TELEGRAM]) city.heard(one);
};
const texts = (address: string) => city.heard(address).map(({ text }) => text);
const pass = async (ms: number): Promise<void> => {
  city.clock.time += ms;
  await city.settle();
};
/** Why the credits last moved, by the public record. */
const lastMove = (): string => {
  const rkey = city.store.read.records.newestKey(COLLECTIONS.transfer) ?? '';
  const found = city.store.read.records.get(COLLECTIONS.transfer, rkey);
  return JSON.parse(found?.value ?? '{}').code;
};

describe('a code that did not reach its holder', () => {
  test('goes to another channel of theirs, where it works', async () => {
    await link();
    const [code] = CODE.exec(await city.ask(ANA, 'REDEEM 1')) ?? [''];
    await city.receipt(ANA, FAILED);
    await pass(SECOND_MS);
    const [told, ...more] = texts(TELEGRAM);
    expect(told).toContain(code);
    expect(more).toEqual([]);
    await pass(SECOND_MS);
    expect(texts(TELEGRAM)).toEqual([]);
    expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toMatch(/GIVE IT/);
  });

  test.each(['failed', 'dead'] as const)('is taken back where there is none: %s', async (how) => {
    if (how === 'dead') city.failTo(ANA, 'rejected');
    await city.say(ANA, 'REDEEM 1');
    const transfers = city.ledger().transfers;
    if (how === 'failed') await city.receipt(ANA, FAILED);
    await pass(SECOND_MS);
    expect(city.ledger().transfers).toBe(transfers + 1);
    expect(lastMove()).toBe('release');
    if (how === 'failed') expect(texts(ANA)[0]).toMatch(/^We couldn't get your code for .* back/);
    await pass(SECOND_MS);
    expect(city.ledger().transfers).toBe(transfers + 1);
    expect(await city.ask(ANA, 'CODES')).toMatch(how === 'failed' ? /no codes/ : /^$/);
  });

  test('because the person opted out is taken back, and nothing is said', async () => {
    await city.say(ANA, 'REDEEM 1');
    await city.receipt(ANA, { state: 'failed', why: 'stopped' });
    await pass(SECOND_MS);
    expect(lastMove()).toBe('release');
    expect(texts(ANA)).toEqual([]);
  });

  test('because the phone is off waits for another try, and not longer than the code lives', async () => {
    await city.say(ANA, 'REDEEM 1');
    await city.receipt(ANA, { state: 'failed', why: 'retry' });
    await pass(SECOND_MS);
    expect(lastMove()).toBe('hold');
    await pass(5 * MINUTE_MS);
    expect(texts(ANA)[0]).toMatch(CODE);
    // The next try would come after the code is over.
    await city.receipt(ANA, { state: 'failed', why: 'retry' });
    await pass(SECOND_MS);
    expect(lastMove()).toBe('release');
    expect(texts(ANA)[0]).toMatch(/^We couldn't get your code/);
    await pass(60 * MINUTE_MS);
    expect(texts(ANA)).toEqual([]);
  });

  test('because the channel does not answer goes another way after a minute', async () => {
    await link();
    city.failTo(ANA, 'retry');
    await city.say(ANA, 'REDEEM 1');
    await pass(30 * SECOND_MS);
    expect(texts(TELEGRAM)).toEqual([]);
    await pass(31 * SECOND_MS);
    expect(texts(TELEGRAM)[0]).toMatch(CODE);
    expect(lastMove()).toBe('hold');
  });

  test('that arrived is left alone, also without a receipt', async () => {
    await link();
    await city.say(ANA, 'REDEEM 1');
    await pass(5 * MINUTE_MS);
    await city.receipt(ANA, { state: 'delivered' });
    await pass(5 * MINUTE_MS);
    expect(texts(TELEGRAM)).toEqual([]);
    expect(lastMove()).toBe('hold');
  });
});
