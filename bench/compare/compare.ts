/**
 * `npm run bench -- --compare <git ref>`: the version of this folder and another one in turn, each time
 * in processes of their own. Absolute figures differ between machines and hours; these ratios do not.
 */
import { cpus } from 'node:os';
import type { Comparison } from '../arguments.ts';
import { print } from '../print.ts';
import { endPrograms, THIS_TREE } from '../programs.ts';
import { orderOf, ratioOf } from '../ratios.ts';
import { type Amounts, amountsOf, COMPARED, type Compared } from './compared.ts';
import { checkOut, type OtherVersion } from './other-version.ts';
import { HEAD, lineOf, missingLine } from './table.ts';

/**
 * Prints each figure of both and their ratio. Where a figure cannot be measured it says so, goes on,
 * and ends the process with 1. Throws an `InputError` when there is no such version.
 */
export async function compare({ ref, figures, rounds, isQuick }: Comparison): Promise<void> {
  let other: OtherVersion | undefined;
  // From before there is anything to remove: git, too, can be stopped.
  const stopWatching = whenStopped(() => other?.remove());
  try {
    other = checkOut(ref);
    // Whatever ends the measuring, its databases go where they are removed.
    process.env['TMPDIR'] = other.databases;
    const inShort = isQuick ? ', in short: not to be relied on' : '';
    print(`Node ${process.version}, ${cpus().length} cores, each version ${rounds} ×${inShort}`);
    print(`This version, and the other: ${other.commit.slice(0, 8)} "${other.subject}"`);
    print();
    print(HEAD);
    for (const name of figures) {
      const compared = COMPARED[name];
      try {
        const times = compared.isCounted ? 1 : rounds;
        show(compared, await measureInTurn(compared, other.tree, times, amountsOf(isQuick)));
      } catch (error) {
        print(`${name}: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
      }
    }
  } finally {
    stopWatching();
    other?.remove();
  }
}

/** What both gave in each round: a value for each that the figure has. */
type Round = { readonly ours: readonly number[]; readonly theirs: readonly number[] };

async function measureInTurn(
  { measure }: Compared,
  other: URL,
  rounds: number,
  amounts: Amounts,
): Promise<readonly Round[]> {
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const given: { ours: readonly number[]; theirs: readonly number[] } = { ours: [], theirs: [] };
    for (const whose of orderOf(round)) {
      try {
        given[whose] = await measure(whose === 'ours' ? THIS_TREE : other, amounts);
      } catch (error) {
        const version = whose === 'ours' ? 'this version' : 'the other version';
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(`${version} cannot be measured: ${reason}`, { cause: error });
      }
    }
    measured.push(given);
  }
  return measured;
}

function show({ values }: Compared, rounds: readonly Round[]): void {
  for (const [at, name] of values.entries()) {
    const pairs = rounds.map(({ ours, theirs }) => ({
      ours: ours[at] ?? Number.NaN,
      theirs: theirs[at] ?? Number.NaN,
    }));
    const ratio = ratioOf(pairs);
    print(Number.isNaN(ratio.ratio) ? missingLine(name) : lineOf(name, ratio));
  }
}

/** Leaves nothing behind when somebody stops it; returns what ends this watch. */
function whenStopped(remove: () => void): () => void {
  const stop = (signal: NodeJS.Signals) => {
    endPrograms();
    remove();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
}
