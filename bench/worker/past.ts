/** A city with a past, on this machine and moved into an object. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runMove } from '../../src/cli/run-move.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { openStore } from '../../src/store/open-node.ts';
import { testFoundation } from '../../test/support/city.ts';
import { clockOf } from '../../test/support/clock.ts';
import { runTool } from '../../test/support/run-tool.ts';
import {
  openWorkerCity,
  textingThrough,
  WORKER_KEY,
  type WorkerCity,
} from '../../test/support/worker-city.ts';
import { type Past, seedResidents } from '../seed.ts';

const OPERATOR_TOKEN = 'the-token-of-a-bench-with-32-characters';
/** No channel yet, so that no city begins there by itself. */
const OFF = { TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKEN: '', TWILIO_FROM: '' };
/** No pace is waited for, and no budget of a day ends. */
export const PACE = { TWILIO_MESSAGES_PER_SECOND: '1000', SMS_SEGMENTS_PER_DAY: '1000000' };

export type SeededPast = { readonly folder: string; readonly path: string };

/** Writes the database of a city into a new folder. */
export function seedPast(past: Past): SeededPast {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-bench-'));
  const path = join(folder, 'city.db');
  const { store, close } = openStore(path);
  const keys = createKeys(WORKER_KEY, systemRandom);
  seedResidents(store, testFoundation({ clock: clockOf(Date.now), keys }), past);
  close();
  return { folder, path };
}

/** A worker to which it has moved, and that has no channel yet; `said` is what the move answered. */
export async function moveIntoWorker({ path }: SeededPast) {
  const city = await openWorkerCity({ ...OFF, OPERATOR_TOKEN });
  const environment = {
    ...{ SECRET_KEY: Buffer.from(WORKER_KEY).toString('base64') },
    ...{ DATABASE_PATH: path, OPERATOR_TOKEN },
  };
  const { code, out, err } = await runTool(runMove, ['--to', city.url()], environment);
  if (code !== 0) throw new Error(err);
  return { city, said: out };
}

/** Has the channels of the worker begin. */
export async function openChannels(city: WorkerCity): Promise<void> {
  await city.kill();
  await city.restart({ ...textingThrough(city.twilio), ...PACE });
}
