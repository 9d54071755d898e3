/**
 * `npm run bench -- --city`: a city of 131,072 people, seeded by the real services, as the program
 * that an operator starts, with a local Twilio before it. Prints each figure beside its aim.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whole } from '../print.ts';
import { openBeside } from './beside.ts';
import { measureBroadcast } from './broadcast.ts';
import { measureClose, measureKill } from './close.ts';
import { measureCredits } from './credits.ts';
import { environmentOf, LARGE_CITY, newSecretKey } from './facts.ts';
import { inSeconds, type Measured, type Print, until } from './measure.ts';
import { startProgram } from './program.ts';
import type { Seeded } from './seed.ts';
import { FULL, QUICK, type Sizes } from './sizes.ts';
import { createTexts } from './texts.ts';
import { startLocalTwilio } from './twilio.ts';
import { measureFiles, measurePages } from './web.ts';

const SEED = fileURLToPath(new URL('seed.ts', import.meta.url));

/** Seeds the city in a process of its own, whose memory goes with it. */
async function seed(path: string, secretKey: string, sizes: Sizes): Promise<Seeded> {
  const child = fork(SEED, [path, secretKey, JSON.stringify(sizes)], { execArgv: [] });
  const [answer] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`Seeding ended with ${code}.`);
    }),
  ]);
  return answer as Seeded;
}

/** Prints each figure beside its aim, and in the end how many were missed. */
export async function benchLargeCity(isQuick: boolean): Promise<void> {
  const write = (line: string) => process.stdout.write(`${line}\n`);
  const sizes = isQuick ? QUICK : FULL;
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-large-'));
  let missed = 0;
  const print: Print = (name, figure, aim) => {
    if (aim?.isMet === false) missed += 1;
    const words = aim === undefined ? '' : `   (aim: ${aim.words}${aim.isMet ? '' : '; MISSED'})`;
    write(`${name.padEnd(42)} ${figure}${words}`);
  };
  const load = loadavg()[0]?.toFixed(1);
  const short = isQuick ? ', in short: not for comparing' : '';
  write(
    `A city of ${whole(sizes.people)} people, ${availableParallelism()} cores, load ${load}${short}`,
  );
  try {
    await measureAll(folder, sizes, print);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  write(`load ${loadavg()[0]?.toFixed(1)} at the end, ${missed} aims missed`);
}

async function measureAll(folder: string, sizes: Sizes, print: Print): Promise<void> {
  const [databasePath, cityPath] = [join(folder, 'city.db'), join(folder, 'city.json')];
  const secretKey = newSecretKey();
  writeFileSync(cityPath, JSON.stringify(LARGE_CITY));
  const startedAt = performance.now();
  const seeded = await seed(databasePath, secretKey, sizes);
  print('seeded by the services in', inSeconds(performance.now() - startedAt));
  const twilio = await startLocalTwilio();
  const environment = environmentOf({ databasePath, cityPath, secretKey, twilioUrl: twilio.url });
  let city = await startProgram(environment);
  const beside = openBeside(databasePath);
  const texts = createTexts(() => city.url, beside, sizes);
  const measured: Measured = { sizes, print, beside, twilio, texts, city: () => city };
  try {
    print(
      'started in',
      `${inSeconds(city.startMs)}, ${inSeconds(city.processorMs())} of a processor`,
    );
    await texts.askUntil(() => true);
    await measureFiles(measured);
    await measurePages(measured, seeded);
    await measureCredits(measured, seeded);
    await until(() => beside.unsent() === 0);
    const from = await twilio.count();
    await measureClose(measured, seeded);
    const restart = async () => {
      city = await startProgram(environment);
      return city;
    };
    await measureKill(measured, { from, restart });
    await measureBroadcast(measured);
  } finally {
    beside.close();
    await city.stop();
    await twilio.end();
  }
}
