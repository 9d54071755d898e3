// The sandbox that the walk through the loop is done in: the real one.
import { readFileSync } from 'node:fs';
import { readCity } from '../../../src/config/config.ts';
import { createLog } from '../../../src/node/log.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';

/** A fresh sandbox at a free port. */
export async function openSandbox(): Promise<{
  readonly url: string;
  readonly close: () => Promise<void>;
}> {
  const { url, stop } = await startSandbox({
    city: readCity(readFileSync('city.json', 'utf8'), 'city.json'),
    port: 0,
    budget: { pointsPerHour: 0, pointsPerDay: 0 },
    log: createLog('warn'),
  });
  return { url, close: stop };
}
