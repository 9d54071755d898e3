/** A city with a long past moves into an object, which opens with it. */
import { globSync, mkdtempSync, rmSync, statSync } from 'node:fs';
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
  textTo,
  WORKER_KEY,
} from '../../test/support/worker-city.ts';
import { textersNumber } from '../city.ts';
import { seedResidents } from '../seed.ts';
import { memoryMb } from './memory.ts';

const OPERATOR_TOKEN = 'the-token-of-a-bench-with-32-characters';
const BYTES_PER_MB = 1024 * 1024;
const WRITING = 64;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};

function seed(path: string, sizes: { readonly transfers: number; readonly people: number }): void {
  const { store, close } = openStore(path);
  const foundation = testFoundation({
    clock: clockOf(Date.now),
    keys: createKeys(WORKER_KEY, systemRandom),
  });
  const { transfers, people } = sizes;
  seedResidents(store, foundation, { people: WRITING, others: people - WRITING, transfers });
  close();
}

export async function measureLarge(sizes: { readonly transfers: number; readonly people: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-bench-'));
  const path = join(folder, 'city.db');
  seed(path, sizes);
  // No channel yet, so that no city begins there by itself.
  const off = { TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKEN: '', TWILIO_FROM: '' };
  const city = await openWorkerCity({ ...off, OPERATOR_TOKEN });
  try {
    const environment = {
      ...{ SECRET_KEY: Buffer.from(WORKER_KEY).toString('base64') },
      ...{ DATABASE_PATH: path, OPERATOR_TOKEN },
    };
    let said = '';
    const moveMs = await timed(async () => {
      const { code, out, err } = await runTool(runMove, ['--to', city.url()], environment);
      if (code !== 0) throw new Error(err);
      said = out;
    });
    await city.kill();
    // The object opens for whoever knocks: a second knock costs the same without that.
    await city.restart();
    const knock = () => city.get('/operators/nothing');
    const openMs = (await timed(knock)) - (await timed(knock));
    await city.kill();
    await city.restart({ ...textingThrough(city.twilio), TWILIO_MESSAGES_PER_SECOND: '1000' });
    const healthMs = await timed(() => city.get('/healthz'));
    const text = textTo(city.twilio, city.url);
    const [phone] = [textersNumber(0)];
    const answered = (): Promise<void> =>
      new Promise((resolve) => city.twilio.onCreate(() => resolve()));
    const ask = async (body: string): Promise<void> => {
      const heard = answered();
      await text(phone, body);
      await heard;
    };
    await ask('BALANCE');
    const balanceMs = await timed(() => ask('BALANCE'));
    const files = globSync(join(city.folder, 'v3/do/*/*.sqlite*'));
    return {
      ...{ moveSeconds: moveMs / 1000, openMs, healthMs, balanceMs },
      rows: Number(/^([\d,]+) rows/.exec(said)?.[1]?.replaceAll(',', '')),
      databaseMb: files.reduce((sum, file) => sum + statSync(file).size, 0) / BYTES_PER_MB,
      memoryMb: memoryMb(city.pid()),
    };
  } finally {
    await city.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
