/** The files of open data and the public pages, over HTTP. */
import { setTimeout as pause } from 'node:timers/promises';
import { OPEN_DATA_PATHS } from '../../src/web/open-data/formats.ts';
import { percentile } from '../ratios.ts';
import { atMost, type Measured, spread, stopwatch } from './measure.ts';
import type { Seeded } from './seed.ts';

const FILE_MS_MAX = 10_000;
const PAGE_MS_MAX = 100;
const BETWEEN_LOOKS_MS = 10;
/** How many readers there are: one alone is told to come again later. */
const READERS = 250;

/** Reads all of `path`: how many bytes, and how long it took (ms). */
async function read(url: string, reader: number) {
  const startedAt = performance.now();
  const headers = { 'x-forwarded-for': `198.51.100.${1 + (reader % READERS)}` };
  const answer = await fetch(url, { headers });
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}.`);
  let bytes = 0;
  if (answer.body !== null) for await (const piece of answer.body) bytes += piece.byteLength;
  return { bytes, ms: performance.now() - startedAt };
}

export async function measureFiles({ print, city }: Measured): Promise<void> {
  for (const path of OPEN_DATA_PATHS) {
    const took = stopwatch(city());
    const { bytes, ms } = await read(`${city().url}${path}`, 0);
    const figure = `${took().words}   ${(bytes / 1e6).toFixed(1)} MB`;
    print(path, figure, atMost(ms, FILE_MS_MAX));
  }
}

/** Each page by itself, a hundred looks in a second at most. */
export async function measurePages(measured: Measured, seeded: Seeded): Promise<void> {
  const { print, sizes, city } = measured;
  for (const path of pathsOf(seeded)) {
    const all: Promise<number>[] = [];
    for (let look = 0; look < sizes.looks; look += 1) {
      const one = read(`${city().url}${path}`, look).then(({ ms }) => ms);
      all.push(one);
      // What fails is thrown at the end, with the others.
      one.catch(() => undefined);
      await pause(BETWEEN_LOOKS_MS);
    }
    const times = await Promise.all(all);
    print(path, spread(times), atMost(percentile(times, 0.99), PAGE_MS_MAX, 'p99 '));
  }
}

/** Every page that there is; where there are many of a kind, those with most and least behind them. */
const pathsOf = ({ joinedTask, pastTask, evidence }: Seeded): readonly string[] => [
  '/',
  `/tasks/${joinedTask}`,
  `/tasks/${pastTask}`,
  '/evidence/1',
  `/evidence/${evidence.last}`,
  '/healthz',
  '/metrics',
];
