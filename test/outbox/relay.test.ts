import { afterEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { openOutbox, type TestOutbox } from '../support/outbox.ts';
import { waitFor } from '../support/wait-for.ts';

let box: TestOutbox;
let ana: number;

async function open(options?: Parameters<typeof openOutbox>[0]): Promise<void> {
  box = await openOutbox(options);
  ana = box.identity('sms', '+15105550141');
}
afterEach(async () => {
  await box.close();
  expect(box.errors).toEqual([]);
});

describe('a channel', () => {
  it('gets no more messages a second than it takes; the others are as quick as ever', async () => {
    await open({ pace: { sms: 5 } });
    for (let at = 0; at < 12; at += 1) {
      box.put('sms', box.identity('sms', `+151055502${at + 10}`), `sms ${at}`);
      box.put('telegram', box.identity('telegram', `70002${at}`), `telegram ${at}`);
    }
    await box.pass(0);
    const arrivedOn = (channel: string) =>
      box.arrived().filter((text) => text.startsWith(channel)).length;
    expect(arrivedOn('telegram')).toBe(12);
    for (let turn = 1; turn <= 12; turn += 1) {
      expect(arrivedOn('sms')).toBe(turn);
      await box.pass(199);
      expect(arrivedOn('sms')).toBe(turn);
      await box.pass(1);
    }
  });

  it('that hangs holds up no other, however much waits for it', async () => {
    let hanging = 0;
    const timeouts: (() => void)[] = [];
    await open({
      wait: (_, signal) =>
        new Promise((resolve) => {
          timeouts.push(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
      channels: [
        {
          name: 'telegram',
          hasPublicPlace: false,
          messagesPerSecond: null,
          send: ({ attempt }) => {
            if (attempt > 1) return Promise.resolve({ ok: true, providerId: null });
            hanging += 1;
            return new Promise(() => undefined);
          },
        },
      ],
    });
    const waiting = 3000;
    for (let at = 0; at < waiting; at += 1) {
      box.put('telegram', box.identity('telegram', `7${at}`), 'to telegram');
    }
    for (let at = 0; at < 20; at += 1) box.put('sms', ana, `sms ${at}`);
    box.relay().wake();
    // One that has arrived, and whose sender has not heard so yet, would time out with the others.
    await waitFor(() =>
      expect(box.steps.filter((step) => step === 'delivery.recorded')).toHaveLength(20),
    );
    expect(box.arrived()).toHaveLength(20);
    expect(hanging).toBeGreaterThan(1000);
    expect(hanging).toBeLessThan(waiting);
    // Then the waiting for it times out, again and again, and everything arrives.
    while (hanging < waiting) {
      const before = hanging;
      for (const end of timeouts.splice(0)) end();
      await waitFor(() => expect(hanging).toBeGreaterThan(before));
    }
    for (const end of timeouts.splice(0)) end();
    await waitFor(() =>
      expect(box.steps.filter((step) => step === 'delivery.retried')).toHaveLength(waiting),
    );
    await box.pass(MINUTE_MS);
    expect(box.store.read.outbox.backlog()).toEqual([]);
  });

  it('that hangs does not keep the program from ending; the next start sends again', async () => {
    const timeouts: (() => void)[] = [];
    await open({
      wait: (_, signal) =>
        new Promise((resolve) => {
          timeouts.push(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
    });
    box.provider.decide(() => 'hang');
    box.put('sms', ana, 'hello');
    box.relay().wake();
    await waitFor(() => expect(box.arrived()).toEqual(['hello']));
    const [sending] = timeouts.splice(0);
    expect(sending).toBeDefined();
    const restarted = box.restart();
    await waitFor(() => expect(timeouts.length).toBeGreaterThan(0));
    for (const end of timeouts) end();
    await restarted;
    box.provider.decide(() => 'take');
    await box.pass(0);
    expect(box.arrived()).toEqual(['hello', 'hello']);
    expect(box.store.read.outbox.backlog()).toEqual([]);
  });

  it('that failed is tried again without being asked, also when more waits behind it', async () => {
    await open({ isRunning: true });
    box.provider.decide(({ reply, attempt }) =>
      reply.text === 'first' && attempt === 1 ? { status: 500 } : 'take',
    );
    box.put('sms', ana, 'first');
    box.put('sms', ana, 'second');
    box.relay().wake();
    await waitFor(() => expect(box.arrived()).toEqual(['first', 'first', 'second']));
  });

  it('that is off keeps what waits for it', async () => {
    await open();
    box.run((_, tx) =>
      tx.outbox.add({
        channel: 'fax',
        identityId: ana,
        inboxId: null,
        kind: 'reply',
        taskId: null,
        body: { text: 'hello', choices: [], pictures: [] },
        notBefore: 0,
        createdAt: 0,
      }),
    );
    await box.pass(HOUR_MS);
    expect(box.store.read.outbox.backlog()).toMatchObject([{ channel: 'fax', count: 1 }]);
  });
});
