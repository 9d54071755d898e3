// What Twilio tells of texts that it took over: twice, late, early, and in any order.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStatuses } from '../../../src/channels/sms/statuses.ts';
import { openSms, type TestSms } from '../../support/sms-phone.ts';
import type { Form } from '../../support/twilio-server.ts';
import { waitFor } from '../../support/wait-for.ts';

let sms: TestSms;
beforeEach(async () => {
  sms = await openSms();
});
afterEach(() => sms.close());

/** A text that went out and that the desk knows. */
async function sent(): Promise<string> {
  const outcome = await sms.send('Hello');
  const sid = outcome.ok ? (outcome.providerId ?? '') : '';
  sms.known.add(sid);
  return sid;
}

describe('a callback', () => {
  it.each([
    ['queued', undefined, []],
    ['sending', undefined, []],
    ['sent', undefined, []],
    ['canceled', undefined, []],
    ['something new', undefined, []],
    ['delivered', undefined, [{ state: 'delivered' }]],
    ['read', undefined, [{ state: 'delivered' }]],
    ['failed', undefined, [{ state: 'failed' }]],
    ['undelivered', 30003, [{ state: 'failed', why: 'retry' }]],
    ['undelivered', 30005, [{ state: 'failed', why: 'retry' }]],
    ['undelivered', 30008, [{ state: 'failed', why: 'retry' }]],
    ['undelivered', 30004, [{ state: 'failed', why: 'unreachable' }]],
    ['undelivered', 30006, [{ state: 'failed', why: 'unreachable' }]],
    ['undelivered', 30007, [{ state: 'failed', why: 'rejected' }]],
    ['undelivered', 30034, [{ state: 'failed', why: 'misconfigured' }]],
    ['failed', 21610, [{ state: 'failed', why: 'stopped' }]],
    ['undelivered', 99_999, [{ state: 'failed', why: 'rejected' }]],
  ])('%s with error %j tells the desk %j', async (status, code, told) => {
    const sid = await sent();
    expect(await sms.callBack(sms.twilio.report(sid, status, code))).toBe(200);
    expect(sms.reports).toEqual(told.map((one) => ({ sid, ...one })));
  });

  it('that says nothing of use is acknowledged', async () => {
    const form = sms.twilio.report(await sent(), 'delivered');
    const { MessageSid: _sid, ...withoutId } = form;
    const { MessageStatus: _status, ...withoutStatus } = form;
    const empty: Form = { Anything: 'else' };
    for (const one of [withoutId, withoutStatus, empty]) expect(await sms.callBack(one)).toBe(200);
    expect(sms.reports).toEqual([]);
    expect(await sms.callBack({ ...form, ErrorCode: 'none' })).toBe(200);
    expect(sms.reports).toHaveLength(1);
  });

  it('shows the operator what keeps texts from phones, until one arrives', async () => {
    const [first, second, third] = [await sent(), await sent(), await sent()];
    await sms.callBack(sms.twilio.report(first, 'undelivered', 30034));
    // That Twilio takes over the next one does not mean that it arrives.
    await sms.send('Hello');
    expect(sms.channel().status()).toEqual({
      state: 'trouble',
      problem: 'The number belongs to no registered campaign: see docs/sms.md. (30034)',
    });
    await sms.callBack(sms.twilio.report(second, 'undelivered', 30003));
    expect(sms.channel().status()).toMatchObject({ state: 'trouble' });
    await sms.callBack(sms.twilio.report(third, 'delivered'));
    expect(sms.channel().status()).toEqual({ state: 'on' });
  });
});

describe('a callback that overtakes the answer to its text', () => {
  const looked = () => sms.twilio.calls.filter(({ route }) => route === 'list').length;

  it('is told again once the text is known', async () => {
    const outcome = await sms.send('Hello');
    const sid = outcome.ok ? (outcome.providerId ?? '') : '';
    expect(await sms.callBack(sms.twilio.report(sid, 'delivered'))).toBe(200);
    expect(sms.reports).toEqual([]);
    sms.known.add(sid);
    await sms.channel().start();
    await waitFor(() => expect(looked()).toBeGreaterThan(0));
    expect(sms.reports).toContainEqual({ sid, state: 'delivered' });
  });

  it('is forgotten after a minute, for the sweep to find', async () => {
    let time = 0;
    const asked: string[] = [];
    const statuses = createStatuses({
      inbox: {
        report: async ({ providerId }) => {
          asked.push(providerId);
          return false;
        },
      },
      clock: { elapsed: () => time },
      problem: () => undefined,
    });
    await statuses.reportOrKeep('SM1', 'delivered', undefined);
    await statuses.reportKept();
    time = 61_000;
    await statuses.reportKept();
    await statuses.reportKept();
    expect(asked).toHaveLength(3);
  });
});

const hasFailedIn = (statuses: readonly string[]): boolean =>
  statuses.some((status) => status === 'undelivered' || status === 'failed');

it('whatever the order of callbacks before the text is known, one with an error is told', async () => {
  const callbacks = fc.array(fc.constantFrom('sent', 'delivered', 'undelivered', 'failed'), {
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(callbacks, callbacks, async (before, after) => {
      let isKnown = false;
      const told: string[] = [];
      const statuses = createStatuses({
        inbox: {
          report: async ({ state }) => {
            if (isKnown) told.push(state);
            return isKnown;
          },
        },
        clock: { elapsed: () => 0 },
        problem: () => undefined,
      });
      for (const status of before) await statuses.reportOrKeep('SM1', status, undefined);
      isKnown = true;
      for (const status of after) await statuses.reportOrKeep('SM1', status, undefined);
      await statuses.reportKept();
      await statuses.reportKept();
      const all = [...before, ...after];
      const final = all.filter((status) => status !== 'sent');
      expect(told.includes('failed')).toBe(hasFailedIn(all));
      expect(told.includes('delivered')).toBe(
        after.includes('delivered') || (!hasFailedIn(before) && before.includes('delivered')),
      );
      expect(told.length > 0).toBe(final.length > 0);
    }),
  );
});
