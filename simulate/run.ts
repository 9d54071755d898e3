/** `npm run simulate`: reads what is asked for, and prints what came of it. */
import { InputError } from '../bench/input-error.ts';
import { print } from '../bench/print.ts';
import { readArguments, USAGE } from './arguments.ts';
import { writeSimulation } from './write.ts';

const HOURS_A_DAY = 24;

async function run(args: readonly string[]): Promise<void> {
  const asked = readArguments(args);
  if (asked === 'help') {
    print(USAGE);
    return;
  }
  const startedAt = performance.now();
  const { faults } = await writeSimulation(asked, {
    write: print,
    told: (hours) => tellProgress(hours, HOURS_A_DAY * asked.days),
  });
  const { user, system } = process.cpuUsage();
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  // Not part of the output, which is the same each time.
  process.stderr.write(`${seconds} s, ${Math.round((user + system) / 1e6)} s of a processor\n`);
  if (faults.length > 0) process.exitCode = 1;
}

/** One line that is written over, for whoever sits before it. */
function tellProgress(done: number, all: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r${done} of ${all} hours${done === all ? '\n' : ''}`);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
