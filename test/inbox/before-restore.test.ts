import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InboundMessage } from '../../src/conversation/message.ts';
import { MINUTE_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { RESTORED_AT } from '../../src/store/cursors.ts';
import { ANA, BEN, type Conversation, openConversation } from '../support/conversation.ts';

let city: Conversation;
let restoredAt: number;
beforeEach(async () => {
  city = openConversation();
  restoredAt = city.clock.time;
  city.store.transact((tx) => tx.cursors.put(RESTORED_AT, String(restoredAt)));
  await city.settle();
  city.clock.time += 5 * MINUTE_MS;
});
afterEach(() => city.close());

/** What went to people, and not to public places. */
const answered = () => city.deliveries.filter(({ to }) => to !== null).map(({ to }) => to);

let count = 0;
/** A message as a sweep, a poll or a webhook brings it. */
const bring = async (more: Partial<InboundMessage>) => {
  count += 1;
  const kept = await city.core.inbox.receive({
    ...{ channel: 'sms', externalId: `brought-${count}`, sender: ANA, text: 'HI' },
    ...{ pictures: [], replyTo: null, isPublic: false, receivedAt: city.clock.time },
    ...more,
  });
  await city.settle();
  return kept;
};

describe('after a restore', () => {
  test.each([
    ['a text that is swept in', { channel: 'sms', sender: ANA }, 'sentAt'],
    ['an update that waited at Telegram', { channel: 'telegram', sender: '70012345' }, 'sentAt'],
    ['a private message on Bluesky', { channel: 'bluesky', sender: 'did:plc:ana' }, 'sentAt'],
    ['a post on Bluesky', { channel: 'bluesky', sender: 'did:plc:ana', isPublic: true }, 'shownAt'],
  ] as const)('%s from before is not answered, and is listed', async (_, from, time) => {
    const at = restoredAt - 2 * SECOND_MS;
    const { isNew } = await bring({ ...from, [time]: at });
    expect(isNew).toBe(false);
    expect(answered()).toEqual([]);
    expect(city.store.read.unanswered.newest(5)).toEqual([{ channel: from.channel, sentAt: at }]);
    await bring({ ...from, [time]: restoredAt + MINUTE_MS });
    expect(answered()).toEqual([from.sender]);
    expect(city.store.read.unanswered.count()).toBe(1);
  });

  test('a copy of one is listed once', async () => {
    const old = { externalId: 'SM1', sentAt: restoredAt - MINUTE_MS };
    await bring(old);
    await bring(old);
    expect(city.store.read.unanswered.count()).toBe(1);
    expect(city.core.inbox.known('sms', ['SM1'])).toEqual(new Set(['SM1']));
  });

  test('STOP from before is obeyed without a word, and one more gets no confirmation', async () => {
    await city.join(ANA);
    const before = answered().length;
    await bring({ text: 'STOP', sentAt: restoredAt - MINUTE_MS });
    await bring({ text: 'STOP', sentAt: restoredAt - SECOND_MS });
    await bring({ text: 'STOP' });
    await bring({ text: 'HELLO?' });
    expect(answered()).toHaveLength(before);
    expect(city.consents().map(({ kind }) => kind)).toContain('stop');
  });

  test('nobody is made a person by what they sent before', async () => {
    const people = () => city.db.all(sql`select * from persons where participant_id <> 'nobody'`);
    const before = people().length;
    await bring({ sender: BEN, sentAt: restoredAt - MINUTE_MS });
    expect(people()).toHaveLength(before);
  });

  test('a button that was pressed before is not believed', async () => {
    const again = openConversation();
    again.store.transact((tx) => tx.cursors.put(RESTORED_AT, String(again.clock.time)));
    await again.settle();
    const press = (externalId: string) =>
      again.core.inbox.receive({
        ...{ channel: 'telegram', externalId, sender: '70012345', text: 'JOIN 1' },
        ...{ pictures: [], replyTo: null, isPublic: false, isUndated: true },
        receivedAt: again.clock.time,
      });
    expect(await press('press/1')).toMatchObject({ isNew: false });
    again.clock.time += 2 * MINUTE_MS;
    expect(await press('press/2')).toMatchObject({ isNew: true });
    await again.close();
  });
});

test('a city that was never restored answers what was sent before it began', async () => {
  const fresh = openConversation();
  const { isNew } = await fresh.core.inbox.receive({
    ...{ channel: 'sms', externalId: 'old', sender: ANA, text: 'HI', pictures: [] },
    ...{ replyTo: null, isPublic: false, sentAt: 1, receivedAt: fresh.clock.time },
  });
  expect(isNew).toBe(true);
  await fresh.close();
});
