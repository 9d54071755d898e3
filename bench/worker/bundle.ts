/** What wrangler makes of the worker, and how long its start takes. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../scripts/run.ts';

const US_PER_MS = 1000;

export async function measureBundle(): Promise<{
  readonly gzippedKib: number;
  /** What V8 took to run the worker until it can take a request, as its profile says. */
  readonly startupMs: number;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-bundle-'));
  try {
    const { output } = await run('wrangler', [
      'deploy',
      '--dry-run',
      '--outdir',
      join(folder, 'out'),
    ]);
    const gzippedKib = Number(/gzip: ([\d.]+) KiB/.exec(output)?.[1]);
    if (Number.isNaN(gzippedKib)) throw new Error(output);
    const profile = join(folder, 'startup.cpuprofile');
    const checked = await run('wrangler', ['check', 'startup', '--outfile', profile]);
    if (!checked.succeeded) throw new Error(checked.output);
    const { startTime, endTime } = JSON.parse(readFileSync(profile, 'utf8'));
    return { gzippedKib, startupMs: (endTime - startTime) / US_PER_MS };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
