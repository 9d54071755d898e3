// What a worker lacks is said in sentences, before anything is deployed.
import { describe, expect, test } from 'vitest';
import { whatIsMissing } from '../../scripts/worker-readiness.ts';
import { BUCKETS, TEXTS } from '../support/worker-secrets.ts';

const plan = (parts: Partial<Parameters<typeof whatIsMissing>[0]> = {}) =>
  whatIsMissing({
    ...{ known: {}, secrets: TEXTS, withoutChannels: false },
    ...{ buckets: BUCKETS, bucketsWanted: BUCKETS },
    ...parts,
  });

describe('what is missing', () => {
  test('is nothing where every secret and bucket is there', async () => {
    expect(await plan()).toEqual([]);
    const telegram = ['SECRET_KEY', 'PUBLIC_URL', 'TELEGRAM_BOT_TOKEN', 'TELEGRAM_WEBHOOK_SECRET'];
    expect(await plan({ secrets: telegram })).toEqual([]);
    expect(
      await plan({ secrets: ['SECRET_KEY', 'BLUESKY_IDENTIFIER', 'BLUESKY_PASSWORD'] }),
    ).toEqual([]);
  });

  test.each([
    ['SECRET_KEY', /^SECRET_KEY is missing/],
    ['TWILIO_AUTH_TOKEN', /half of its credentials: TWILIO_AUTH_TOKEN/],
    ['TWILIO_FROM', /TWILIO_FROM/],
    ['PUBLIC_URL', /PUBLIC_URL/],
  ])('without %s says so', async (name, sentence) => {
    const secrets = TEXTS.filter((one) => one !== name);
    expect(await plan({ secrets })).toEqual([expect.stringMatching(sentence)]);
  });

  test('is a channel, unless a city is to move there', async () => {
    expect(await plan({ secrets: ['SECRET_KEY'] })).toEqual([
      expect.stringMatching(/^No channel has credentials/),
    ]);
    expect(await plan({ secrets: ['SECRET_KEY'], withoutChannels: true })).toEqual([]);
    expect(await plan({ secrets: [], withoutChannels: true })).toEqual([
      expect.stringMatching(/^SECRET_KEY is missing/),
    ]);
  });

  test('is said of each bucket and each city', async () => {
    const secrets = TEXTS.map((name) => `OAKLAND_${name}`);
    const known = {
      CITIES: 'oakland,san-leandro,nowhere',
      NOWHERE_PUBLIC_URL: 'https://a.example',
    };
    expect(await plan({ known, secrets, buckets: [] })).toEqual([
      ...BUCKETS.map((name) => expect.stringContaining(`r2 bucket create ${name}`)),
      expect.stringMatching(/^PUBLIC_URL is missing.*SAN_LEANDRO_/),
      expect.stringMatching(/^cities\/nowhere.json is missing/),
    ]);
    expect(await plan({ known: { CITIES: '!' }, secrets: [] })).toEqual([
      expect.stringMatching(/^CITIES must/),
    ]);
  });

  test('is the way out of the only city, where there are to be several', async () => {
    const known = { CITIES: 'oakland' };
    const secrets = [...TEXTS, ...TEXTS.map((name) => `OAKLAND_${name}`)];
    expect(await plan({ known, secrets })).toEqual([
      expect.stringMatching(/move it out before CITIES/),
    ]);
  });

  test('is a value that cannot be, where it is known', async () => {
    expect(await plan({ known: { OPERATOR_TOKEN: 'short' } })).toEqual([
      expect.stringMatching(/^OPERATOR_TOKEN must have 32 characters/),
    ]);
    expect(await plan({ known: { LOG_LEVEL: 'loud' } })).toEqual([
      expect.stringMatching(/^LOG_LEVEL/),
    ]);
  });
});
