// `npm run dev:worker`: the sandbox in Cloudflare's runtime on this machine. It begins clean at every start
// and leaves nothing; what changes in the sources is taken up at once, by the same city.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { given, wholeNumber } from '../src/config/variables.ts';
import { readAssets } from '../src/node/machine.ts';
import { stopWithParent } from '../src/node/stop-with-parent.ts';
import { startLocalNetwork } from '../src/sandbox/network.ts';
import type { OwnNetwork } from '../src/sandbox/network-facts.ts';
import { writeVariables } from '../src/sandbox/worker-variables.ts';
import { startWranglerDev } from './wrangler-dev.ts';

const WORKER = 'src/sandbox/worker.ts';
const SECRET_KEY_BYTES = 32;
/** The settings that the sandbox on Node obeys as well. */
const OBEYED = [
  ...['LOG_LEVEL', 'BACKUPS_KEPT'],
  ...['RECORDS_POINTS_PER_HOUR', 'RECORDS_POINTS_PER_DAY'],
];

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Rejects with the system's error when the port is taken; 0 is any that is free. */
async function freePort(asked: number): Promise<number> {
  const server = createServer().listen(asked, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Copies the files of all pages into one new folder, as wrangler takes them; their names. */
function copyAssets(folder: string): readonly string[] {
  const assets = readAssets();
  mkdirSync(folder);
  for (const [name, bytes] of assets) writeFileSync(join(folder, name), bytes);
  return [...assets.keys()];
}

function variablesOf(network: OwnNetwork, assets: readonly string[], port: number): string {
  const obeyed = OBEYED.map((name) => [name, given(process.env, name)] as const);
  const variables = {
    ...Object.fromEntries(obeyed.filter(([, value]) => value !== undefined)),
    ...writeVariables({ network, assets }),
    PUBLIC_URL: `http://localhost:${port}`,
    PLC_URL: network.plc,
    // The city stays the same when its object is made anew.
    SECRET_KEY: randomBytes(SECRET_KEY_BYTES).toString('base64'),
  };
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
    .join('');
}

/** Opens the sandbox; `ends` gets what is to be done at the end, the last first. */
async function open(ends: AsyncDisposableStack) {
  const port = await freePort(wholeNumber(process.env, 'PORT', { standard: 8080, max: 65_535 }));
  say('Opening the sandbox in local workerd …');
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-worker-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  ends.defer(remove);
  process.once('exit', remove);
  const starting = startLocalNetwork();
  ends.defer(async () => (await starting.catch(() => undefined))?.close());
  const [assets, variables] = [join(folder, 'assets'), join(folder, 'variables')];
  const names = copyAssets(assets);
  writeFileSync(variables, variablesOf(await starting, names, port), { mode: 0o600 });
  if (ends.disposed) return undefined;
  const wrangler = startWranglerDev({
    ...{ port, folder, hear: (text: string) => process.stdout.write(text) },
    // Everything else is as the worker of a real city has it.
    args: [
      ...[WORKER, '--config', 'wrangler.toml', '--local', '--ip', 'localhost'],
      ...['--inspector-port', String(await freePort(0)), '--persist-to', join(folder, 'state')],
      ...['--assets', assets, '--env-file', variables],
      // A stack in the log can be read.
      ...['--minify=false', '--show-interactive-dev-session=false'],
    ],
  });
  ends.defer(wrangler.end);
  await wrangler.answers('/sandbox/network');
  say(`Open http://localhost:${port}/sandbox in a browser. Stop with Ctrl+C.`);
  return wrangler;
}

const ends = new AsyncDisposableStack();

/** Ends everything, and the program with `code`. A second time it does not wait. */
function stop(code: 0 | 1): void {
  if (ends.disposed) process.exit(1);
  ends.disposeAsync().then(
    () => process.exit(code),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}

/** A sentence for what people can set right, which most of it is. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'Another program uses this port. Set PORT to another number, such as PORT=8081.';
  }
  return error.message;
}

function end(): void {
  say('Stopping …');
  stop(0);
}
process.on('SIGINT', end);
process.on('SIGTERM', end);
process.on('SIGHUP', end);
stopWithParent(() => {
  if (!ends.disposed) end();
});
try {
  const wrangler = await open(ends);
  await wrangler?.ended;
  if (!ends.disposed) throw new Error('wrangler has ended by itself.');
} catch (error) {
  // What fails while everything ends is no news.
  if (!ends.disposed) {
    console.error(explain(error));
    stop(1);
  }
}
