/** A city with a long past moves into an object, which opens with it. */
import { globSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isolateMb } from '../../test/support/isolate.ts';
import { textTo, type WorkerCity } from '../../test/support/worker-city.ts';
import { textersNumber } from '../city.ts';
import { memoryMb } from './memory.ts';
import { moveIntoWorker, openChannels, seedPast } from './past.ts';

const BYTES_PER_MB = 1024 * 1024;
const MS_PER_SECOND = 1000;
const WRITING = 64;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};

/** Has somebody text, and resolves with the reply. */
async function ask(city: WorkerCity, person: number): Promise<void> {
  const heard = new Promise<void>((resolve) => city.twilio.onCreate(() => resolve()));
  await textTo(city.twilio, city.url)(textersNumber(person), 'BALANCE');
  await heard;
}

export async function measureLarge(sizes: { readonly transfers: number; readonly people: number }) {
  const { transfers, people } = sizes;
  const past = seedPast({ people: WRITING, others: people - WRITING, transfers });
  const from = performance.now();
  const { city, said } = await moveIntoWorker(past);
  const moveSeconds = (performance.now() - from) / MS_PER_SECOND;
  try {
    await city.kill();
    await city.restart();
    // The object opens for whoever knocks first: a second knock costs the same without that.
    const knock = () => city.get('/operators/nothing');
    const openMs = (await timed(knock)) - (await timed(knock));
    await openChannels(city);
    const healthMs = await timed(() => city.get('/healthz'));
    await ask(city, 0);
    const balanceMs = await timed(() => ask(city, 1));
    const files = globSync(join(city.folder, 'v3/do/*/*.sqlite*'));
    return {
      ...{ moveSeconds, openMs, healthMs, balanceMs },
      rows: Number(/^([\d,]+) rows/.exec(said)?.[1]?.replaceAll(',', '')),
      databaseMb: files.reduce((sum, file) => sum + statSync(file).size, 0) / BYTES_PER_MB,
      ...{ isolateMb: await isolateMb(city.inspector()), memoryMb: memoryMb(city.pid()) },
    };
  } finally {
    await city.close();
    rmSync(past.folder, { recursive: true, force: true });
  }
}
