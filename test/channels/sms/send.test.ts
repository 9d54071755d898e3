// How texts go out: what is asked of Twilio, what its errors mean, and never a text twice.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSmsChannel } from '../../../src/channels/sms/channel.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { ANA, BEN, openSms, PUBLIC_URL, type TestSms } from '../../support/sms-phone.ts';
import { TOO_MANY } from '../../support/twilio-limits.ts';
import { CITY_NUMBER } from '../../support/twilio-server.ts';

let sms: TestSms;
beforeEach(async () => {
  sms = await openSms();
});
afterEach(() => sms.close());

const bodies = (to = ANA): string[] => sms.twilio.sentTo(to).map(({ body }) => body);
const creates = () => sms.twilio.calls.filter(({ route }) => route === 'create');

describe('a text', () => {
  it('goes out from the city’s number, with a callback at the public address', async () => {
    expect(await sms.send('¿Estás ahí?')).toEqual({
      ok: true,
      providerId: sms.twilio.sentTo(ANA)[0]?.sid,
      segments: 1,
    });
    expect(Object.fromEntries(creates()[0]?.fields ?? [])).toEqual({
      To: ANA,
      From: CITY_NUMBER,
      Body: '¿Estas ahi?',
      StatusCallback: `${PUBLIC_URL}/webhooks/twilio/status`,
    });
  });

  it('goes out by a messaging service where there is one', async () => {
    const service = `MG${'0'.repeat(32)}`;
    const own = await openSms({ settings: { from: undefined, messagingServiceSid: service } });
    expect(await own.send('Hello')).toMatchObject({
      ok: false,
      error: { kind: 'misconfigured', detail: expect.stringContaining('(21705)') },
    });
    own.twilio.own.add(service);
    expect(await own.send('Hello')).toMatchObject({ ok: true });
    const fields = own.twilio.calls.at(-1)?.fields;
    expect([fields?.get('MessagingServiceSid'), fields?.get('From')]).toEqual([service, null]);
    await own.close();
  });

  it('counts what it costs as Twilio counts it', async () => {
    for (const [text, segments] of [
      ['x'.repeat(160), 1],
      ['x'.repeat(161), 2],
      ['€'.repeat(80), 1],
      ['€'.repeat(81), 2],
      ['👩🏽‍🚒'.repeat(10), 1],
      ['👩🏽‍🚒'.repeat(11), 2],
      ['x'.repeat(460), 4],
    ] as const) {
      expect(await sms.send(text)).toMatchObject({ ok: true, segments });
    }
  });
});

describe('an error of Twilio', () => {
  it.each([
    [21610, 400, 'stopped', {}],
    [21211, 400, 'unreachable', {}],
    [21614, 400, 'unreachable', {}],
    [21635, 400, 'unreachable', {}],
    [30004, 400, 'unreachable', {}],
    [30006, 400, 'unreachable', {}],
    [21408, 400, 'rejected', {}],
    [21617, 400, 'rejected', {}],
    [30007, 400, 'rejected', {}],
    [99_999, 400, 'rejected', {}],
    [21606, 400, 'misconfigured', {}],
    [21703, 400, 'misconfigured', {}],
    [30034, 400, 'misconfigured', {}],
    [20003, 401, 'misconfigured', {}],
    [20404, 404, 'misconfigured', {}],
    [30003, 400, 'retry', {}],
    [30005, 400, 'retry', {}],
    [20429, 429, 'retry', { retryAfterMs: 10_000, isUntried: true }],
    [99_999, 429, 'retry', { retryAfterMs: 10_000, isUntried: true }],
    [30027, 400, 'retry', { isUntried: true }],
    [20500, 500, 'retry', {}],
    [20503, 503, 'retry', {}],
  ])('%i with status %i means %s', async (code, status, kind, more) => {
    sms.twilio.fault('create', { status, code, message: `To ${ANA}: secret words` });
    const outcome = await sms.send('secret words');
    expect(outcome).toMatchObject({ ok: false, error: { kind, ...more } });
    expect(JSON.stringify(outcome)).not.toMatch(/secret|5105550141/);
  });

  const recipients: readonly (readonly [string, () => unknown, string, string])[] = [
    ['an opted-out person', () => sms.twilio.optedOut.add(ANA), 'stopped', ANA],
    ['a landline', () => sms.twilio.landlines.add(ANA), 'unreachable', ANA],
    ['a country that is not allowed', () => sms.twilio.foreign.add(ANA), 'rejected', ANA],
    ['no number', () => undefined, 'unreachable', '+1510'],
    ['the city itself', () => undefined, 'rejected', CITY_NUMBER],
  ];
  it.each(recipients)('is told for %s', async (_, prepare, kind, to) => {
    prepare();
    expect(await sms.send('Hello', { to })).toMatchObject({ ok: false, error: { kind } });
    expect(bodies(to)).toEqual([]);
  });

  it('that the operator can mend is in the channel’s state until something goes out', async () => {
    sms.twilio.own.delete(CITY_NUMBER);
    await sms.send('Hello');
    expect(sms.channel().status()).toEqual({
      state: 'trouble',
      problem: 'TWILIO_FROM is not a number of the account. (21606)',
    });
    sms.twilio.own.add(CITY_NUMBER);
    await sms.send('Hello');
    expect(sms.channel().status()).toEqual({ state: 'on' });
  });
});

describe('what may have gone out', () => {
  it.each(['taken', 'break', 'garbled'] as const)(
    'after “%s” is looked up before it is sent again',
    async (fault) => {
      sms.twilio.fault('create', fault);
      expect(await sms.send('Your code', { id: 7 })).toMatchObject({
        ok: false,
        error: { kind: 'retry' },
      });
      const outcome = await sms.send('Your code', { id: 7, attempt: 2 });
      expect(outcome).toMatchObject({ ok: true, providerId: sms.twilio.sentTo(ANA)[0]?.sid });
      expect(bodies()).toEqual(['Your code']);
    },
  );

  it('is looked up by another run as well, as after kill -9', async () => {
    sms.twilio.fault('create', 'taken');
    await sms.send('Your code', { id: 7 });
    await sms.restart();
    expect(await sms.send('Your code', { id: 7, attempt: 2 })).toMatchObject({ ok: true });
    expect(bodies()).toEqual(['Your code']);
  });

  it('is only completed where a part of it went out', async () => {
    const long = `${'First sentence of many. '.repeat(30)}The end.`;
    sms.twilio.onCreate(() => {
      if (creates().length === 1) sms.twilio.fault('create', 'break');
    });
    expect(await sms.send(long, { id: 7 })).toMatchObject({ ok: false });
    expect(bodies()).toHaveLength(1);
    expect(await sms.send(long, { id: 7, attempt: 2 })).toMatchObject({
      ok: true,
      providerId: sms.twilio.sentTo(ANA)[0]?.sid,
    });
    expect(bodies().join(' ')).toBe(long);
  });

  it('is completed also where all its parts are alike', async () => {
    const long = 'x'.repeat(918);
    sms.twilio.onCreate(() => {
      if (creates().length === 1) sms.twilio.fault('create', 'break');
    });
    await sms.send(long, { id: 7 });
    await sms.send(long, { id: 7, attempt: 2 });
    expect(bodies()).toEqual(['x'.repeat(459), 'x'.repeat(459)]);
  });

  it('is not taken for the same words said before, by somebody else, or by the person', async () => {
    await sms.send('0 credits', { id: 6 });
    await sms.send('0 credits', { id: 5, to: BEN });
    sms.twilio.receive(ANA, '0 credits');
    sms.twilio.fault('create', 'break');
    await sms.send('0 credits', { id: 7 });
    await sms.send('0 credits', { id: 7, attempt: 2 });
    expect(bodies()).toEqual(['0 credits', '0 credits']);
  });

  it('is sent again where Twilio itself gave it up', async () => {
    const first = await sms.send('Hello', { id: 7 });
    sms.twilio.report(first.ok ? (first.providerId ?? '') : '', 'undelivered', 30003);
    await sms.send('Hello', { id: 7, attempt: 2 });
    expect(bodies()).toEqual(['Hello', 'Hello']);
  });

  it('is not sent while it cannot be looked up', async () => {
    sms.twilio.fault('list', TOO_MANY);
    expect(await sms.send('Hello', { id: 7, attempt: 2 })).toMatchObject({
      ok: false,
      error: { kind: 'retry' },
    });
    expect(bodies()).toEqual([]);
  });
});

describe('the start', () => {
  it('checks the account', async () => {
    await sms.channel().start();
    expect(sms.twilio.calls.map(({ route }) => route)).toContain('account');
    expect(sms.channel().status()).toEqual({ state: 'on' });
  });

  it('fails with a sentence for the operator where the credentials are wrong', async () => {
    const wrong = createSmsChannel({
      ...sms.memory.capabilities,
      settings: { ...sms.settings, authToken: 'wrong' },
      clock: systemClock,
    }).createIngress(sms.memory.inbox);
    await expect(wrong.start()).rejects.toThrow(
      'SMS cannot start. Twilio does not take TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN. (20003)',
    );
  });

  it('goes on while Twilio is away', async () => {
    sms.twilio.fault('account', 'break');
    await sms.channel().start();
    expect(sms.channel().status()).toMatchObject({ problem: 'Twilio did not answer.' });
  });
});
