import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOutbox, type TestOutbox } from '../support/outbox.ts';

let box: TestOutbox;
beforeEach(async () => {
  box = await openOutbox();
  box.put('sms', box.identity('sms', '+15105550141'), 'hello');
  await box.pass(0);
});
afterEach(() => box.close());

describe('reports of a provider', () => {
  const state = () => box.store.read.outbox.deliveryByProviderId('sms', 'sms-1')?.state;

  it('move a delivery forward, and never back', async () => {
    expect(await box.report('sms', 'sms-1', 'failed')).toBe(true);
    expect(state()).toBe('failed');
    expect(await box.report('sms', 'sms-1', 'delivered')).toBe(true);
    expect(state()).toBe('delivered');
    expect(await box.report('sms', 'sms-1', 'failed')).toBe(true);
    expect(await box.report('sms', 'sms-1', 'delivered')).toBe(true);
    expect(state()).toBe('delivered');
  });

  it('about something unknown are to be repeated', async () => {
    expect(await box.report('sms', 'sms-2', 'delivered')).toBe(false);
    expect(await box.report('telegram', 'sms-1', 'delivered')).toBe(false);
    expect(state()).toBe('sent');
  });
});
