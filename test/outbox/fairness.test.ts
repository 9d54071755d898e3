// Recipients of one channel take turns, at one message a second in simulated time.
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { SECOND_MS } from '../../src/lib/clock.ts';
import { openOutbox, type TestOutbox } from '../support/outbox.ts';

const BACKLOG = 10_000;

let box: TestOutbox;
/** To whom and what the channel sent, in order. */
let sent: { readonly to: string | null; readonly text: string }[];

const channel: Channel = {
  name: 'sms',
  hasPublicPlace: false,
  messagesPerSecond: 1,
  send: async ({ to, reply }) => {
    sent.push({ to, text: reply.text });
    return { ok: true, providerId: null };
  },
};

beforeEach(async () => {
  sent = [];
  box = await openOutbox({ channels: [channel], isRunning: true });
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await box.close();
  expect(box.errors).toEqual([]);
});

/** Lets time pass until the channel has sent `count` more. */
async function sendMore(count: number): Promise<void> {
  const goal = sent.length + count;
  box.relay().wake();
  for (let waits = 0; sent.length < goal && waits < 3 * count + 5; waits += 1) {
    await box.relay().idle();
    if (sent.length >= goal) break;
    await vi.advanceTimersByTimeAsync(SECOND_MS);
  }
  await box.relay().idle();
}

/** Puts many messages to one address in the outbox. */
function pile(address: string, count: number, bulk: 0 | 1 = 0): void {
  const identityId = box.identity('sms', address);
  box.run(({ now }, tx) => {
    for (let at = 0; at < count; at += 1) {
      const about = { channel: 'sms', identityId, bulk, kind: 'reply' } as const;
      tx.outbox.add({ ...about, body: replyWith(`${at}`), notBefore: now, createdAt: now });
    }
  });
}

it.each([
  ['after', '+15105550900'],
  ['before', '+15105550100'],
])('a backlog of 10,000 delays somebody who comes %s it by one message', async (_, other) => {
  // Recipients are visited by the numbers of their addresses: both orders are lived.
  const flooded = '+15105550500';
  for (const address of [flooded, other].toSorted()) box.identity('sms', address);
  pile(flooded, BACKLOG);
  await sendMore(3);
  expect(sent.map(({ to }) => to)).toEqual([flooded, flooded, flooded]);
  for (let time = 0; time < 3; time += 1) {
    pile(other, 1);
    const before = sent.length;
    await sendMore(2);
    const since = sent.slice(before).findIndex(({ to }) => to === other);
    expect(since).toBeGreaterThanOrEqual(0);
    expect(since).toBeLessThanOrEqual(1);
  }
  // The flood itself comes in order.
  const own = sent.filter(({ to }) => to === flooded).map(({ text }) => text);
  expect(own).toEqual(own.map((_text, at) => `${at}`));
});

it('an answer comes before a broadcast to everybody, and everybody is told in turn', async () => {
  const crowd = Array.from({ length: 40 }, (_, at) => `+151055502${at + 10}`);
  for (const address of crowd) pile(address, 1, 1);
  await sendMore(5);
  pile('+15105550900', 2);
  await sendMore(2);
  expect(sent.slice(5).map(({ to }) => to)).toEqual(['+15105550900', '+15105550900']);
  await sendMore(35);
  expect(sent.filter(({ to }) => to !== '+15105550900').map(({ to }) => to)).toEqual(crowd);
});

it('between two messages to one recipient no other gets two, whatever waits for each', async () => {
  const backlogs = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(backlogs, fc.nat(4), async (counts, some) => {
      sent.length = 0;
      const addresses = counts.map((_, at) => `+1510555031${at}`);
      counts.forEach((count, at) => {
        pile(addresses[at] ?? '', count);
      });
      const late = Math.min(
        some,
        counts.reduce((sum, count) => sum + count, 0),
      );
      await sendMore(late);
      const piledAt = sent.length;
      const isIdle = sent.filter(({ to }) => to === addresses[0]).length === counts[0];
      pile(addresses[0] ?? '', 2);
      await sendMore(counts.reduce((sum, count) => sum + count, 2) - late);
      for (const own of addresses) {
        const times = sent.flatMap(({ to }, at) => (to === own ? [at] : []));
        times.slice(1).forEach((until, at) => {
          // Nothing waited for them from their last message to the next that came up.
          const isNew = own === addresses[0] && isIdle && at + 1 === counts[0];
          const from = isNew ? piledAt : (times[at] ?? 0) + 1;
          const between = sent.slice(from, until).map(({ to }) => to);
          expect(new Set(between).size).toBe(between.length);
        });
      }
      const total = counts.reduce((sum, count) => sum + count, 2);
      expect(sent).toHaveLength(total);
    }),
    { numRuns: 40 },
  );
});
