import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POINTS } from '../../src/account/rate-limits.ts';
import { ConfigError, readCity, readEnvironment } from '../../src/config/config.ts';
import { mutationsOf } from '../support/mutations.ts';
import { runs } from '../support/runs.ts';

type Json = Readonly<Record<string, unknown>>;

const city = JSON.parse(readFileSync('city.json', 'utf8')) as Json & { readonly policies: Json };

/** The sentence that stops the start; undefined when nothing does. */
function sentence(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

const withBudgets = (budgets: Json): Json => ({ policies: { ...city.policies, budgets } });
const KEY = Buffer.alloc(32, 1).toString('base64');

const at = (coordinates: string): Json => ({ location: { name: 'Berkeley', coordinates } });
const CIRCLE = { center: [37.8, -122.2], radiusMeters: 100 };
const LIVE_OAK = { name: 'Live Oak Park', coordinates: '37.8839,-122.2690' };
const wrongCity = (text: string) => sentence(() => readCity(text, 'city.json'));

describe('a wrong setting of the city is named in one sentence', () => {
  it.each<[string, Json]>([
    ['"name"', { name: '' }],
    ['"timeZone"', { timeZone: 'Berkeley' }],
    ['"languages"', { languages: [] }],
    ['"languages"', { languages: ['en', 'en'] }],
    ['"languages"', { languages: ['fr'] }],
    ['"currencyWord"', { currencyWord: 'x'.repeat(17) }],
    ['"contactHours.from"', { contactHours: { from: 20, to: 9 } }],
    ['"policies.codeMinutes"', { policies: { ...city.policies, codeMinutes: 0 } }],
    ['"policies.codeMinutes"', { policies: { ...city.policies, codeMinutes: 1.5 } }],
    ['"policies.rejectionPolicy"', { policies: { ...city.policies, rejectionPolicy: 'maybe' } }],
    ['"policies.budgets.messagesPerMinute"', withBudgets({ messagesPerMinute: 0 })],
    ['"policies.budgets.messages"', withBudgets({ messages: 5 })],
    ['"policies.budgets"', { policies: { ...city.policies, budgets: 5 } }],
    ['"policies.codeMinute"', { policies: { ...city.policies, codeMinute: 15 } }],
    ['"contactHours"', { contactHours: undefined }],
    ['"about"', { about: 'Berkeley' }],
    ['"about.motto"', { about: { motto: 'x' } }],
    ['"about.description"', { about: { description: '🦆'.repeat(257) } }],
    ['"about.website"', { about: { website: 'http://city.example' } }],
    ['"about.website"', { about: { website: 'city.example' } }],
    ['"about.website"', { about: { website: 'https:/city.example' } }],
    ['"about.website"', { about: { website: 'https:///city.example' } }],
    ['"about.description"', { about: { description: 'Call 510 555 0199.' } }],
    ['"about.description"', { about: { description: 'half \ud83e' } }],
    ['"about.bluesky"', { about: { bluesky: 'the city' } }],
    ['"about.links"', { about: { links: 'https://city.example' } }],
    ['"about.links"', { about: { links: [{ label: '', url: 'https://city.example' }] } }],
    ['"about.links"', { about: { links: [{ label: 'Us', url: 'mailto:us@city.example' }] } }],
    ['"about.story"', { about: { story: [] } }],
    ['"about.story"', { about: { story: ['Call 510 555 0199.'] } }],
    ['"about.organizationType"', { about: { organizationType: ['nonprofit', 5] } }],
    ['"about.location"', { about: { location: 'Berkeley' } }],
    ['"about.location.coordinates"', { about: at('37.8716') }],
    ['"about.location.coordinates"', { about: at('97.8716,-122.2727') }],
    ['"about.location.coordinates"', { about: at('North,West') }],
    ['"about.avatar"', { about: { avatar: 'avatar.gif' } }],
    ['"about.avatar"', { about: { avatar: 'http://city.example/avatar.png' } }],
    ['"about.banner"', { about: { banner: 'https://cdn.example/15105550199.png' } }],
    ['"places"', { places: 'Live Oak Park' }],
    ['"places"', { places: ['Live Oak Park'] }],
    ['"places"', { places: [{ name: '', coordinates: '37.8839,-122.2690' }] }],
    ['"places"', { places: [{ name: 'Live Oak Park' }] }],
    ['"places"', { places: [{ name: 'Live Oak Park', coordinates: [37.8839, -122.269] }] }],
    ['"places"', { places: [{ name: 'Live Oak Park', coordinates: '37.88,-122.26' }] }],
    ['"places"', { places: [{ name: 'Live Oak Park', coordinates: '97.8839,-122.2690' }] }],
    ['"places"', { places: [{ name: 'Live Oak Park', coordinates: '37.8839' }] }],
    ['"places"', { places: [LIVE_OAK, { ...LIVE_OAK, name: 'live oak  PARK' }] }],
    ['"areas"', { areas: 'South' }],
    ['"areas"', { areas: [''] }],
    ['"areas"', { areas: [7] }],
    ['"areas"', { areas: [{ aliases: ['south'] }] }],
    ['"areas"', { areas: ['South', { name: 'Sur', aliases: ['SOUTH'] }] }],
    ['"aliases"', { areas: [{ name: 'South', aliases: 'south' }] }],
    ['"center"', { areas: [{ name: 'South', center: [97, 0], radiusMeters: 100 }] }],
    ['"center"', { areas: [{ name: 'South', center: '37.8,-122.2', radiusMeters: 100 }] }],
    ['"radiusMeters"', { areas: [{ name: 'South', center: [37.8, -122.2] }] }],
    ['"radiusMeters"', { areas: [{ name: 'South', radiusMeters: 100 }] }],
    ['"radiusMeters"', { areas: [{ name: 'South', center: [37.8, -122.2], radiusMeters: 0 }] }],
    ['"outline"', { areas: [{ name: 'South', outline: [[37.8, -122.2]] }] }],
    [
      '"outline"',
      {
        areas: [
          {
            name: 'South',
            outline: [
              [1, 1],
              [1, 2],
              [2, 191],
            ],
          },
        ],
      },
    ],
    ['"outline"', { areas: [{ name: 'South', outline: Array(201).fill([1, 1]) }] }],
    [
      '"outline"',
      {
        areas: [
          {
            name: 'South',
            ...CIRCLE,
            outline: [
              [1, 1],
              [1, 2],
              [2, 2],
            ],
          },
        ],
      },
    ],
    ['"areas.0.radius"', { areas: [{ name: 'South', radius: 5 }] }],
    ['"places.0.area"', { places: [{ ...LIVE_OAK, area: 'North' }] }],
  ])('%s in %o', (setting, change) => {
    const said = wrongCity(JSON.stringify({ ...city, ...change }));
    expect(said).toContain(setting);
    expect(said).toMatch(/^In city\.json, [^\n]+[.?]$/);
  });

  it('or it is what the city tells about itself', () => {
    const about = {
      ...at('37.8716, -122.2727'),
      bluesky: '@city.example',
      avatar: 'pictures/avatar.JPG',
      banner: 'https://city.example/banner',
      story: ['# A heading', 'Words.'],
    };
    expect(readCity(JSON.stringify({ ...city, about }), 'city.json').about).toEqual({
      ...about,
      location: { name: 'Berkeley', coordinates: { latitude: 37.8716, longitude: -122.2727 } },
      bluesky: 'https://bsky.app/profile/city.example',
      avatar: { path: 'pictures/avatar.JPG' },
      banner: { uri: 'https://city.example/banner' },
    });
  });

  it('and coordinates are read as degrees', () => {
    const areas = ['Downtown', { name: 'South', aliases: ['sur'], ...CIRCLE }];
    expect(readCity(JSON.stringify({ ...city, areas }), 'city.json').areas).toEqual([
      { name: 'Downtown' },
      {
        ...{ name: 'South', aliases: ['sur'], radiusMeters: 100 },
        center: { latitude: 37.8, longitude: -122.2 },
      },
    ]);
    const read = readCity(JSON.stringify({ ...city, places: [LIVE_OAK] }), 'city.json');
    const coordinates = { latitude: 37.8839, longitude: -122.269 };
    expect(read.places).toEqual([{ name: 'Live Oak Park', coordinates }]);
  });

  it.each(['', '[]', '{', 'null'])('also when the file is %j', (text) => {
    expect(wrongCity(text)).toMatch(/city\.json/);
  });

  it('or it is a city, whatever the file holds', () => {
    fc.assert(
      fc.property(mutationsOf([city]), (changed) => {
        const said = wrongCity(JSON.stringify(changed) ?? '');
        if (said !== undefined) expect(said).toMatch(/^(?:In )?city\.json[^\n]+[.?]$/);
      }),
      { numRuns: runs(200, 1000) },
    );
  });
});

const BOT_TOKEN = '1:AAAAAAAAAAAA';
const TWILIO = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'x',
  TWILIO_FROM: '+15105550199',
};
const BLUESKY = { BLUESKY_IDENTIFIER: 'city.example', BLUESKY_PASSWORD: 'x' };

describe('a wrong variable is named in one sentence', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['PORT', { PORT: '99999' }],
    ['PORT', { PORT: '-1' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'city.example' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://city.example/?a=1' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://city.example/#' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://me:secret@city.example' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'nginx' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'loopback,' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'none, loopback' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['SECRET_KEY', { SECRET_KEY: 'c2hvcnQ=' }],
    ['SECRET_KEY_PREVIOUS', { SECRET_KEY: KEY, SECRET_KEY_PREVIOUS: 'c2hvcnQ=' }],
    ['SECRET_KEY_PREVIOUS', { SECRET_KEY_PREVIOUS: KEY }],
    ['SECRET_KEY_PREVIOUS', { SECRET_KEY: KEY, SECRET_KEY_PREVIOUS: KEY }],
    ['RECORDS_POINTS_PER_HOUR', { RECORDS_POINTS_PER_HOUR: String(POINTS.create - 1) }],
    ['RECORDS_POINTS_PER_DAY', { RECORDS_POINTS_PER_DAY: '1' }],
    ['TWILIO_AUTH_TOKEN', { TWILIO_ACCOUNT_SID: 'x', TWILIO_FROM: '+15105550100' }],
    ['TWILIO_FROM', { TWILIO_ACCOUNT_SID: 'x', TWILIO_AUTH_TOKEN: 'x' }],
    ['BLUESKY_PASSWORD', { BLUESKY_IDENTIFIER: 'city.example' }],
    ['SECRET_KEY', { TELEGRAM_BOT_TOKEN: BOT_TOKEN }],
    ['TELEGRAM_BOT_TOKEN', { TELEGRAM_BOT_TOKEN: 'my bot' }],
    ['TELEGRAM_CHANNEL', { TELEGRAM_BOT_TOKEN: BOT_TOKEN, TELEGRAM_CHANNEL: 'city tasks' }],
    [
      'TELEGRAM_WEBHOOK_SECRET',
      { TELEGRAM_BOT_TOKEN: BOT_TOKEN, TELEGRAM_WEBHOOK_SECRET: 'a secret!' },
    ],
    ['PUBLIC_URL', TWILIO],
    ['TWILIO_FROM', { ...TWILIO, TWILIO_FROM: '555-0100', PUBLIC_URL: 'https://city.example' }],
    ['TWILIO_ACCOUNT_SID', { ...TWILIO, TWILIO_ACCOUNT_SID: 'x' }],
    ['TWILIO_MESSAGING_SERVICE_SID', { ...TWILIO, TWILIO_MESSAGING_SERVICE_SID: 'x' }],
    [
      'TWILIO_MESSAGES_PER_SECOND',
      { ...TWILIO, PUBLIC_URL: 'https://city.example', TWILIO_MESSAGES_PER_SECOND: '0' },
    ],
    ['SMS_COUNTRIES', { ...TWILIO, PUBLIC_URL: 'https://city.example', SMS_COUNTRIES: 'US,UK' }],
    [
      'SMS_SEGMENTS_PER_DAY',
      { ...TWILIO, PUBLIC_URL: 'https://city.example', SMS_SEGMENTS_PER_DAY: '0' },
    ],
    ['BLUESKY_POLL_SECONDS', { ...BLUESKY, BLUESKY_POLL_SECONDS: '0' }],
    ['BLUESKY_CHAT_DID', { ...BLUESKY, BLUESKY_CHAT_DID: 'api.bsky.chat' }],
  ])('%s in %o', (name, variables) => {
    expect(sentence(() => readEnvironment(variables))).toMatch(
      new RegExp(`\\b${name}\\b[^\n]+\\.$`),
    );
  });

  it('and a secret is not repeated', () => {
    expect(sentence(() => readEnvironment({ SECRET_KEY: 'my secret' }))).not.toContain('my secret');
  });
});

describe('the environment', () => {
  it('may be empty: the sandbox, without a limit to its records', () => {
    expect(readEnvironment({ PORT: ' ' })).toMatchObject({
      port: 8080,
      cityConfig: 'city.json',
      budget: { pointsPerHour: 0, pointsPerDay: 0 },
    });
  });

  it('with credentials is a real city, whose records keep to the account’s budget', () => {
    const environment = readEnvironment({
      ...TWILIO,
      ...BLUESKY,
      TELEGRAM_BOT_TOKEN: BOT_TOKEN,
      PUBLIC_URL: 'https://city.example/',
      SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
    });
    expect(environment).toMatchObject({
      isSandbox: false,
      budget: { pointsPerHour: 5000, pointsPerDay: 35_000 },
      channels: {
        bluesky: { service: 'https://bsky.social', pollSeconds: 5 },
        telegram: { apiRoot: 'https://api.telegram.org', publicUrl: 'https://city.example' },
        sms: {
          apiBaseUrl: 'https://api.twilio.com',
          messagesPerSecond: 1,
          segmentsPerDay: 2000,
          countries: undefined,
        },
      },
    });
    expect(environment.channels.telegram).not.toHaveProperty('webhookSecret');
  });

  it('trusts a proxy on this machine, or those that it names, or none', () => {
    const trusted = (value: string) => readEnvironment({ TRUSTED_PROXIES: value }).trustedProxies;
    expect(trusted('')).toEqual(['loopback']);
    expect(trusted('none')).toEqual([]);
    expect(trusted('uniquelocal, 203.0.113.0/24,2001:db8::1')).toEqual([
      'uniquelocal',
      '203.0.113.0/24',
      '2001:db8::1',
    ]);
  });

  it('takes a budget that pays for one record', () => {
    const variables = { RECORDS_POINTS_PER_HOUR: String(POINTS.create) };
    expect(readEnvironment(variables).budget.pointsPerHour).toBe(POINTS.create);
  });
});
