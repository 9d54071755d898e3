// What Twilio posts: only what it signed for this address, and acknowledged only once it is stored.
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MESSAGE_PATH } from '../../../src/channels/sms/ingress.ts';
import { STATUS_PATH } from '../../../src/channels/sms/send.ts';
import { ANA, openSms, PUBLIC_URL, type TestSms } from '../../support/sms-phone.ts';
import { AUTH_TOKEN, signed } from '../../support/twilio-server.ts';

const URL_HERE = `${PUBLIC_URL}${MESSAGE_PATH}`;

let sms: TestSms;
beforeEach(async () => {
  sms = await openSms();
});
afterEach(() => sms.close());

const post = async (request: Request): Promise<number> =>
  (await sms.post(MESSAGE_PATH, request)).status;

describe('a text that comes in', () => {
  it('is answered with an empty response once it is stored', async () => {
    const request = signed(URL_HERE, sms.twilio.receive(ANA, 'JOIN 1'));
    const answer = await sms.post(MESSAGE_PATH, request);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(await answer.text()).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
    expect(sms.texts()).toEqual(['JOIN 1']);
  });

  it('is answered 500 while it cannot be stored, so that Twilio tries again', async () => {
    const form = sms.twilio.receive(ANA, 'JOIN 1');
    sms.memory.breakFor(1);
    expect(await sms.receive(form)).toBe(500);
    expect(sms.texts()).toEqual([]);
    expect(await sms.receive(form)).toBe(200);
    expect(sms.texts()).toEqual(['JOIN 1']);
  });

  it('is one text however often it comes', async () => {
    const form = sms.twilio.receive(ANA, 'JOIN 1');
    const answers = await Promise.all([sms.receive(form), sms.receive(form), sms.receive(form)]);
    expect(answers).toEqual([200, 200, 200]);
    expect(sms.texts()).toEqual(['JOIN 1']);
  });

  it('may have fields that nobody knows yet, all of which are signed', async () => {
    const form = { ...sms.twilio.receive(ANA, 'JOIN 1'), Añadido: 'sí & no = ¿?', Empty: '' };
    expect(await sms.receive(form)).toBe(200);
    expect(sms.texts()).toEqual(['JOIN 1']);
  });

  it('may name a field twice: each value is signed, the first counts', async () => {
    const form = sms.twilio.receive(ANA, 'JOIN 1');
    const body = `${new URLSearchParams(form)}&Body=JOIN+2`;
    const signature = getExpectedTwilioSignature(AUTH_TOKEN, URL_HERE, {
      ...form,
      Body: ['JOIN 1', 'JOIN 2'],
    } as unknown as Record<string, string>);
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature,
    };
    expect(await post(new Request(URL_HERE, { method: 'POST', headers, body }))).toBe(200);
    expect(sms.texts()).toEqual(['JOIN 1']);
    const forged = `${body}&Body=JOIN+3`;
    expect(await post(new Request(URL_HERE, { method: 'POST', headers, body: forged }))).toBe(403);
  });

  it('is left out without a trace of its sender where nobody can answer it', async () => {
    expect(await sms.receive(sms.twilio.receive('22395', 'WIN BIG'))).toBe(200);
    expect(sms.texts()).toEqual([]);
    expect(sms.memory.errors.map(String)).toEqual([
      'Error: A text was left out: its sender has no number that can be answered.',
    ]);
  });
});

describe('what Twilio did not sign for this address is refused without a trace', () => {
  const form = () => sms.twilio.receive(ANA, 'JOIN 1');
  const forged: readonly (readonly [string, () => Request])[] = [
    ['no signature', () => new Request(URL_HERE, { method: 'POST', body: 'Body=JOIN+1' })],
    ['an empty one', () => signed(URL_HERE, form(), { headers: { 'x-twilio-signature': '' } })],
    [
      'nonsense',
      () =>
        signed(URL_HERE, form(), {
          headers: { 'x-twilio-signature': 'bm9uc2Vuc2U=' },
        }),
    ],
    [
      'another host, though it is the one asked',
      () => signed(`https://evil.example${MESSAGE_PATH}`, form()),
    ],
    ['another scheme', () => signed(`http://city.example${MESSAGE_PATH}`, form())],
    ['a query that is not there', () => signed(`${URL_HERE}?a=1`, form(), { at: URL_HERE })],
    ['no query where there is one', () => signed(URL_HERE, form(), { at: `${URL_HERE}?a=1` })],
    [
      'a host that only headers name',
      () =>
        signed(`https://evil.example${MESSAGE_PATH}`, form(), {
          at: URL_HERE,
          headers: {
            host: 'evil.example',
            'x-forwarded-host': 'evil.example',
            'x-forwarded-proto': 'https',
            forwarded: 'host=evil.example;proto=https',
            'x-original-url': `https://evil.example${MESSAGE_PATH}`,
          },
        }),
    ],
  ];

  it.each(forged)('%s', async (_, request) => {
    expect(await post(request())).toBe(403);
    expect(await sms.post(STATUS_PATH, request())).toMatchObject({ status: 403 });
    expect(sms.texts()).toEqual([]);
    expect(sms.memory.errors).toEqual([]);
  });

  it('what was signed for the other path', async () => {
    const at = { at: URL_HERE };
    expect(await post(signed(`${PUBLIC_URL}${STATUS_PATH}`, form(), at))).toBe(403);
    expect(await sms.post(STATUS_PATH, signed(URL_HERE, form()))).toMatchObject({ status: 403 });
    expect(sms.texts()).toEqual([]);
  });

  it('another text under a true signature', async () => {
    const request = signed(URL_HERE, form());
    const body = (await request.clone().text()).replace('JOIN+1', 'JOIN+2');
    expect(await post(new Request(request, { body, method: 'POST' }))).toBe(403);
    expect(sms.texts()).toEqual([]);
  });

  it('a field more, or one less', async () => {
    const request = () => signed(URL_HERE, form());
    const body = await request().text();
    for (const changed of [`${body}&OptOutType=STOP`, body.replace(/&Body=[^&]*/, '')]) {
      expect(await post(new Request(request(), { body: changed, method: 'POST' }))).toBe(403);
    }
    expect(sms.texts()).toEqual([]);
  });
});

describe('what Twilio signed counts wherever a proxy lets it in', () => {
  it.each([
    ['behind a proxy', { at: `http://10.0.0.7:8080${MESSAGE_PATH}` }],
    ['with headers of a stranger', { headers: { 'x-forwarded-host': 'evil.example' } }],
  ])('%s', async (_, more) => {
    expect(await post(signed(URL_HERE, sms.twilio.receive(ANA, 'JOIN 1'), more))).toBe(200);
    expect(sms.texts()).toEqual(['JOIN 1']);
  });

  it('with the port, or with a query that the operator gave it', async () => {
    const withPort = signed(`${PUBLIC_URL}:443${MESSAGE_PATH}`, sms.twilio.receive(ANA, 'one'));
    expect(await post(withPort)).toBe(200);
    expect(await post(signed(`${URL_HERE}?city=1`, sms.twilio.receive(ANA, 'two')))).toBe(200);
    expect(sms.texts()).toEqual(['one', 'two']);
  });
});

describe('pictures', () => {
  const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 9]);
  const pictures = (count: number) =>
    Array.from({ length: count }, () => ({ bytes: JPEG, type: 'image/jpeg' }));
  const sourcesOf = () =>
    sms.memory
      .messages()
      .flatMap((message) => message.pictures)
      .flatMap((picture) => ('source' in picture ? [picture.source] : []));

  it('are fetched with the account’s key, which the CDN does not see', async () => {
    await sms.receive(sms.twilio.receive(ANA, 'DONE 1', pictures(10)));
    expect(sourcesOf()).toHaveLength(10);
    for (const source of sourcesOf()) {
      expect(await sms.channel().fetchPicture?.(source)).toEqual({ ok: true, value: JPEG });
    }
    expect(sms.twilio.atCdn).toEqual(Array(10).fill(undefined));
  });

  it('are deleted at Twilio, and once they are gone that is fine', async () => {
    await sms.receive(sms.twilio.receive(ANA, 'DONE 1', pictures(2)));
    const [first = '', second = ''] = sourcesOf();
    await sms.channel().releasePicture?.(first);
    await sms.channel().releasePicture?.(first);
    expect(sms.twilio.messages[0]?.media.map(({ sid }) => second.endsWith(sid))).toEqual([true]);
    expect(await sms.channel().fetchPicture?.(first)).toMatchObject({
      ok: false,
      refusal: { code: 'picture-unreachable' },
    });
    await sms.channel().releasePicture?.('');
  });

  it('that cannot be had just now are asked for again, without a word of whose they are', async () => {
    await sms.receive(sms.twilio.receive(ANA, 'DONE 1', pictures(1)));
    const [source = ''] = sourcesOf();
    sms.twilio.fault('media', { status: 503, code: 20503, message: 'Busy' });
    await expect(sms.channel().fetchPicture?.(source)).rejects.toThrow(
      'A picture of a text: refused',
    );
    sms.twilio.fault('delete media', { status: 500, code: 20500, message: 'Broken' });
    await expect(sms.channel().releasePicture?.(source)).rejects.toThrow(
      'Twilio, letting go of a picture: 500 20500',
    );
    expect(await sms.channel().fetchPicture?.(source)).toMatchObject({ ok: true });
  });

  it('are never fetched from a place that a message names', async () => {
    const form = { ...sms.twilio.receive(ANA, 'DONE 1'), NumMedia: '1' };
    await sms.receive({ ...form, MediaUrl0: 'http://127.0.0.1:1/latest/meta-data' });
    expect(sourcesOf()).toEqual(['']);
    expect(await sms.channel().fetchPicture?.('')).toMatchObject({ ok: false });
  });
});
