/** What `npm run move` does with its arguments. */
import { ConfigError } from '../config/config.ts';
import { grouped } from '../lib/text.ts';
import { type Moved, moveCity } from '../tools/move/move-city.ts';
import type { Home, NewHome } from '../tools/move/place.ts';
import { openNodeHome, openNodeNewHome } from './node-place.ts';
import { createProgress } from './progress.ts';
import { parse, type Surroundings, tool } from './tool.ts';
import { openDoor } from './worker-door.ts';
import { openWorkerHome, openWorkerNewHome } from './worker-place.ts';

const USAGE = `npm run move -- --to <address>     moves the city of this machine into a worker: stop it first
  --replace                        although a city is there that has moved away
npm run move -- --from <address>   moves the city of a worker to DATABASE_PATH
npm run move -- --go-on <address>  a worker that stands still, since a move broke off, goes on`;

const OPTIONS = {
  to: { type: 'string' },
  from: { type: 'string' },
  'go-on': { type: 'string' },
  replace: { type: 'boolean', default: false },
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
    const moved = await moveCity(from, to, progress.tell);
    progress.clear();
    out.write(linesOf(moved, to.name));
  } finally {
    progress.clear();
  }
}

async function run(args: readonly string[], surroundings: Surroundings): Promise<void> {
  const { env, out } = surroundings;
  const { values, positionals } = parse(args, OPTIONS, USAGE);
  const { to, from, 'go-on': goOn, replace } = values;
  const named = [to, from, goOn].filter((address) => address !== undefined);
  if (named.length !== 1 || positionals.length > 0 || (replace && to === undefined)) {
    throw new ConfigError(USAGE);
  }
  const door = openDoor(named[0] ?? '', env);
  if (goOn !== undefined) {
    await openWorkerHome(door).goOn();
    out.write('The city goes on.\n');
  } else if (to !== undefined) {
    await using home = openNodeHome(env);
    await move(home, openWorkerNewHome(door, replace), surroundings);
    out.write('The database of this machine has another name, so that nobody starts it again.\n');
  } else {
    await move(openWorkerHome(door), openNodeNewHome(env), surroundings);
    out.write('Start the city here, and have its providers send here. The worker stands still.\n');
  }
}

/**
 * Moves a city from a machine into a worker, or back. Answers 0 when it is there, 2 when it is where
 * it was.
 */
export const runMove = tool(run);
