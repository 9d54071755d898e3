/**
 * The process that opens strangers' pictures, one at a time, for `cleaner.ts`. Nothing of the city
 * is in it: a picture that takes it down takes nothing else along. It watches its own time and
 * memory, which a decoder takes outside of what JavaScript counts, and tells when they are spent.
 */
import sharp from 'sharp';
import { refuse } from '../lib/result.ts';
import type { CleanerAnswer } from './cleaner.ts';
import { cleanPicture } from './picture.ts';

/** Of a processor, so that a machine that is busy with other things refuses nobody. */
const timeMsMax = Number(process.argv[2]);
/** Of the whole process. */
const MEMORY_BYTES_MAX = 200_000_000;
/** A decoder fills no more than about 20 MB between two looks. */
const LOOK_MS = 5;
/** What earlier pictures may leave behind in it, before another process takes its place. */
const LEFT_BYTES_MAX = 130_000_000;

// Each processor of the machine would hold rows of its own.
sharp.concurrency(1);
// Strangers' bytes reach the decoders of the four kinds that are taken, and no others.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((kind) => `VipsForeignLoad${kind}`),
});

const tell = (answer: CleanerAnswer): void => {
  process.send?.(answer);
};

async function clean(bytes: Uint8Array): Promise<void> {
  const before = process.cpuUsage();
  const look = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    const isSpent =
      (user + system) / 1000 > timeMsMax || process.memoryUsage.rss() > MEMORY_BYTES_MAX;
    if (!isSpent) return;
    clearInterval(look);
    tell({ result: refuse('picture-too-heavy'), isWornOut: true });
  }, LOOK_MS);
  const result = await cleanPicture(bytes);
  clearInterval(look);
  // Pixels that nobody needs any more are not counted against the next picture.
  globalThis.gc?.();
  tell({ result, isWornOut: process.memoryUsage.rss() > LEFT_BYTES_MAX });
}

// It says nothing of what it choked on: strangers made that. Whoever waits sees that it ended.
process.on('uncaughtException', () => process.exit(1));
process.on('message', (bytes: Uint8Array) => void clean(bytes));
// Whoever gave it work is gone.
process.on('disconnect', () => process.exit());
