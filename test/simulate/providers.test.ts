import { expect, test } from 'vitest';
import { createChance } from '../../simulate/chance.ts';
import { createFigures } from '../../simulate/figures.ts';
import { createSms, createTelegram } from '../../simulate/providers.ts';
import { createScheduler } from '../../simulate/scheduler.ts';
import type { Delivery, DeliveryReport } from '../../src/channels/channel.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/lib/clock.ts';

const reply = (text: string) => ({ text, choices: [], pictures: [] });
const delivery = (id: number, more: Partial<Delivery> = {}): Delivery => ({
  ...{ id, to: `person ${id}`, reply: reply('A short answer.'), kind: 'reply', place: null },
  ...{ taskId: null, announced: null, attempt: 1, createdAt: 0 },
  ...more,
});

function open() {
  const chance = createChance(1);
  const scheduler = createScheduler(0, chance.next);
  const figures = createFigures();
  const arrived: { readonly id: number; readonly at: number }[] = [];
  const parts = {
    ...{ scheduler, chance, figures },
    arrived: (_channel: string, { id }: Delivery) => {
      arrived.push({ id, at: scheduler.clock.now() });
    },
  };
  return { parts, scheduler, figures, arrived };
}

test('a number sends its segments one after the other, and what arrived is what was counted', async () => {
  const { parts, scheduler, figures, arrived } = open();
  const reported: DeliveryReport[] = [];
  const report = async (one: DeliveryReport) => {
    reported.push(one);
    return true;
  };
  const { channel, queueMs } = createSms({ ...parts, segmentsPerSecond: 1, report });
  const long = reply('Two segments of plain letters. '.repeat(8));
  const sent = [1, 2, 3, 4].map((id) =>
    channel.send(delivery(id, id % 2 === 0 ? { reply: long } : {})),
  );
  await scheduler.runUntil(SECOND_MS);
  const outcomes = await Promise.all(sent);
  expect(outcomes.map((outcome) => outcome.ok && outcome.segments)).toEqual([1, 2, 1, 2]);
  expect(queueMs()).toBeGreaterThan(5 * SECOND_MS - 500);
  await scheduler.runUntil(MINUTE_MS);
  expect(queueMs()).toBe(0);
  expect(arrived).toHaveLength(4);
  expect(Math.max(...arrived.map(({ at }) => at))).toBeGreaterThan(6 * SECOND_MS);
  expect(figures.now()).toMatchObject({ segmentsOut: 6, reports: 4, turnedAway: 0 });
  expect(figures.now().out.sms).toBe(arrived.length);
  expect(reported.map(({ providerId }) => providerId).toSorted()).toEqual(
    outcomes.map((outcome) => outcome.ok && outcome.providerId).toSorted(),
  );
});

test("a number's queue holds four hours, and what is more is to be tried again", async () => {
  const { parts, scheduler, figures } = open();
  const { channel } = createSms({ ...parts, segmentsPerSecond: 1, report: async () => true });
  const count = (4 * HOUR_MS) / SECOND_MS + 30;
  const sent = Array.from({ length: count }, (_, id) => channel.send(delivery(id)));
  await scheduler.runUntil(SECOND_MS);
  const refused = (await Promise.all(sent)).filter(({ ok }) => !ok);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]).toMatchObject({ error: { kind: 'retry' } });
  expect(figures.now().turnedAway).toBe(refused.length);
  expect(figures.now().out.sms).toBe(count - refused.length);
});

test('Telegram takes thirty messages a second, and twenty a minute in a channel', async () => {
  const { parts, scheduler, figures } = open();
  const channel = createTelegram(parts);
  const takenOf = async (deliveries: readonly Delivery[]): Promise<number> => {
    const sent = deliveries.map((one) => channel.send(one));
    await scheduler.runUntil(scheduler.clock.now() + MINUTE_MS);
    return (await Promise.all(sent)).filter(({ ok }) => ok).length;
  };
  const many = Array.from({ length: 50 }, (_, id) => delivery(id));
  expect(await takenOf(many)).toBe(30);
  const inPlace = many.slice(0, 30).map((one) => ({ ...one, to: null }));
  expect(await takenOf(inPlace)).toBe(20);
  expect(figures.now()).toMatchObject({ turnedAway: 30, kinds: { reply: 30, place: 20 } });
});
