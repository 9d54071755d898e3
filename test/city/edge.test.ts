// A real city as strangers reach it: over sockets, with whatever they like to send.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FORM_BYTES_MAX } from '../../src/channels/sms/form.ts';
import { MESSAGE_PATH } from '../../src/channels/sms/ingress.ts';
import { STATUS_PATH } from '../../src/channels/sms/send.ts';
import { TELEGRAM_WEBHOOK_PATH } from '../../src/channels/telegram/webhook.ts';
import { readEnvironment } from '../../src/config/config.ts';
import { createLog } from '../../src/node/log.ts';
import { type RunningCity, startCity } from '../../src/node/start-city.ts';
import { REQUESTS_A_MINUTE_MAX } from '../../src/web/limits.ts';
import { BERKELEY } from '../support/city.ts';
import { connectTo, type RawConnection } from '../support/raw-connections.ts';

import { startTelegram, type TelegramServer, TOKEN } from '../support/telegram-server.ts';
import { ANA_ID, says, user } from '../support/telegram-updates.ts';
import {
  ACCOUNT,
  AUTH_TOKEN,
  CITY_NUMBER,
  signed,
  startTwilio,
  type TwilioServer,
} from '../support/twilio-server.ts';

const ANA = '+15105550141';
const SECRET = 'webhook-secret_1';
const PUBLIC_URL = 'https://city.example/bot';
const SHORT = { headersMs: 6000, requestMs: 8000, lookEveryMs: 200 };
const READER = { 'x-forwarded-for': '203.0.113.7' };

let folder: string;
let twilio: TwilioServer;
let telegram: TelegramServer;
let city: RunningCity;
let logged: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-edge-'));
  [twilio, telegram] = await Promise.all([startTwilio(), startTelegram()]);
  telegram.addChat(ANA_ID);
  logged = [];
  city = await startCity({
    city: BERKELEY,
    environment: readEnvironment({
      PORT: '0',
      PUBLIC_URL: `${PUBLIC_URL}/`,
      DATABASE_PATH: join(folder, 'city.db'),
      SECRET_KEY: Buffer.alloc(32, 5).toString('base64'),
      TWILIO_ACCOUNT_SID: ACCOUNT,
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      TWILIO_FROM: CITY_NUMBER,
      TWILIO_API_BASE_URL: twilio.url,
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: telegram.url,
      TELEGRAM_WEBHOOK_SECRET: SECRET,
    }),
    log: createLog('warn', { write: (line) => void logged.push(line) }),
    limits: SHORT,
  });
});
afterEach(async () => {
  await city?.stop();
  await Promise.all([twilio.close(), telegram.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const at = (path: string): string => `http://127.0.0.1:${city.port}${path}`;
const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(at(path), { headers });
const health = async () => (await (await get('/healthz')).json()) as Record<string, object>;
const postForm = (body: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(at(MESSAGE_PATH), {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
/** However slow the machine is. */
/** What looks like a signature, of nobody. */
const FORGED = { 'x-twilio-signature': `${'A'.repeat(27)}=` };

describe('a form of a stranger', () => {
  it.each(['a&', '&', 'a=b&', '%41%41&', '\u{1f4a3}&'])(
    'is refused whatever is in it, and the next one too: %s',
    async (piece) => {
      const lengths = [24_000, 60_000, FORM_BYTES_MAX, FORM_BYTES_MAX + 1, 2_000_000];
      for (const headers of [{}, FORGED]) {
        for (const length of lengths) {
          const body = piece.repeat(Math.floor(length / Buffer.byteLength(piece)));
          expect((await postForm(body, headers)).status).toBe(403);
        }
      }
      expect(
        (
          await fetch(
            signed(`${PUBLIC_URL}${MESSAGE_PATH}`, twilio.receive(ANA, 'HI'), {
              at: at(MESSAGE_PATH),
            }),
          )
        ).status,
      ).toBe(200);
    },
  );

  it('is refused without reading it where it has no signature', async () => {
    const { ended } = connectTo(
      city.port,
      `POST ${MESSAGE_PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n`,
    );
    // Nothing of the body was ever sent.
    expect(await ended).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('is refused without reading it where Telegram’s secret is missing', async () => {
    const { ended } = connectTo(
      city.port,
      `POST ${TELEGRAM_WEBHOOK_PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n`,
    );
    expect(await ended).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('that never ends is cut, and is no error of ours', async () => {
    const { ended } = connectTo(
      city.port,
      `POST ${MESSAGE_PATH} HTTP/1.1\r\nHost: localhost\r\nX-Twilio-Signature: ${FORGED['x-twilio-signature']}\r\nContent-Length: 50000\r\n\r\na=b`,
    );
    await ended;
    expect((await health())['ok']).toBe(true);
    expect(logged).toEqual([]);
  });
});

describe('1,500 stalled requests', () => {
  it('are cut, and everybody else is served meanwhile', async () => {
    const words = [
      '',
      'GET / HTTP/1.1\r\nHost: localhost\r\n',
      `POST ${MESSAGE_PATH} HTTP/1.1\r\nHost: localhost\r\nX-Twilio-Signature: ${FORGED['x-twilio-signature']}\r\nContent-Length: 1000\r\n\r\na`,
    ];
    const stalled: RawConnection[] = [];
    // So many at a time as the system lets wait at the door; each time somebody else is served.
    while (stalled.length < 1500) {
      const more = Array.from({ length: 250 }, (_, index) =>
        connectTo(city.port, words[index % words.length] ?? ''),
      );
      await Promise.all(more.map(({ socket }) => once(socket, 'connect')));
      stalled.push(...more);
      expect((await get('/')).status).toBe(200);
    }
    await Promise.all(stalled.map(({ ended }) => ended));
    expect((await get('/healthz')).status).toBe(200);
  });
});

describe('a public address with a path', () => {
  it('is where both providers are told to send', async () => {
    expect(telegram.webhook()).toMatchObject({ url: `${PUBLIC_URL}${TELEGRAM_WEBHOOK_PATH}` });
    await fetch(
      signed(`${PUBLIC_URL}${MESSAGE_PATH}`, twilio.receive(ANA, 'HI'), { at: at(MESSAGE_PATH) }),
    );
    await expect.poll(() => twilio.sentTo(ANA).length).toBe(1);
    const [created] = twilio.calls.filter(({ route }) => route === 'create');
    expect(created?.fields.get('StatusCallback')).toBe(`${PUBLIC_URL}${STATUS_PATH}`);
  });

  it.each(['', '/bot'])('is served by a proxy that passes on %j', async (base) => {
    const url = `${PUBLIC_URL}${MESSAGE_PATH}`;
    const text = signed(url, twilio.receive(ANA, 'HI'), { at: at(`${base}${MESSAGE_PATH}`) });
    expect((await fetch(text)).status).toBe(200);
    const update = await fetch(at(`${base}${TELEGRAM_WEBHOOK_PATH}`), {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': SECRET },
      body: JSON.stringify(says(user(ANA_ID), 'HI')),
    });
    expect(update.status).toBe(200);
    const page = await (await get(`${base}/`, { accept: 'text/html' })).text();
    expect(page).toContain('<link rel="stylesheet" href="/bot/assets/base.css">');
    expect(page).not.toMatch(/(?:href|src)="\/(?!bot\/)/);
    expect((await get(`${base}/assets/base.css`)).status).toBe(200);
    expect((await get('/botany')).status).toBe(404);
  });
});

describe('webhooks for another address', () => {
  it('are refused, counted, and said to the operator', async () => {
    const wrong = (text: string) =>
      fetch(
        signed(`https://old.example${MESSAGE_PATH}`, twilio.receive(ANA, text), {
          at: at(MESSAGE_PATH),
        }),
      );
    for (const text of ['one', 'two', 'three']) expect((await wrong(text)).status).toBe(403);
    expect(
      logged.filter((line) => /"msg":"1 webhook was refused: is PUBLIC_URL right/.test(line)),
    ).toHaveLength(1);
    expect(logged.join()).not.toMatch(/5105550141|three/);
    expect(await health()).toMatchObject({
      channels: {
        sms: {
          state: 'trouble',
          problem: expect.stringMatching(/^3 webhooks were refused: is PUBLIC_URL right\?/),
          webhooksRefused: 3,
        },
        telegram: { state: 'on' },
      },
    });
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toContain('city_webhooks_refused{channel="sms"} 3');
    expect(metrics).toContain('city_webhooks_refused{channel="telegram"} 0');
    const url = `${PUBLIC_URL}${MESSAGE_PATH}`;
    await fetch(signed(url, twilio.receive(ANA, 'HI'), { at: at(MESSAGE_PATH) }));
    expect(await health()).toMatchObject({ channels: { sms: { state: 'on' } } });
  });

  it('with a wrong secret of Telegram’s, too', async () => {
    const answer = await fetch(at(TELEGRAM_WEBHOOK_PATH), {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': 'wrong' },
      body: '{}',
    });
    expect(answer.status).toBe(401);
    expect(await health()).toMatchObject({
      channels: { telegram: { state: 'trouble', webhooksRefused: 1 } },
    });
    expect(
      logged.filter((line) => /"msg":"1 webhook was refused: is TELEGRAM_/.test(line)),
    ).toHaveLength(1);
  });
});

describe('many requests of one reader behind a proxy', () => {
  /** So many requests, fifty at a time; their statuses. */
  const ask = async (times: number, path: string): Promise<readonly number[]> => {
    const statuses: number[] = [];
    while (statuses.length < times) {
      const some = Array.from({ length: Math.min(50, times - statuses.length) }, async () => {
        const answer = await get(path, READER);
        await answer.arrayBuffer();
        return answer.status;
      });
      statuses.push(...(await Promise.all(some)));
    }
    return statuses;
  };

  it('are answered for a class of thirty who read twenty pages each', async () => {
    expect(new Set(await ask(600, '/'))).toEqual(new Set([200]));
    expect(new Set(await ask(1200, '/assets/base.css'))).toEqual(new Set([200]));
  });

  it('are refused past the limit, in words; others and webhooks are not', async () => {
    const statuses = await ask(REQUESTS_A_MINUTE_MAX + 50, '/healthz');
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    const refused = await get('/', { ...READER, accept: 'text/html', 'accept-language': 'es' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await refused.text()).toContain('<html lang="es">');
    expect((await get('/', { 'x-forwarded-for': '203.0.113.8' })).status).toBe(200);
    const url = `${PUBLIC_URL}${MESSAGE_PATH}`;
    const text = signed(url, twilio.receive(ANA, 'HI'), { at: at(MESSAGE_PATH), headers: READER });
    expect((await fetch(text)).status).toBe(200);
  });
});
