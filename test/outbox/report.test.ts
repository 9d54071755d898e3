import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { agreeToMessages } from '../../src/services/people/agree-to-messages.ts';
import { stopMessages } from '../../src/services/people/stop-messages.ts';
import type { Tx } from '../../src/store/store.ts';
import { openOutbox, type TestOutbox } from '../support/outbox.ts';

let box: TestOutbox;
beforeEach(async () => {
  box = await openOutbox();
  box.put('sms', box.identity('sms', '+15105550141'), 'hello');
  await box.pass(0);
});
afterEach(() => box.close());

describe('reports of a provider', () => {
  const state = () => box.store.read.outbox.byProviderId('sms', 'sms-1')?.state;

  it('say what is true of a delivery: one with an error is not made good by another', async () => {
    expect(await box.report('sms', 'sms-1', 'delivered')).toBe(true);
    expect(state()).toBe('delivered');
    expect(await box.report('sms', 'sms-1', 'failed', 'rejected')).toBe(true);
    expect(state()).toBe('failed');
    expect(await box.report('sms', 'sms-1', 'delivered')).toBe(true);
    expect(await box.report('sms', 'sms-1', 'failed', 'rejected')).toBe(true);
    expect(state()).toBe('failed');
    expect(box.steps.filter((step) => step === 'delivery.failed')).toHaveLength(1);
  });

  it('about something unknown are to be repeated', async () => {
    expect(await box.report('sms', 'sms-2', 'delivered')).toBe(false);
    expect(await box.report('telegram', 'sms-1', 'delivered')).toBe(false);
    expect(state()).toBe('sent');
  });
});

describe('what was taken over and not delivered', () => {
  let phones: TestOutbox;
  let ana: number;
  /** What went out, under the ids `text-1`, `text-2`, … */
  let texts: string[];
  beforeEach(async () => {
    texts = [];
    phones = await openOutbox({
      channels: [
        {
          name: 'sms',
          hasPublicPlace: false,
          reportsDelivery: true,
          messagesPerSecond: null,
          send: async ({ reply }) => {
            expect(Object.keys(reply)).not.toContain('sentAgain');
            texts.push(reply.text);
            return { ok: true, providerId: `text-${texts.length}` };
          },
        },
      ],
    });
    ana = phones.identity('sms', '+15105550141');
  });
  afterEach(() => phones.close());

  const kept = () => phones.run((_, tx) => [1, 2, 3, 4].filter((id) => isKept(tx, id)));
  const isKept = (tx: Tx, id: number) => tx.sent.get(ana, id, phones.clock.now()) !== undefined;
  const send = async (text: string, facts = {}) => {
    phones.put('sms', ana, text, facts);
    await phones.pass(0);
  };

  it('is sent again three times after longer and longer pauses, and then no more', async () => {
    await send('one');
    for (const [at, minutes] of [5, 30, 120].entries()) {
      expect(await phones.report('sms', `text-${at + 1}`, 'failed', 'retry')).toBe(true);
      // A report that comes twice changes nothing.
      await phones.report('sms', `text-${at + 1}`, 'failed', 'retry');
      await phones.pass(minutes * MINUTE_MS - 1);
      expect(texts).toHaveLength(at + 1);
      await phones.pass(1);
      expect(texts).toHaveLength(at + 2);
    }
    await phones.report('sms', 'text-4', 'failed', 'retry');
    await phones.pass(2 * DAY_MS);
    expect(texts).toEqual(['one', 'one', 'one', 'one']);
    expect(kept()).toEqual([]);
  });

  it('holds up nothing that is said meanwhile', async () => {
    await send('one');
    await phones.report('sms', 'text-1', 'failed', 'retry');
    await send('two');
    expect(texts).toEqual(['one', 'two']);
  });

  it('is kept sealed, until it is delivered or failed for good, and a day at most', async () => {
    await send('one');
    expect(kept()).toEqual([1]);
    const sealed = phones.run((_, tx) => tx.sent.get(ana, 1, phones.clock.now()));
    expect(sealed).not.toContain('one');
    await phones.report('sms', 'text-1', 'delivered');
    expect(kept()).toEqual([]);
    await send('two');
    await phones.report('sms', 'text-2', 'failed');
    expect(kept()).toEqual([]);
    await send('three');
    expect(kept()).toEqual([3]);
    await phones.pass(DAY_MS);
    expect(kept()).toEqual([]);
    await phones.report('sms', 'text-3', 'failed', 'retry');
    await phones.pass(DAY_MS);
    expect(texts).toEqual(['one', 'two', 'three']);
  });

  it('is not sent again after it was delivered', async () => {
    await send('one');
    await phones.report('sms', 'text-1', 'delivered');
    await phones.report('sms', 'text-1', 'failed', 'retry');
    await phones.pass(DAY_MS);
    expect(texts).toEqual(['one']);
  });

  it('is forgotten at once by STOP, also what waits to be sent again', async () => {
    await send('one');
    await send('two');
    await phones.report('sms', 'text-1', 'failed', 'retry');
    phones.run((context) => stopMessages(context, ana, 'STOP'));
    expect(kept()).toEqual([]);
    await phones.report('sms', 'text-2', 'failed', 'retry');
    await phones.pass(DAY_MS);
    expect(texts).toEqual(['one', 'two']);
    // What was under way then is not kept either.
    await send('Confirmed.');
    expect(kept()).toEqual([]);
  });

  it('tells that a person opted out or cannot be reached, and drops what waits for them', async () => {
    for (const why of ['stopped', 'unreachable'] as const) {
      const now = texts.length;
      await send('one');
      phones.put('sms', ana, 'later', { inMs: MINUTE_MS });
      await phones.report('sms', `text-${now + 1}`, 'failed', why);
      await phones.pass(MINUTE_MS);
      expect(texts).toHaveLength(now + 1);
      const identity = phones.store.read.identities.get(ana);
      expect(why === 'stopped' ? identity?.stoppedAt : identity?.unreachableAt).not.toBeNull();
    }
  });

  it('says nothing of a person who has agreed again since it was sent', async () => {
    await send('one');
    phones.run((context) => stopMessages(context, ana, 'STOP'));
    await phones.pass(MINUTE_MS);
    phones.run((context) => agreeToMessages(context, { identityId: ana, personId: 1 }, 'START'));
    await phones.report('sms', 'text-1', 'failed', 'stopped');
    expect(phones.store.read.identities.get(ana)?.stoppedAt).toBeNull();
  });

  it('waits for contact hours where nobody asked for it, and is not said to everybody twice', async () => {
    await send('notice', { kind: 'notice' });
    await send('broadcast', { kind: 'broadcast' });
    await phones.report('sms', 'text-1', 'failed', 'retry');
    await phones.report('sms', 'text-2', 'failed', 'retry');
    await phones.pass(DAY_MS);
    expect(texts).toEqual(['notice', 'broadcast']);
    await phones.pass(5 * MINUTE_MS);
    expect(texts).toEqual(['notice', 'broadcast', 'notice']);
  });
});
