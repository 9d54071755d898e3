/**
 * `npm run bench -- --worker`: a city in local workerd beside one on Node, each as it is deployed, before
 * the same small Twilio. Prints each figure beside its aim.
 */
import { availableParallelism, loadavg } from 'node:os';
import { percent, print, whole } from '../print.ts';
import { measureBundle } from './bundle.ts';
import { measureLarge } from './large.ts';
import { measureReplies, type Replies } from './replies.ts';

const AIMS = { gzippedKib: 1331, startupMs: 100, openMs: 300, memoryMb: 128 } as const;
const SIZES = {
  full: { replies: 2000, transfers: 1_000_000, people: 100_000 },
  quick: { replies: 200, transfers: 5000, people: 500 },
} as const;

const said = (
  name: string,
  figure: string,
  aim?: { readonly words: string; readonly isMet: boolean },
) =>
  print(
    `${name.padEnd(50)} ${figure}${aim === undefined ? '' : `   (aim: ${aim.words}${aim.isMet ? '' : '; MISSED'})`}`,
  );
const atMost = (figure: number, max: number, words: string) => ({ words, isMet: figure <= max });

const repliesOf = (name: string, figures: Replies): void => {
  said(
    `${name}: webhook to reply`,
    `p50 ${figures.p50Ms.toFixed(1)} ms, p99 ${figures.p99Ms.toFixed(1)} ms`,
  );
  said(`${name}: replies a second, sixteen at a time`, whole(figures.perSecond));
  said(`${name}: a path that nobody has, a second`, whole(figures.barePerSecond));
};

export async function benchWorker(isQuick: boolean): Promise<void> {
  const sizes = isQuick ? SIZES.quick : SIZES.full;
  const short = isQuick ? ', in short: not for comparing' : '';
  print(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}${short}`);
  const bundle = await measureBundle();
  said(
    'Bundle, gzipped',
    `${whole(bundle.gzippedKib)} KiB`,
    atMost(bundle.gzippedKib, AIMS.gzippedKib, '1.3 MB'),
  );
  said(
    'Startup, by wrangler',
    `${bundle.startupMs.toFixed(0)} ms`,
    atMost(bundle.startupMs, AIMS.startupMs, '100 ms'),
  );
  const worker = await measureReplies('worker', sizes.replies);
  const node = await measureReplies('node', sizes.replies);
  repliesOf('workerd', worker);
  repliesOf('Node', node);
  said('workerd, as a share of Node', percent(worker.perSecond, node.perSecond));
  said('workerd, as a share of its own bare path', percent(worker.perSecond, worker.barePerSecond));
  said(
    'workerd: heap of the isolate after that',
    `${whole(worker.memoryMb)} MB`,
    atMost(worker.memoryMb, AIMS.memoryMb, '128 MB'),
  );
  const large = await measureLarge(sizes);
  said(
    `A city with ${whole(sizes.transfers)} transfers moves into an object`,
    `${large.moveSeconds.toFixed(0)} s, ${whole(large.rows)} rows copied and compared`,
  );
  said('Its database in the object', `${whole(large.databaseMb)} MB`);
  said(
    'Its object opens',
    `${whole(large.openMs)} ms`,
    atMost(large.openMs, AIMS.openMs, '300 ms'),
  );
  said(
    'Its city answers /healthz first after',
    `${whole(large.healthMs)} ms, its opening included`,
  );
  said('One BALANCE in it', `${large.balanceMs.toFixed(0)} ms to its reply`);
  said(
    'Heap of its isolate',
    `${whole(large.isolateMb)} MB`,
    atMost(large.isolateMb, AIMS.memoryMb, '128 MB'),
  );
  said('The greatest resident memory of a whole workerd', `${whole(large.memoryMb)} MB`);
  print(
    'The heap is what V8 has taken for the isolate, garbage included, as its debugger tells it.',
  );
  print(`load ${loadavg()[0]?.toFixed(1)} at the end`);
}
