// Texts, pictures and callbacks that get lost, come twice or are not what they say, between the real
// core and a server that speaks Twilio's API; and a real city that is killed while it sends.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MESSAGE_PATH } from '../../src/channels/sms/ingress.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { prove } from '../support/prove.ts';
import { freePort, type RunningProcess, runCity } from '../support/running-city.ts';
import { openSmsCity, type SmsCity } from '../support/sms-city.ts';
import { photoFor } from '../support/telegram-city.ts';
import {
  ACCOUNT,
  AUTH_TOKEN,
  CITY_NUMBER,
  signed,
  startTwilio,
  type TwilioServer,
} from '../support/twilio-server.ts';

const ADMIN = '+15105550100';
const ANA = '+15105550141';
const POLL = { interval: 50 } as const;

describe('a city by SMS', () => {
  let city: SmsCity;
  beforeEach(async () => {
    city = await openSmsCity();
    await city.say(ADMIN, `ACCEPT ${city.firstInvite()}`);
    const order = (words: string) => prove((text) => city.say(ADMIN, text), words);
    const invitation = async (text: string) => /ACCEPT [\w-]+/.exec(await order(text))?.[0] ?? '';
    await city.say('+15105550110', await invitation('INVITE issuer Creek Friends'));
    await order('CAP Creek Friends 500');
    await city.say(
      '+15105550110',
      'ANNOUNCE Creek clean-up; 20; any time until saturday 12pm; The creek; 3',
    );
    await city.say('+15105550110', 'OK');
    for (const text of ['HI', 'OK']) await city.say(ANA, text);
  });
  afterEach(() => city.close());

  const textsTo = (person: string) => city.twilio.sentTo(person).map(({ body }) => body);
  /** Lets so much time pass, and sends what is due then. */
  const pass = async (ms: number): Promise<void> => {
    city.clock.time += ms;
    await city.core.start();
    await city.settle();
  };
  const left = () => city.twilio.messages.flatMap(({ media }) => media);

  it('finds what its webhook never got, once, with its picture', async () => {
    await city.say(ANA, 'JOIN 1');
    const before = textsTo(ANA).length;
    const lost = city.twilio.receive(ANA, 'DONE 1 three bags', [
      { bytes: await photoFor(90), type: 'image/jpeg' },
    ]);
    city.clock.time += 6 * MINUTE_MS;
    await expect.poll(() => textsTo(ANA).length, POLL).toBe(before + 1);
    expect(textsTo(ANA).at(-1)).toMatch(/public/i);
    // The webhook comes after all.
    expect(await city.post(lost)).toBe(200);
    expect(await city.say(ANA, 'OK')).toMatch(/Thank you.*photo/s);
    city.clock.time += 6 * MINUTE_MS;
    await city.settle();
    expect(textsTo(ANA)).toHaveLength(before + 2);
    expect(left()).toEqual([]);
  });

  it('takes ten pictures, and says of one that is none what is wrong with it', async () => {
    await city.say(ANA, 'JOIN 1');
    await city.say(ANA, 'DONE 1', [new TextEncoder().encode('<script>no picture</script>')]);
    expect(textsTo(ANA).at(-1)).toMatch(/isn't a picture/);
    const photos = await Promise.all(Array.from({ length: 10 }, (_, at) => photoFor(20 * at)));
    await city.say(ANA, 'DONE 1', photos);
    expect(await city.say(ANA, 'OK')).toMatch(/Thank you/);
    // Used or not, none of them stays at Twilio.
    await expect.poll(left, POLL).toEqual([]);
  });

  it('texts nobody twice where Twilio took a text and the answer was lost', async () => {
    city.twilio.fault('create', 'taken');
    const before = textsTo(ANA).length;
    await city.say(ANA, 'BALANCE');
    await pass(MINUTE_MS);
    expect(textsTo(ANA)).toHaveLength(before + 1);
    // And its callback finds it.
    const sid = city.twilio.sentTo(ANA).at(-1)?.sid ?? '';
    await city.report(sid, 'delivered');
    const { outbox } = city.store.read;
    expect(outbox.byProviderId('sms', sid)?.state).toBe('delivered');
  });

  it('waits where Twilio asks for patience, and loses nothing', async () => {
    for (let at = 0; at < 3; at += 1) {
      city.twilio.fault('create', { status: 429, code: 20429, message: 'Too Many Requests' });
    }
    const before = textsTo(ANA).length;
    await city.say(ANA, 'BALANCE');
    expect(textsTo(ANA)).toHaveLength(before);
    for (let at = 0; at < 3; at += 1) await pass(10_000);
    expect(textsTo(ANA)).toHaveLength(before + 1);
  });

  it('texts a phone again that was off, until it says STOP', async () => {
    const first = await city.say(ANA, 'BALANCE');
    const fail = () => city.report(city.twilio.sentTo(ANA).at(-1)?.sid ?? '', 'undelivered', 30003);
    const before = textsTo(ANA).length;
    await fail();
    await pass(5 * MINUTE_MS);
    expect(textsTo(ANA).slice(before)).toEqual([first]);
    await fail();
    await city.say(ANA, 'STOP');
    await pass(300 * MINUTE_MS);
    expect(textsTo(ANA)).toHaveLength(before + 2);
    expect(textsTo(ANA).at(-1)).toMatch(/START/);
  });

  it('does not text a landline again, until somebody texts from it', async () => {
    city.twilio.landlines.add(ANA);
    expect(await city.say(ANA, 'BALANCE')).toBe('');
    await pass(60 * MINUTE_MS);
    const tried = city.twilio.calls.filter(({ route }) => route === 'create').length;
    await pass(60 * MINUTE_MS);
    expect(city.twilio.calls.filter(({ route }) => route === 'create')).toHaveLength(tried);
    city.twilio.landlines.delete(ANA);
    expect(await city.say(ANA, 'BALANCE')).toMatch(/CITY/);
  });
});

describe('a real city by SMS', () => {
  let twilio: TwilioServer;
  let folder: string;
  let city: RunningProcess | undefined;
  beforeEach(async () => {
    twilio = await startTwilio();
    folder = mkdtempSync(join(tmpdir(), 'city-sync-sms-'));
  });
  afterEach(async () => {
    await city?.stop('SIGKILL').catch(() => undefined);
    await twilio.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is killed while it sends, and texts everybody once', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const environment = {
      PORT: String(port),
      PUBLIC_URL: url,
      DATABASE_PATH: join(folder, 'city.db'),
      SECRET_KEY: Buffer.alloc(32, 5).toString('base64'),
      TWILIO_ACCOUNT_SID: ACCOUNT,
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      TWILIO_FROM: CITY_NUMBER,
      TWILIO_API_BASE_URL: twilio.url,
      TWILIO_MESSAGES_PER_SECOND: '10',
    };
    const say = async (from: string, text: string) =>
      (await fetch(signed(`${url}${MESSAGE_PATH}`, twilio.receive(from, text)))).status;
    const textsTo = (to: string) => twilio.sentTo(to).map(({ body }) => body);
    city = await runCity(environment);
    expect(await say(ANA, 'HI')).toBe(200);
    await expect.poll(() => textsTo(ANA), POLL).toEqual([expect.stringContaining('Reply OK')]);
    // Twilio takes the next one, and nobody hears its answer.
    twilio.fault('create', 'taken and silent');
    expect(await say(ANA, 'OK')).toBe(200);
    await expect.poll(() => textsTo(ANA).length, POLL).toBe(2);
    await city.stop('SIGKILL');
    // And this one comes while nobody is there.
    twilio.receive(ANA, 'BALANCE');
    city = await runCity(environment);
    await expect.poll(() => textsTo(ANA).at(-1), POLL).toMatch(/0 CITY/);
    expect(textsTo(ANA)).toEqual([
      expect.stringContaining('Reply OK'),
      expect.stringContaining("you're in"),
      expect.stringContaining('No tasks are open'),
      expect.stringContaining('0 CITY'),
    ]);
    // The one that had been taken was looked up.
    const looked = twilio.calls.filter(({ route }) => route === 'list');
    expect(looked.map(({ fields }) => fields.get('To'))).toContain(ANA);
    expect((await fetch(`${url}${MESSAGE_PATH}`, { method: 'POST' })).status).toBe(403);
    expect(await city.health()).toMatchObject({ channels: { sms: { state: 'on' } } });
    expect(city.output()).not.toMatch(/5105550141|test-auth-token|BALANCE/);
    expect(await city.stop()).toBe(0);
    // What was said is kept until it is delivered, though nobody can read it.
    const bytes = readFileSync(join(folder, 'city.db'), 'latin1');
    expect(bytes).toContain('sent-1-');
    expect(bytes).not.toMatch(/5105550141|No tasks are open|test-auth-token/);
  });
});
