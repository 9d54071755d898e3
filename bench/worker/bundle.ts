/** What wrangler makes of the worker, and how long its start takes. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../scripts/run.ts';

const US_PER_MS = 1000;

/** As much of a profile of V8 as is read. */
type Profile = {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string };
  }[];
  readonly samples: readonly number[];
  /** In µs, one for each sample. */
  readonly timeDeltas: readonly number[];
};

/** The time of a profile in which something was done. */
function busyMs({ nodes, samples, timeDeltas }: Profile): number {
  const idle = new Set(
    nodes.filter(({ callFrame }) => callFrame.functionName === '(idle)').map(({ id }) => id),
  );
  const busy = timeDeltas.filter((_, at) => !idle.has(samples[at] ?? 0));
  return busy.reduce((sum, us) => sum + us, 0) / US_PER_MS;
}

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
    return { gzippedKib, startupMs: busyMs(JSON.parse(readFileSync(profile, 'utf8'))) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
