/**
 * `npm run deploy:worker`: looks whether the worker has everything that it needs, says in sentences what
 * is missing, and deploys it once nothing is.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs, parseEnv } from 'node:util';
import { unstable_readConfig as readConfig } from 'wrangler';
import { run } from './run.ts';
import { whatIsMissing } from './worker-readiness.ts';

const USAGE = `npm run deploy:worker
  --secrets-file <file>  secrets to set with it, as NAME=value; keep the file out of the repository
  --without-channels     a worker into which a city is to move: it has no channel yet
  --check                only says what is missing
  --dry-run              bundles it, and uploads nothing`;

/** Something that a person can set right. */
class DeployError extends Error {
  override readonly name = 'DeployError';
}

const OPTIONS = {
  'secrets-file': { type: 'string' },
  'without-channels': { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function readArguments() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (cause) {
    throw new DeployError(`That is not understood.\n\n${USAGE}`, { cause });
  }
}

/** Asks wrangler; what it says instead of an answer is the error. */
async function ask(args: readonly string[]): Promise<string> {
  const { succeeded, output } = await run('wrangler', args);
  if (succeeded) return output;
  if (/not authenticated|CLOUDFLARE_API_TOKEN|wrangler login/i.test(output)) {
    throw new DeployError('Wrangler knows no account: npx wrangler login');
  }
  throw new DeployError(output.trim());
}

/** The names of the secrets that the worker has; none where there is no worker yet. */
async function secretsThere(): Promise<readonly string[]> {
  const { succeeded, output } = await run('wrangler', ['secret', 'list', '--format', 'json']);
  if (!succeeded && /10007|does not exist|not found/i.test(output)) return [];
  const text = succeeded ? output : await ask(['secret', 'list', '--format', 'json']);
  const [list = '[]'] = /\[[\s\S]*\]/.exec(text) ?? [];
  return (JSON.parse(list) as readonly { readonly name: string }[]).map(({ name }) => name);
}

const bucketsThere = async (): Promise<readonly string[]> =>
  [...(await ask(['r2', 'bucket', 'list'])).matchAll(/^name: +(\S+)$/gm)].map(
    ([, name = '']) => name,
  );

function secretsIn(file: string | undefined): Record<string, string> {
  if (file === undefined) return {};
  if (!existsSync(file)) throw new DeployError(`There is no file ${file}.`);
  return Object.fromEntries(
    Object.entries(parseEnv(readFileSync(file, 'utf8'))).map(([name, value]) => [
      name,
      value ?? '',
    ]),
  );
}

async function main(): Promise<number> {
  const given = readArguments();
  if (given.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const file = given['secrets-file'];
  const config = readConfig({ config: 'wrangler.toml' });
  const variables = Object.entries(config.vars).filter(([, value]) => typeof value === 'string');
  const missing = await whatIsMissing({
    known: { ...(Object.fromEntries(variables) as Record<string, string>), ...secretsIn(file) },
    secrets: await secretsThere(),
    buckets: await bucketsThere(),
    bucketsWanted: config.r2_buckets.map(({ bucket_name: name = '' }) => name),
    withoutChannels: given['without-channels'],
  });
  if (missing.length > 0) throw new DeployError(missing.join('\n'));
  process.stdout.write('Everything that the worker needs is there.\n');
  if (given.check) return 0;
  return await deploy([
    ...(given['dry-run'] ? ['--dry-run'] : []),
    ...(file === undefined ? [] : ['--secrets-file', file]),
  ]);
}

/** Wrangler may ask something, so it has the terminal. */
async function deploy(args: readonly string[]): Promise<number> {
  const child = spawn('node_modules/.bin/wrangler', ['deploy', ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof DeployError ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
