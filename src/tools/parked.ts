/** `npm run parked`: what was set aside, taken up again or let go. */
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
import { type Machine, misunderstood, type Tool } from './tool.ts';

const usage = `npm run parked [-- list]        messages that were set aside, deliveries that were given up
npm run parked -- retry 12      takes a message up again, as sent when it was sent
npm run parked -- retry D34     sends a delivery again
npm run parked -- retry all     both, of all of them
npm run parked -- drop 12       lets it go: nothing is kept of it but that it was there`;

/** More than anybody reads. */
const LISTED_MAX = 1000;

const lineOf = (one: Parked): string =>
  [
    showParkedId(one).padEnd(8),
    one.channel.padEnd(8),
    (one.address === undefined ? 'in public' : maskAddress(one.address)).padEnd(24),
    isoTime(one.at),
    one.error,
  ].join('  ');

function* list(machine: Machine): Generator<string> {
  const { rows, total } = machine.transact((context) => seeParked(context, LISTED_MAX));
  for (const one of rows) yield `${lineOf(one)}\n`;
  const more = total - rows.length;
  yield total === 0 ? 'Nothing is set aside.\n' : `${total} set aside`;
  if (total > 0) yield more === 0 ? '.\n' : `, ${more} of them not shown.\n`;
}

function settle(machine: Machine, action: 'retry' | 'drop', given: string): readonly ParkedId[] {
  if (action === 'retry' && given === 'all') {
    const { rows } = machine.transact((context) => seeParked(context, LISTED_MAX));
    return rows.filter((one) => machine.transact((context) => settleParked(context, one, action)));
  }
  const one = readParkedId(given);
  if (one === undefined) throw misunderstood(parked);
  if (!machine.transact((context) => settleParked(context, one, action))) {
    throw new ConfigError(`Nothing set aside has the number ${showParkedId(one)}.`);
  }
  return [one];
}

const DONE = { retry: 'taken up again', drop: 'let go' } as const;

export const parked: Tool = {
  name: 'parked',
  usage,
  options: {},
  *run({ positionals: [action = 'list', given, ...more] }, machine) {
    if (action === 'list' && given === undefined) {
      yield* list(machine);
      return 'right';
    }
    if ((action !== 'retry' && action !== 'drop') || given === undefined || more.length > 0) {
      throw misunderstood(parked);
    }
    const settled = settle(machine, action, given);
    for (const one of settled) yield `${showParkedId(one)}: ${DONE[action]}\n`;
    yield settled.length === 0
      ? 'Nothing is set aside.\n'
      : 'A city that runs notices within seconds; else the next start does.\n';
    return 'right';
  },
};
