/** What `npm run parked` does with its arguments. */
import { ConfigError } from '../config/config.ts';
import { isoTime } from '../lib/clock.ts';
import { maskAddress } from '../lib/mask-address.ts';
import {
  type Parked,
  type ParkedId,
  readParkedId,
  seeParked,
  settleParked,
  showParkedId,
} from '../services/city/parked.ts';
import { type Machine, onMachine } from './open-machine.ts';
import { parse, type Surroundings, tool } from './tool.ts';

const USAGE = `npm run parked [-- list]        messages that were set aside, deliveries that were given up
npm run parked -- retry 12      takes a message up again, as sent when it was sent
npm run parked -- retry D34     sends a delivery again
npm run parked -- retry all     both, of all of them
npm run parked -- drop 12       lets it go: nothing is kept of it but that it was there`;

/** More than anybody reads. */
const LISTED_MAX = 1000;

const misunderstood = () => new ConfigError(`That is not understood.\n\n${USAGE}`);

const lineOf = (one: Parked): string =>
  [
    showParkedId(one).padEnd(8),
    one.channel.padEnd(8),
    (one.address === undefined ? 'in public' : maskAddress(one.address)).padEnd(24),
    isoTime(one.at),
    one.error,
  ].join('  ');

function list(machine: Machine, out: Surroundings['out']): void {
  const { rows, total } = machine.transact((context) => seeParked(context, LISTED_MAX));
  for (const one of rows) out.write(`${lineOf(one)}\n`);
  const more = total - rows.length;
  out.write(total === 0 ? 'Nothing is set aside.\n' : `${total} set aside`);
  if (total > 0) out.write(more === 0 ? '.\n' : `, ${more} of them not shown.\n`);
}

function settle(machine: Machine, action: 'retry' | 'drop', given: string): readonly ParkedId[] {
  if (action === 'retry' && given === 'all') {
    const { rows } = machine.transact((context) => seeParked(context, LISTED_MAX));
    return rows.filter((one) => machine.transact((context) => settleParked(context, one, action)));
  }
  const parked = readParkedId(given);
  if (parked === undefined) throw misunderstood();
  if (!machine.transact((context) => settleParked(context, parked, action))) {
    throw new ConfigError(`Nothing set aside has the number ${showParkedId(parked)}.`);
  }
  return [parked];
}

const DONE = { retry: 'taken up again', drop: 'let go' } as const;

function run(args: readonly string[], surroundings: Surroundings): void {
  const { positionals } = parse(args, {}, USAGE);
  const [action = 'list', given, ...more] = positionals;
  const { out } = surroundings;
  if (action === 'list' && given === undefined) {
    onMachine(surroundings, (machine) => list(machine, out));
    return;
  }
  if ((action !== 'retry' && action !== 'drop') || given === undefined || more.length > 0) {
    throw misunderstood();
  }
  const settled = onMachine(surroundings, (machine) => settle(machine, action, given));
  for (const one of settled) out.write(`${showParkedId(one)}: ${DONE[action]}\n`);
  if (settled.length === 0) out.write('Nothing is set aside.\n');
  else out.write('A city that runs notices within seconds; else the next start does.\n');
}

/**
 * Shows what was set aside, takes it up again or lets it go, beside the running city or without it.
 * Answers 0, or 2 when it could not be done.
 */
export const runParked = tool(run);
