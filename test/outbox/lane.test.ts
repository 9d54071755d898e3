import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel, SendError } from '../../src/channels/channel.ts';
import { HOUR_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { agreeToMessages } from '../../src/services/people/agree-to-messages.ts';
import { stopMessages } from '../../src/services/people/stop-messages.ts';
import { openOutbox, type TestOutbox, untilAborted } from '../support/outbox.ts';

const ANA = '+15105550141';
const BEN = '+15105550142';
const LONG_MS = HOUR_MS;

let box: TestOutbox;
let ana: number;
let ben: number;
beforeEach(async () => {
  box = await openOutbox();
  ana = box.identity('sms', ANA);
  ben = box.identity('sms', BEN);
});
afterEach(async () => {
  await box.close();
  expect(box.errors).toEqual([]);
});

describe('a delivery', () => {
  it('goes to its recipient, in order, and the body is not kept', async () => {
    for (const text of ['1', '2', '3']) box.put('sms', ana, text);
    await box.pass(0);
    expect(box.arrived()).toEqual(['1', '2', '3']);
    expect(box.provider.received.map(({ to, attempt }) => [to, attempt])).toEqual([
      [ANA, 1],
      [ANA, 1],
      [ANA, 1],
    ]);
    expect(box.store.read.outbox.backlog()).toEqual([]);
    expect(box.store.read.outbox.byProviderId('sms', 'sms-3')).toMatchObject({
      state: 'sent',
    });
  });

  it('waits for what was said before to the same person, and for nobody else', async () => {
    box.provider.decide(({ reply, attempt }) =>
      reply.text === 'ana 1' && attempt < 3 ? { status: 500 } : 'take',
    );
    for (const text of ['1', '2']) {
      box.put('sms', ana, `ana ${text}`);
      box.put('sms', ben, `ben ${text}`);
    }
    await box.pass(0);
    expect(box.arrived().toSorted()).toEqual(['ana 1', 'ben 1', 'ben 2']);
    await box.pass(2 * SECOND_MS);
    await box.pass(4 * SECOND_MS);
    expect(box.arrived().slice(3)).toEqual(['ana 1', 'ana 1', 'ana 2']);
  });

  it('is not sent a second time because the disk did not take what became of it', async () => {
    await box.close();
    box = await openOutbox({
      wait: (ms, signal) => (ms === SECOND_MS ? Promise.resolve() : untilAborted(signal)),
    });
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    box.provider.decide(() => {
      box.faults.push(full, full, full);
      return 'take';
    });
    box.put('sms', box.identity('sms', ANA), 'hello');
    await box.pass(0);
    await box.pass(24 * LONG_MS);
    expect(box.arrived()).toEqual(['hello']);
    expect(box.store.read.outbox.backlog()).toEqual([]);
    expect(box.errors.splice(0)).toEqual([full, full, full]);
  });

  it('is tried again after pauses that double', async () => {
    box.provider.decide(() => ({ status: 500 }));
    box.put('sms', ana, 'hello');
    await box.pass(0);
    for (const [at, pauseMs] of [2, 4, 8, 16].map((seconds) => seconds * SECOND_MS).entries()) {
      await box.pass(pauseMs - 1);
      expect(box.provider.received).toHaveLength(at + 1);
      await box.pass(1);
      expect(box.provider.received).toHaveLength(at + 2);
    }
    expect(box.provider.received.map(({ id }) => id)).toEqual(Array(5).fill(1));
    expect(box.provider.received.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
  });

  it('obeys a provider that asks for a longer pause', async () => {
    box.provider.decide(({ attempt }) =>
      attempt === 1 ? { status: 429, retryAfterSeconds: 90 } : 'take',
    );
    box.put('sms', ana, 'hello');
    await box.pass(0);
    await box.pass(90 * SECOND_MS - 1);
    expect(box.provider.received).toHaveLength(1);
    await box.pass(1);
    expect(box.arrived()).toEqual(['hello', 'hello']);
    expect(box.store.read.outbox.backlog()).toEqual([]);
  });

  it('becomes a dead letter after the last try, and lets the next ones pass', async () => {
    box.provider.decide(({ reply }) => (reply.text === 'doomed' ? { status: 500 } : 'take'));
    box.put('sms', ana, 'doomed');
    box.put('sms', ana, 'next');
    for (let attempt = 0; attempt < 20; attempt += 1) await box.pass(LONG_MS);
    expect(box.arrived()).toEqual([...Array(12).fill('doomed'), 'next']);
    expect(box.store.read.outbox.deadLetters()).toBe(1);
    expect(box.steps.filter((step) => step === 'delivery.dead')).toHaveLength(1);
    expect(box.steps.filter((step) => step === 'delivery.retried')).toHaveLength(11);
  });

  it('is not repeated when the provider refuses it for good', async () => {
    box.provider.decide(({ to }) => (to === ANA ? { status: 404 } : { status: 400 }));
    box.put('sms', ana, 'nobody there');
    box.put('sms', ben, 'too long');
    await box.pass(0);
    await box.pass(LONG_MS);
    expect(box.provider.received).toHaveLength(2);
    expect(box.store.read.outbox.deadLetters()).toBe(2);
  });

  it('is tried again when the provider took it and its answer was lost', async () => {
    box.provider.decide(({ attempt }) => (attempt === 1 ? 'break' : 'take'));
    box.put('sms', ana, 'hello');
    await box.pass(0);
    await box.pass(LONG_MS);
    expect(box.provider.received.map(({ id, attempt }) => [id, attempt])).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  it('is sent after a crash between lease and send', async () => {
    box.put('sms', ana, 'hello');
    box.run((_, tx) => tx.outbox.lease([1], box.clock.time + LONG_MS));
    await box.pass(0);
    expect(box.arrived()).toEqual(['hello']);
    // It may have arrived before: the channel is told.
    expect(box.provider.received[0]?.attempt).toBe(2);
  });

  it('in bulk waits until nothing else does', async () => {
    const carla = box.identity('sms', '+15105550143');
    box.put('sms', ana, 'to many', { kind: 'broadcast', isBulk: true });
    box.put('sms', ben, 'to many', { kind: 'broadcast', isBulk: true });
    box.put('sms', carla, 'answer');
    await box.pass(0);
    expect(box.arrived()).toEqual(['answer', 'to many', 'to many']);
  });

  it('keeps its hour, and holds up no reply until then', async () => {
    box.put('sms', ana, 'notice', { kind: 'notice', inMs: HOUR_MS });
    box.put('sms', ana, 'reply');
    await box.pass(0);
    expect(box.arrived()).toEqual(['reply']);
    await box.pass(HOUR_MS - 1);
    expect(box.arrived()).toEqual(['reply']);
    await box.pass(1);
    expect(box.arrived()).toEqual(['reply', 'notice']);
  });
});

describe('after STOP', () => {
  const stop = () => box.run((context) => stopMessages(context, ana, 'stop'));

  it('nothing goes out that waited, only the confirmation', async () => {
    box.put('sms', ana, 'waits');
    box.put('sms', ana, 'notice', { kind: 'notice', inMs: HOUR_MS });
    stop();
    box.put('sms', ana, 'you are out');
    await box.pass(0);
    await box.pass(2 * HOUR_MS);
    expect(box.arrived()).toEqual(['you are out']);
  });

  it('what was just under way is not tried again, and the confirmation is the last', async () => {
    box.provider.decide(({ reply }) => (reply.text === 'under way' ? 'break' : 'take'));
    const stopped = new Promise<void>((resolve) => {
      box.provider.onReceived(({ reply }) => {
        if (reply.text !== 'under way') return;
        stop();
        box.put('sms', ana, 'you are out');
        resolve();
      });
    });
    box.put('sms', ana, 'under way');
    const passed = box.pass(0);
    await stopped;
    await passed;
    await box.pass(LONG_MS);
    expect(box.arrived()).toEqual(['under way', 'you are out']);
  });

  it('said between two of several messages, the others are not sent', async () => {
    for (const text of ['1', '2', '3']) box.put('sms', ana, text);
    box.provider.onReceived(({ reply }) => {
      if (reply.text !== '1') return;
      stop();
      box.put('sms', ana, 'you are out');
    });
    await box.pass(0);
    await box.pass(LONG_MS);
    expect(box.arrived()).toEqual(['1', 'you are out']);
  });

  it('what a crash left under way is dropped', async () => {
    box.put('sms', ana, 'under way');
    box.run((_, tx) => tx.outbox.lease([1], box.clock.time + LONG_MS));
    stop();
    box.put('sms', ana, 'you are out');
    await box.pass(LONG_MS);
    expect(box.arrived()).toEqual(['you are out']);
  });

  it('said to the provider, the city obeys too, until START', async () => {
    box.provider.decide(() => ({ status: 403 }));
    box.put('sms', ana, '1');
    box.put('sms', ana, '2');
    await box.pass(0);
    expect(box.arrived()).toEqual(['1']);
    const identity = () => box.store.read.identities.get(ana);
    expect(identity()?.stoppedAt).toBe(box.clock.time);
    box.provider.decide(() => 'take');
    await box.pass(LONG_MS);
    expect(box.arrived()).toEqual(['1']);
    box.run((context) => {
      const personId = identity()?.personId ?? 0;
      agreeToMessages(context, { identityId: ana, personId }, 'start');
    });
    box.put('sms', ana, 'welcome back');
    await box.pass(0);
    expect(box.arrived()).toEqual(['1', 'welcome back']);
  });
});

describe('a channel gets', () => {
  const sent: { readonly text: string; readonly at: number }[] = [];
  const channel = (facts: Partial<Channel>): Channel => ({
    name: 'telegram',
    hasPublicPlace: false,
    messagesPerSecond: null,
    send: async ({ reply }) => {
      sent.push({ text: reply.text, at: box.clock.time });
      return { ok: true, providerId: null };
    },
    ...facts,
  });
  beforeEach(() => {
    sent.length = 0;
  });

  it('some time between two messages to one recipient, and to nobody else', async () => {
    await box.close();
    box = await openOutbox({
      channels: [channel({ betweenMs: SECOND_MS })],
      // Waiting moves the clock.
      wait: async (ms, signal) => {
        if (ms <= SECOND_MS) box.clock.time += ms;
        else
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      },
    });
    ana = box.identity('telegram', '7000141');
    for (const text of ['1', '2', '3']) box.put('telegram', ana, text);
    const { time } = box.clock;
    await box.pass(0);
    expect(sent).toEqual([
      { text: '1', at: time },
      { text: '2', at: time + SECOND_MS },
      { text: '3', at: time + 2 * SECOND_MS },
    ]);
  });

  it('a message later when it asks for that, which never counts as an attempt', async () => {
    await box.close();
    let tries = 0;
    const busy = { kind: 'retry', detail: 'full', retryAfterMs: 5 * SECOND_MS, isUntried: true };
    box = await openOutbox({
      channels: [
        channel({
          send: async ({ attempt }) => {
            tries += 1;
            if (tries <= 30) return { ok: false, error: busy as SendError };
            sent.push({ text: `attempt ${attempt}`, at: box.clock.time });
            return { ok: true, providerId: null };
          },
        }),
      ],
    });
    ana = box.identity('telegram', '7000141');
    box.put('telegram', ana, 'hello');
    for (let passed = 0; passed <= 30; passed += 1) await box.pass(5 * SECOND_MS);
    expect(sent.map(({ text }) => text)).toEqual(['attempt 1']);
  });

  it('nothing more for an address that it cannot reach, until somebody writes from there', async () => {
    await box.close();
    const gone = { kind: 'unreachable', detail: 'blocked' } as const;
    box = await openOutbox({
      channels: [channel({ send: async () => ({ ok: false, error: gone }) })],
    });
    ana = box.identity('telegram', '7000141');
    for (const text of ['1', '2']) box.put('telegram', ana, text);
    await box.pass(0);
    expect(box.store.read.outbox.backlog()).toEqual([]);
    expect(box.store.read.identities.get(ana)?.unreachableAt).toBe(box.clock.time);
    expect(box.identity('telegram', '7000141')).toBe(ana);
    expect(box.store.read.identities.get(ana)?.unreachableAt).toBeNull();
  });
});

describe('where the runtime has few connections', () => {
  const few = { atOnceMax: 2, msMax: LONG_MS };
  /** Answers of the provider that are kept back until `free` is called. */
  async function openHeld() {
    await box.close();
    const held: (() => void)[] = [];
    const send: Channel['send'] = (delivery) =>
      new Promise((resolve) => {
        held.push(() => {
          arrived.push(delivery.reply.text);
          resolve({ ok: true, providerId: null });
        });
      });
    const arrived: string[] = [];
    const sms: Channel = { name: 'sms', hasPublicPlace: false, messagesPerSecond: null, send };
    box = await openOutbox({ sending: few, channels: [sms] });
    const free = (): void => {
      for (const one of held.splice(0)) one();
    };
    return { held, arrived, free };
  }

  it('no more is on its way than may be, and all of it arrives', async () => {
    const { held, arrived, free } = await openHeld();
    const texts = Array.from({ length: 9 }, (_, at) => `to ${at}`);
    for (const [at, text] of texts.entries()) {
      box.put('sms', box.identity('sms', `+1510555015${at}`), text);
    }
    box.relay().wake();
    while (arrived.length < texts.length) {
      await expect.poll(() => held.length).toBe(Math.min(2, texts.length - arrived.length));
      free();
    }
    await box.relay().idle();
    expect(arrived.toSorted()).toEqual(texts);
  });

  it('what still waits is not sent after a STOP', async () => {
    const { held, arrived, free } = await openHeld();
    for (const at of [0, 1]) box.put('sms', box.identity('sms', `+1510555016${at}`), 'first');
    const person = box.identity('sms', ANA);
    box.put('sms', person, 'too late');
    box.relay().wake();
    await expect.poll(() => held.length).toBe(2);
    box.run((context) => stopMessages(context, person, 'stop'));
    free();
    await box.relay().idle();
    expect(arrived).toEqual(['first', 'first']);
  });
});
