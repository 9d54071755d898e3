// `npm run build` and what `npm start` makes of it, in a copy of this repository: a built city does
// what one from the sources does, and a bundle of other sources is never started.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleState } from '../../scripts/bundle.js';
import { run } from '../../scripts/run.ts';
import { createCleaner } from '../../src/media/cleaner.ts';
import { cleanPicture } from '../../src/media/picture.ts';
import { openStore } from '../../src/store/open-node.ts';
import { twoColours } from '../support/pictures.ts';
import { freePort, openCityFile, type RunningProcess, runCity } from '../support/running-city.ts';
import {
  ACCOUNT,
  AUTH_TOKEN,
  CITY_NUMBER,
  signed,
  startTwilio,
  type TwilioServer,
} from '../support/twilio-server.ts';

const PUBLIC_URL = 'https://city.example';
const WEBHOOK = '/webhooks/twilio/message';
/** What the bundle of the copy says and no source does. */
const MARK = 'This is the bundle.';

let project: string;
let twilio: TwilioServer;
const inDist = (name: string): string => join(project, 'dist', name);

beforeAll(async () => {
  twilio = await startTwilio();
  project = mkdtempSync(join(tmpdir(), 'city-sync-build-'));
  for (const name of ['src', 'commands', 'scripts', 'migrations']) {
    cpSync(name, join(project, name), { recursive: true });
  }
  for (const name of ['package.json', 'package-lock.json']) cpSync(name, join(project, name));
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
  const built = await run('node', ['scripts/build.ts'], project);
  expect(built).toMatchObject({ succeeded: true });
  const main = readFileSync(inDist('main.js'), 'utf8');
  writeFileSync(inDist('main.js'), `process.stdout.write('${MARK}\\n');\n${main}`);
});
afterAll(async () => {
  await twilio?.close();
  rmSync(project, { recursive: true, force: true });
});

const start = async (): Promise<RunningProcess> => {
  const folder = mkdtempSync(join(project, 'city-'));
  const environment = {
    ...{ CITY_CONFIG: openCityFile(folder), PORT: String(await freePort()), PUBLIC_URL },
    DATABASE_PATH: join(folder, 'city.db'),
    SECRET_KEY: Buffer.alloc(32, 5).toString('base64'),
    ...{ TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: AUTH_TOKEN, TWILIO_FROM: CITY_NUMBER },
    TWILIO_API_BASE_URL: twilio.url,
  };
  return await runCity(environment, { program: 'scripts/start.js', cwd: project });
};

/** A stranger texts; resolves once the city has taken it and Twilio has the answer. */
async function answers(city: RunningProcess, from: string): Promise<void> {
  const form = twilio.receive(from, 'HI');
  const request = signed(`${PUBLIC_URL}${WEBHOOK}`, form, { at: `${city.url}${WEBHOOK}` });
  expect((await fetch(request)).status).toBe(200);
  const received = () => twilio.messages.filter(({ to }) => to === from).length;
  await expect.poll(received, { interval: 50, timeout: 60_000 }).toBeGreaterThan(0);
}

test('a built city starts from the bundle, answers, shows its pages and stops', async () => {
  const city = await start();
  expect(city.output()).toContain(MARK);
  await answers(city, '+15105550151');
  expect((await city.health())['ok']).toBe(true);
  const page = await (await fetch(`${city.url}/?lang=en`)).text();
  const style = /href="([^"]+\.css[^"]*)"/.exec(page)?.[1] ?? '';
  expect((await fetch(new URL(style, city.url))).status).toBe(200);
  expect(await city.stop()).toBe(0);
});

test('a changed source is started itself, and the start says that the bundle is of other sources', async () => {
  const source = join(project, 'src/lib/text.ts');
  const before = readFileSync(source);
  appendFileSync(source, '\n// Changed.\n');
  const city = await start();
  expect(city.output()).toContain('dist/ was built from other sources');
  expect(city.output()).not.toContain(MARK);
  await answers(city, '+15105550152');
  expect(await city.stop()).toBe(0);
  writeFileSync(source, before);
});

test('a bundle is current only while all that it was made of is the same', () => {
  expect(bundleState(project)).toBe('current');
  for (const name of ['commands/index.ts', 'package-lock.json', 'scripts/build.ts']) {
    const path = join(project, name);
    const before = readFileSync(path);
    appendFileSync(path, '\n');
    expect([name, bundleState(project)]).toEqual([name, 'old']);
    rmSync(path);
    expect([name, bundleState(project)]).toEqual([name, 'old']);
    writeFileSync(path, before);
    expect([name, bundleState(project)]).toEqual([name, 'current']);
  }
  const stamp = readFileSync(inDist('made-of.json'), 'utf8');
  writeFileSync(inDist('made-of.json'), stamp.replace(/"undici": "\d+"/, '"undici": "1"'));
  expect(bundleState(project)).toBe('old');
  rmSync(inDist('made-of.json'));
  expect(bundleState(project)).toBe('missing');
  writeFileSync(inDist('made-of.json'), stamp);
});

test('every program that the bundles start is a bundle', () => {
  const named = readdirSync(inDist('.'))
    .filter((name) => name.endsWith('.js'))
    .flatMap((name) => {
      // Long lines are broken anywhere, within texts by a backslash.
      const program = readFileSync(inDist(name), 'utf8').replaceAll(/\\?\s/g, '');
      return [...program.matchAll(/newURL\("([^"]+\.js)",import\.meta\.url\)/g)];
    })
    .map(([, name]) => name);
  expect(new Set(named)).toEqual(
    new Set([
      'node-integrity-process.js',
      'node-self-audit-process.js',
      'cli-drill.js',
      'media-cleaner-process.js',
      'sandbox-network-process.js',
    ]),
  );
});

const forked = (name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
  fork(inDist(name), args, {
    ...{ cwd: project, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    env: { PATH: process.env['PATH'], ...env },
  });

test('the built cleaner opens pictures', async () => {
  const clean = createCleaner({ program: inDist('media-cleaner-process.js') });
  const bytes = await twoColours(80, 60).jpeg().toBuffer();
  expect(await clean(bytes)).toEqual(await cleanPicture(bytes));
});

test('the built check looks whether a database is whole', async () => {
  const path = join(project, 'whole.db');
  openStore(path).close();
  const child = forked('node-integrity-process.js', [path]);
  expect(await once(child, 'message')).toEqual([{}, undefined]);
});

test('the built self-audit says why it cannot audit', async () => {
  const nowhere = 'http://127.0.0.1:9';
  const task = {
    ...{ did: 'did:plc:abcdefghijklmnopqrstuvwx', databasePath: join(project, 'none.db') },
    ...{ folder: project, before: 0, withPictures: false },
    ...{ plcUrl: nowhere, blueskyService: nowhere },
  };
  const child = forked('node-self-audit-process.js', [JSON.stringify(task)]);
  const [news] = await once(child, 'message');
  expect(news).toEqual({ error: expect.stringMatching(/could not be looked up/) });
  child.disconnect();
});

test('the built drill says that there is no database', async () => {
  const child = forked('cli-drill.js', ['--json'], {
    DATABASE_PATH: join(project, 'none.db'),
    SECRET_KEY: Buffer.alloc(32, 5).toString('base64'),
  });
  const [said, [code]] = await Promise.all([
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'close'),
  ]);
  expect([code, said]).toEqual([2, expect.stringContaining('none.db')]);
});

test('the built process of the network runs a PDS with an account', async () => {
  const folder = mkdtempSync(join(project, 'network-'));
  const child = forked('sandbox-network-process.js', ['built.test'], { TMPDIR: folder });
  const [news] = await once(child, 'message');
  expect(news).toMatchObject({ handle: 'built.test', did: expect.stringMatching(/^did:plc:/) });
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
});
