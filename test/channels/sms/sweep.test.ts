// What the webhook never got is found in Twilio's list: once, in order, and with its pictures.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/channels/sms/client.ts';
import { createSweep } from '../../../src/channels/sms/sweep.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/lib/clock.ts';
import { ANA, BEN, openSms, type TestSms } from '../../support/sms-phone.ts';
import { CITY_NUMBER } from '../../support/twilio-server.ts';
import { waitFor } from '../../support/wait-for.ts';

let sms: TestSms;
beforeEach(async () => {
  sms = await openSms();
});
afterEach(() => sms.close());

const heard: (readonly [string, string, number | undefined])[] = [];
const sweep = () =>
  createSweep({
    client: createClient(sms.settings),
    settings: sms.settings,
    inbox: sms.memory.inbox,
    memory: sms.memory.memory,
    statuses: {
      report: async (...facts) => {
        heard.push(facts);
        return true;
      },
    },
    clock: sms.clock,
  })();
beforeEach(() => heard.splice(0));

const requests = (route: string) => sms.twilio.calls.filter((call) => call.route === route);

describe('the sweep', () => {
  it('takes in what is not known, the oldest first, and nothing twice', async () => {
    await sms.receive(sms.twilio.receive(ANA, 'one'));
    sms.twilio.receive(ANA, 'two');
    sms.twilio.receive(BEN, 'three');
    await sweep();
    expect(sms.texts()).toEqual(['one', 'two', 'three']);
    await sweep();
    expect(sms.texts()).toEqual(['one', 'two', 'three']);
    expect(sms.memory.messages()[1]).toMatchObject({
      channel: 'sms',
      sender: ANA,
      segments: 1,
      sentAt: sms.clock.time,
      receivedAt: sms.clock.time,
    });
  });

  it('is no second message when the webhook comes after it', async () => {
    const form = sms.twilio.receive(ANA, 'late');
    await sweep();
    expect(await sms.receive(form)).toBe(200);
    expect(sms.texts()).toEqual(['late']);
  });

  it('finds pictures where Twilio keeps them', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    sms.twilio.receive(ANA, 'DONE 1', [
      { bytes, type: 'image/jpeg' },
      { bytes, type: 'image/png' },
    ]);
    await sweep();
    const pictures = sms.memory.messages()[0]?.pictures ?? [];
    expect(pictures).toHaveLength(2);
    for (const picture of pictures) {
      const source = 'source' in picture ? picture.source : '';
      expect(await sms.channel().fetchPicture?.(source)).toEqual({ ok: true, value: bytes });
    }
  });

  it('goes through page after page', async () => {
    for (let at = 0; at < 2500; at += 1) sms.twilio.receive(at % 2 === 0 ? ANA : BEN, `text ${at}`);
    await sweep();
    // Of what came in, and then one of what went out.
    expect(requests('list')).toHaveLength(3 + 1);
    expect(sms.texts()).toEqual(Array.from({ length: 2500 }, (_, at) => `text ${at}`));
  });

  it('stores nothing and does not move on where the list ends in an error', async () => {
    for (let at = 0; at < 1001; at += 1) sms.twilio.receive(ANA, `text ${at}`);
    sms.twilio.fault('list', { status: 503, code: 20503, message: 'Busy' });
    await expect(sweep()).rejects.toThrow();
    sms.memory.breakFor(1);
    await expect(sweep()).rejects.toThrow('The disk is full.');
    sms.clock.time += 20 * HOUR_MS;
    await sweep();
    expect(sms.texts()).toHaveLength(1001);
  });

  it('does not answer what came long before the city began', async () => {
    sms.twilio.receive(ANA, 'to another program');
    sms.clock.time += 2 * HOUR_MS;
    await sweep();
    expect(sms.texts()).toEqual([]);
  });

  it('looks back an hour behind the last one, and to where it was after any pause', async () => {
    await sweep();
    sms.clock.time += MINUTE_MS;
    sms.twilio.receive(ANA, 'lost');
    sms.clock.time += 3 * DAY_MS;
    await sweep();
    expect(sms.texts()).toEqual(['lost']);
    sms.clock.time += 5 * MINUTE_MS;
    await sweep();
    const since = requests('list').map(({ fields }) => Date.parse(fields.get('DateSent>') ?? ''));
    expect(since.at(-1)).toBe(sms.clock.time - 5 * MINUTE_MS - HOUR_MS);
  });

  it('leaves alone what nobody can answer, and the other numbers of the account', async () => {
    sms.twilio.receive('22395', 'WIN BIG');
    sms.twilio.receive(`whatsapp:${ANA}`, 'hola');
    sms.twilio.receive(ANA, 'to another number', [], '+15105550198');
    await sweep();
    expect(sms.texts()).toEqual([]);
  });

  it('knows the numbers of a messaging service by what it sent', async () => {
    const service = `MG${'0'.repeat(32)}`;
    const other = await openSms({ settings: { from: undefined, messagingServiceSid: service } });
    other.twilio.own.add(service);
    await other.send('Hello');
    const [kept] = other.twilio.sentTo(ANA);
    if (kept !== undefined) kept.from = CITY_NUMBER;
    other.twilio.receive(ANA, 'to the service');
    other.twilio.receive(ANA, 'to another number', [], '+15105550198');
    await createSweep({
      client: createClient(other.settings),
      settings: other.settings,
      inbox: other.memory.inbox,
      memory: other.memory.memory,
      statuses: { report: async () => true },
      clock: other.clock,
    })();
    expect(other.texts()).toEqual(['to the service']);
    await other.close();
  });

  it('hears what became of texts whose callbacks were lost', async () => {
    const sids: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      const outcome = await sms.send(text);
      sids.push(outcome.ok ? (outcome.providerId ?? '') : '');
    }
    const [one = '', two = '', three = ''] = sids;
    sms.twilio.report(one, 'delivered');
    sms.twilio.report(two, 'undelivered', 30006);
    await sweep();
    expect(heard).toContainEqual([one, 'delivered', undefined]);
    expect(heard).toContainEqual([two, 'undelivered', 30006]);
    expect(heard).toContainEqual([three, 'queued', undefined]);
  });
});

describe('the channel', () => {
  it('sweeps when it starts, and tells the operator while it cannot', async () => {
    sms.twilio.receive(ANA, 'while it was off');
    sms.twilio.fault('list', { status: 503, code: 20503, message: 'Busy' });
    await sms.channel().start();
    await waitFor(() =>
      expect(sms.channel().status()).toEqual({
        state: 'trouble',
        problem: 'Twilio did not answer. (20503)',
      }),
    );
    expect(sms.memory.errors.map(String)).toEqual([
      'Error: Twilio, the list of messages: 503 20503',
    ]);
    await sms.restart();
    await sms.channel().start();
    await waitFor(() => expect(sms.texts()).toEqual(['while it was off']));
    expect(sms.channel().status()).toEqual({ state: 'on' });
  });
});
