// The first invitation of a city in a process of its own: for whoever looks, and never in its log.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { freePort, openCityFile } from '../support/running-city.ts';
import { startTelegram, type TelegramServer, TOKEN } from '../support/telegram-server.ts';
import { says, user } from '../support/telegram-updates.ts';
import { waitFor } from '../support/wait-for.ts';

const BOSS = user(7000201, { first_name: 'Bo', language_code: 'en' });
const LINE = /^ACCEPT [0-9A-Z-]{14}$/m;

let telegram: TelegramServer;
let folder: string;
let environment: Readonly<Record<string, string>>;
let child: ChildProcess | undefined;
beforeEach(async () => {
  telegram = await startTelegram();
  telegram.addChat(BOSS.id);
  folder = mkdtempSync(join(tmpdir(), 'city-sync-first-'));
  environment = {
    PATH: process.env['PATH'] ?? '',
    CITY_CONFIG: openCityFile(folder),
    PORT: String(await freePort()),
    DATABASE_PATH: join(folder, 'city.db'),
    SECRET_KEY: Buffer.alloc(32, 5).toString('base64'),
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: telegram.url,
  };
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await telegram.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts it without a terminal of its own. */
const start = (out: 'pipe' | number, err: 'pipe' | number): ChildProcess =>
  spawn(process.execPath, ['--import', './scripts/node-version.js', 'src/main.ts'], {
    stdio: ['ignore', out, err],
    env: environment,
    detached: true,
  });

/** It says so last. */
const isUp = (said: () => string) => waitFor(() => expect(said()).toMatch(/runs on port/));

async function end(): Promise<void> {
  const ended = child && once(child, 'close');
  child?.kill('SIGTERM');
  await ended;
}

test('a program that reads the standard output reads it there; the log has nothing of it', async () => {
  child = start('pipe', 'pipe');
  let [out, err] = ['', ''];
  child.stdout?.on('data', (text: unknown) => {
    out += String(text);
  });
  child.stderr?.on('data', (text: unknown) => {
    err += String(text);
  });
  await isUp(() => out);
  await end();
  expect(out).toMatch(LINE);
  expect(err).not.toMatch(/ACCEPT/);
});

test('where both outputs are one stream, the machine gives it instead', async () => {
  const path = join(folder, 'city.log');
  const file = openSync(path, 'a');
  child = start(file, file);
  closeSync(file);
  const log = () => readFileSync(path, 'utf8');
  await isUp(log);
  await waitFor(() =>
    expect(log()).toContain('`npm run admin -- invite` on this machine gives an invitation'),
  );
  expect(log()).not.toMatch(/ACCEPT/);
  const { out } = await runCli('admin', ['invite'], environment);
  telegram.happen(says(BOSS, LINE.exec(out)?.[0] ?? ''));
  await waitFor(() =>
    expect(telegram.shown(BOSS.id).map((one) => one.text)).toContainEqual(
      expect.stringContaining("You're now an admin"),
    ),
  );
  await end();
  expect(readFileSync(path, 'utf8')).not.toMatch(/ACCEPT [0-9A-Z]/);
});
