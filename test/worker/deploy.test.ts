// Before a worker is deployed it is said what is missing: with the real wrangler, against a small server
// that speaks Cloudflare's API.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../support/local-server.ts';
import { OF_PROGRAMS } from '../support/programs.ts';
import { BUCKETS, TEXTS } from '../support/worker-secrets.ts';

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
