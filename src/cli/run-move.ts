/** What `npm run move` does with its arguments. */
import { randomUUID } from 'node:crypto';
import { ConfigError } from '../config/config.ts';
import { grouped } from '../lib/text.ts';
import { type Moved, moveCity } from '../tools/move/move-city.ts';
import type { Home, NewHome } from '../tools/move/place.ts';
import { openNodeHome, openNodeNewHome } from './node-place.ts';
import { createProgress } from './progress.ts';
import { parse, type Surroundings, tool } from './tool.ts';
import { openDoor } from './worker-door.ts';
import { emptyWorker, goOnInWorker, openWorkerHome, openWorkerNewHome } from './worker-place.ts';

const USAGE = `npm run move -- --to <address>     moves the city of this machine into a worker: stop it first
  --replace                        although a city is there that has moved away
npm run move -- --from <address>   moves the city of a worker to DATABASE_PATH
npm run move -- --go-on <address>  a worker that stands still, since a move broke off, goes on
  --nowhere-else                   although the city has moved away: only if it is nowhere else
npm run move -- --empty <address>  removes what a city that has moved away left in a worker`;

const OPTIONS = {
  to: { type: 'string' },
  from: { type: 'string' },
  'go-on': { type: 'string' },
  empty: { type: 'string' },
  replace: { type: 'boolean', default: false },
  'nowhere-else': { type: 'boolean', default: false },
} as const;

const STEPS = { copy: { doing: 'Copied rows:' }, compare: { doing: 'Compared rows:' } } as const;

function linesOf({ tables, rows, pictures, head }: Moved, name: string): string {
  const last =
    head === undefined ? '' : `The last transfer is ${grouped(head.position)}, ${head.cid}.\n`;
  return `${grouped(rows)} rows of ${tables} tables and ${grouped(pictures)} pictures are in ${name} as they were.\n${last}The city lives there now.\n`;
}

async function move(from: Home, to: NewHome, { out, err }: Surroundings): Promise<void> {
  const progress = createProgress(STEPS, err);
  try {
    const moved = await moveCity(from, to, { move: randomUUID(), tell: progress.tell });
    progress.clear();
    out.write(linesOf(moved, to.name));
  } finally {
    progress.clear();
  }
}

async function run(args: readonly string[], surroundings: Surroundings): Promise<void> {
  const { env, out } = surroundings;
  const { values, positionals } = parse(args, OPTIONS, USAGE);
  const { to, from, 'go-on': goOn, empty } = values;
  const { replace, 'nowhere-else': isNowhereElse } = values;
  const [named, ...others] = [to, from, goOn, empty].filter((address) => address !== undefined);
  const isOdd = (replace && to === undefined) || (isNowhereElse && goOn === undefined);
  if (named === undefined || others.length > 0 || positionals.length > 0 || isOdd) {
    throw new ConfigError(USAGE);
  }
  const door = openDoor(named, env);
  if (goOn !== undefined) {
    await goOnInWorker(door, isNowhereElse);
    out.write('The city goes on.\n');
  } else if (empty !== undefined) {
    await emptyWorker(door);
    out.write('Nothing of a city is left there.\n');
  } else if (to !== undefined) {
    await using home = openNodeHome(env);
    await move(home, openWorkerNewHome(door, replace), surroundings);
    out.write(
      'The database of this machine has another name now, and the city does not start here.\n',
    );
  } else {
    await move(openWorkerHome(door), openNodeNewHome(env), surroundings);
    out.write('Start the city here, and have its providers send here. The worker stands still.\n');
  }
}

/**
 * Moves a city from a machine into a worker, or back. Answers 0 when it is there, 2 when it could not be
 * done: the sentence says where the city is.
 */
export const runMove = tool(run);
