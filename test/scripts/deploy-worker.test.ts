// Before a worker is deployed it is said what is missing: with the real wrangler, against a small server
// that speaks Cloudflare's API.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whatIsMissing } from '../../scripts/worker-readiness.ts';
import { startServer } from '../support/local-server.ts';
import { OF_PROGRAMS } from '../support/programs.ts';

const BUCKETS = ['city-sync-pictures', 'city-sync-backups'];
const TEXTS = [
  'SECRET_KEY',
  'PUBLIC_URL',
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_FROM',
];

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

describe('npm run deploy:worker', () => {
  let api: Awaited<ReturnType<typeof startServer>>;
  let folder: string;
  let secrets: readonly string[] = [];
  let hasWorker = false;
  let buckets: readonly string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'city-sync-deploy-'));
    api = await startServer((request, response) => {
      const { pathname } = new URL(request.url ?? '', 'http://api');
      const answer = (status: number, body: object) =>
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(body));
      const found = (result: unknown) =>
        answer(200, { success: true, errors: [], messages: [], result });
      if (pathname.endsWith('/r2/buckets')) {
        found({ buckets: buckets.map((name) => ({ name, creation_date: '2026-11-30' })) });
        return;
      }
      if (pathname.endsWith('/secrets') && hasWorker) {
        found(secrets.map((name) => ({ name, type: 'secret_text' })));
        return;
      }
      const message = 'This Worker does not exist on your account.';
      answer(404, {
        success: false,
        errors: [{ code: 10007, message }],
        messages: [],
        result: null,
      });
    });
  });
  afterAll(async () => {
    await api.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function deploy(...args: string[]) {
    const child = spawn(process.execPath, ['scripts/deploy-worker.ts', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...OF_PROGRAMS,
        HOME: folder,
        CLOUDFLARE_API_BASE_URL: `${api.url}/client/v4`,
        CLOUDFLARE_API_TOKEN: 'a-token-of-nobody',
        CLOUDFLARE_ACCOUNT_ID: 'a'.repeat(32),
        WRANGLER_SEND_METRICS: 'false',
      },
    });
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { code: Number(code), out, err };
  }

  test('says what is missing of a worker that is not there yet, and deploys nothing', async () => {
    const { code, err } = await deploy();
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toEqual([
      ...BUCKETS.map(
        (name) => `The bucket ${name} is not there: npx wrangler r2 bucket create ${name}`,
      ),
      expect.stringMatching(/^SECRET_KEY is missing/),
    ]);
  });

  test('goes on to wrangler once nothing is missing, with secrets of the worker or of a file', async () => {
    [hasWorker, buckets] = [true, BUCKETS];
    secrets = TEXTS.filter((name) => name !== 'TWILIO_AUTH_TOKEN');
    expect((await deploy('--check')).err).toMatch(/TWILIO_AUTH_TOKEN/);
    const file = join(folder, 'secrets.env');
    writeFileSync(file, 'TWILIO_AUTH_TOKEN=of-nobody\n');
    const { code, out, err } = await deploy('--dry-run', '--secrets-file', file);
    expect({ code, err }).toEqual({ code: 0, err: expect.any(String) });
    expect(out).toMatch(/Everything that the worker needs is there[\s\S]*Total Upload/);
  });

  test('says how it is used', async () => {
    expect(await deploy('--help')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/--check/),
    });
    expect(await deploy('--nothing')).toMatchObject({
      ...{ code: 2, err: expect.stringMatching(/^That is not understood/) },
    });
  });
});
