/**
 * `npm run test:network`: the tests against the whole network, with the real AppView. It starts a
 * PostgreSQL and a Redis for it unless DB_POSTGRES_URL and REDIS_HOST name some.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { MissingProgram, type Server, startPostgres, startRedis } from './throwaway-servers.ts';

const servers: Server[] = [];

async function addressOf(variable: string, start: () => Promise<Server>): Promise<string> {
  const given = process.env[variable];
  if (given) return given;
  const server = await start();
  servers.push(server);
  return server.address;
}

async function runTests(): Promise<number> {
  const environment = {
    ...process.env,
    DB_POSTGRES_URL: await addressOf('DB_POSTGRES_URL', startPostgres),
    REDIS_HOST: await addressOf('REDIS_HOST', startRedis),
  };
  const vitest = spawn(
    process.execPath,
    [
      resolve('node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      'network',
      ...process.argv.slice(2),
    ],
    { env: environment, stdio: 'inherit' },
  );
  const pass = (signal: NodeJS.Signals) => vitest.kill(signal);
  process.on('SIGINT', pass);
  process.on('SIGTERM', pass);
  const [code] = (await once(vitest, 'exit')) as [number | null];
  return code ?? 1;
}

try {
  process.exitCode = await runTests();
} catch (error) {
  // Never skipped: what is missing is said, and it fails.
  console.error(error instanceof MissingProgram ? error.message : error);
  process.exitCode = 1;
} finally {
  for (const server of servers) await server.stop();
}
