/**
 * How fast and in how much memory a database is made from a repository: all of `npm run rebuild`,
 * in a process of its own. By hand, with a repository of this size: `node bench/rebuild.ts 1000000`.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runRebuild } from '../src/cli/run-rebuild.ts';
import { type BenchRepository, benchAudit, identityWith } from './audit.ts';

const PROGRAM = fileURLToPath(import.meta.url);

export type RebuildFigures = {
  readonly recordsPerSecond: number;
  readonly peakMegabytes: number;
  readonly databaseMegabytes: number;
};

export async function benchRebuild(repository: BenchRepository): Promise<RebuildFigures> {
  const { car, key, records } = repository;
  const child = fork(PROGRAM, [car, key, String(records)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let figures: RebuildFigures | undefined;
  child.on('message', (message) => {
    figures = message as RebuildFigures;
  });
  await once(child, 'exit');
  if (figures === undefined) throw new Error('The rebuild failed.');
  return figures;
}

async function measure(car: string, key: string, records: number): Promise<RebuildFigures> {
  const directory = createServer((_request, response) => {
    response.end(JSON.stringify(identityWith(key)));
  });
  await once(directory.listen(0, '127.0.0.1'), 'listening');
  const { port } = directory.address() as AddressInfo;
  const database = `${car}.rebuilt.db`;
  const started = performance.now();
  const code = await runRebuild([car], {
    env: { PLC_URL: `http://127.0.0.1:${port}`, DATABASE_PATH: database },
    out: process.stdout,
    err: process.stderr,
    temporary: tmpdir(),
  });
  const seconds = (performance.now() - started) / 1000;
  directory.close();
  if (code !== 0) throw new Error(`It ended with ${code}.`);
  const databaseMegabytes = statSync(database).size / 1e6;
  rmSync(database);
  return {
    recordsPerSecond: records / seconds,
    peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
    databaseMegabytes,
  };
}

if (import.meta.main) {
  const [first = '100000', key, records] = process.argv.slice(2);
  if (key === undefined) {
    const log = (line: string) => process.stdout.write(`${line}\n`);
    await benchAudit(Number(first), log, 1, async (repository) => {
      log(JSON.stringify(await benchRebuild(repository)));
    });
  } else {
    process.send?.(await measure(first, key, Number(records)));
  }
}
