/** How soon a real city answers after its start, how soon the sandbox is there, and what they hold. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { bundleState, ROOT } from '../scripts/bundle.js';
import { startApi } from './channel.ts';
import { BENCH_BOT, BENCH_PHONE, textersNumber } from './city.ts';

const PATH = '/webhooks/twilio/message';
/** After this long without work, what a program holds is what it holds when idle. */
const IDLE_MS = 10_000;
const START_MS_MAX = 60_000;
/** The kernel counts a process's time in these, on every Linux that Node runs on. */
const TICK_MS = 10;

/** What the Bot API knows of the bot, and of its webhook. */
const BOT = { id: 7000000001, is_bot: true, first_name: 'Bench', username: 'BenchBot' };
const NO_UPDATES = { url: '', pending_update_count: 0 };

type StartFigures = {
  /** From the start of the process to its first answer. */
  readonly answeredMs: number;
  /** What it took of a processor until then, itself alone. */
  readonly processorMs: number;
  /** What it holds when it has nothing to do; NaN where the system does not tell. */
  readonly idleMegabytes: number;
};

type Started = { readonly child: ChildProcess; readonly startedAt: number; readonly url: string };

/** What `npm start` gives to Node. */
function startArguments(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<'start', string>>;
  };
  return scripts.start.split(' ').slice(1);
}

/** Starts the program as `npm start` does, with this environment and nothing else of ours. */
async function startProgram(environment: Readonly<Record<string, string>>): Promise<Started> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, startArguments(), {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'warn', PORT: String(port), ...environment },
  });
  let said = '';
  const opened = new Promise<void>((resolve) => {
    child.stdout?.on('data', (text) => {
      said += String(text);
      if (/runs on port|in a browser/.test(said)) resolve();
    });
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The program ended before it was ready: ${said}`);
  });
  ended.catch(() => undefined);
  await Promise.race([opened, ended, tooLate(child)]);
  return { child, startedAt, url: `http://127.0.0.1:${port}` };
}

async function tooLate(child: ChildProcess): Promise<never> {
  await wait(START_MS_MAX, undefined, { ref: false });
  child.kill('SIGKILL');
  throw new Error('The program was not ready in a minute.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** What the system says of a process; undefined where it says nothing. */
function tellOf(child: ChildProcess, file: 'stat' | 'status'): string | undefined {
  try {
    return readFileSync(`/proc/${child.pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

function processorMs(child: ChildProcess): number {
  // The name, in parentheses, may have spaces; the times are the 14th and 15th field.
  const fields = tellOf(child, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields?.[11]) + Number(fields?.[12])) * TICK_MS;
}

const megabytes = (child: ChildProcess): number =>
  (Number(/VmRSS:\s+(\d+)/.exec(tellOf(child, 'status') ?? '')?.[1]) * 1024) / 1e6;

/** What it took until now; what it holds after a while without work. Ends it then. */
async function finish({ child, startedAt }: Started): Promise<StartFigures> {
  const answeredMs = performance.now() - startedAt;
  const tookMs = processorMs(child);
  await wait(IDLE_MS);
  const idleMegabytes = megabytes(child);
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
  return { answeredMs, processorMs: tookMs, idleMegabytes };
}

/** A city with SMS and Telegram, from its start to the text that answers a stranger's first. */
async function measureCityStart(): Promise<StartFigures> {
  const answered = Promise.withResolvers<void>();
  const api = await startApi(({ method, url = '' }) => {
    if (url.includes(BENCH_BOT.token)) {
      return { status: 200, body: { ok: true, result: { ...BOT, ...NO_UPDATES } } };
    }
    const sid = BENCH_PHONE.accountSid;
    if (method !== 'POST') return { status: 200, body: { sid, messages: [], next_page_uri: null } };
    return { status: 201, body: { sid: `SM${'0'.repeat(32)}` }, answered: answered.resolve };
  });
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-bench-'));
  const started = await startProgram({
    CITY_CONFIG: 'city.json',
    PUBLIC_URL: BENCH_PHONE.publicUrl,
    DATABASE_PATH: join(folder, 'city.db'),
    SECRET_KEY: Buffer.alloc(32, 5).toString('base64'),
    TWILIO_ACCOUNT_SID: BENCH_PHONE.accountSid,
    TWILIO_AUTH_TOKEN: BENCH_PHONE.authToken,
    TWILIO_FROM: BENCH_PHONE.number,
    TWILIO_API_BASE_URL: api.url,
    TELEGRAM_BOT_TOKEN: BENCH_BOT.token,
    TELEGRAM_WEBHOOK_SECRET: BENCH_BOT.secret,
    TELEGRAM_API_ROOT: api.url,
  });
  const response = await textTo(started.url);
  if (!response.ok) throw new Error(`The webhook answered ${response.status}.`);
  await answered.promise;
  const figures = await finish(started);
  api.close();
  rmSync(folder, { recursive: true, force: true });
  return figures;
}

async function textTo(city: string): Promise<Response> {
  const form = {
    MessageSid: `SM${'1'.repeat(32)}`,
    AccountSid: BENCH_PHONE.accountSid,
    From: textersNumber(0),
    To: BENCH_PHONE.number,
    Body: 'HI',
    NumMedia: '0',
  };
  const address = `${BENCH_PHONE.publicUrl}${PATH}`;
  const signature = getExpectedTwilioSignature(BENCH_PHONE.authToken, address, form);
  return await fetch(`${city}${PATH}`, {
    method: 'POST',
    headers: { 'x-twilio-signature': signature },
    body: new URLSearchParams(form),
  });
}

/** The sandbox, from its start until its page is there and its network answers. */
async function measureSandboxStart(): Promise<StartFigures> {
  const started = await startProgram({ CITY_CONFIG: 'city.json' });
  const page = await fetch(`${started.url}/sandbox`);
  const network = await fetch(`${started.url}/sandbox/network`);
  const { pds } = (await network.json()) as { readonly pds: string };
  const health = await fetch(`${pds}/xrpc/_health`);
  if (!page.ok || !health.ok) throw new Error('The sandbox is not usable.');
  return await finish(started);
}

/** Measures so often, and takes the best: what is slower than that was the machine's other work. */
async function bestOf(times: number, measure: () => Promise<StartFigures>): Promise<StartFigures> {
  const all: StartFigures[] = [];
  for (let time = 0; time < times; time += 1) all.push(await measure());
  const least = (name: keyof StartFigures) => Math.min(...all.map((one) => one[name]));
  return {
    answeredMs: least('answeredMs'),
    processorMs: least('processorMs'),
    idleMegabytes: least('idleMegabytes'),
  };
}

const line = ({ answeredMs, processorMs, idleMegabytes }: StartFigures): string =>
  `${(answeredMs / 1000).toFixed(2)} s (${Math.round(processorMs)} ms of a processor)   ${Math.round(idleMegabytes)} MB when idle`;

/** Prints both starts, each the best of `times`; answers how they stand to the aims. */
export async function showStart(times: number): Promise<{ readonly aims: readonly string[] }> {
  const of = bundleState(ROOT) === 'current' ? 'the bundle' : 'the sources';
  const city = await bestOf(times, measureCityStart);
  const sandbox = await bestOf(times, measureSandboxStart);
  process.stdout.write(`v  a city from ${of}: answers after ${line(city)}\n`);
  process.stdout.write(`w  the sandbox from ${of}: is usable after ${line(sandbox)}\n`);
  return {
    aims: [
      `v answers after ${(city.answeredMs / 1000).toFixed(2)} s (aim: at most 1.5)`,
      `v holds ${Math.round(city.idleMegabytes)} MB when idle (aim: at most 150)`,
      `w is usable after ${(sandbox.answeredMs / 1000).toFixed(2)} s (aim: at most 4)`,
    ],
  };
}
