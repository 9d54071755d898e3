/** `npm run simulate`: reads what is asked for, and prints what came of it. */
import { InputError } from '../bench/input-error.ts';
import { print } from '../bench/print.ts';
import { readArguments, USAGE } from './arguments.ts';
import { assumptions, csvHeader, csvLine, summary, table } from './report.ts';
import { simulate } from './simulate.ts';

async function run(args: readonly string[]): Promise<void> {
  const asked = readArguments(args);
  if (asked === 'help') {
    print(USAGE);
    return;
  }
  for (const line of assumptions(asked)) print(line);
  if (asked.isHourly) print(csvHeader);
  const startedAt = performance.now();
  const result = await simulate(asked, (hour) => {
    if (asked.isHourly) print(csvLine(hour));
    tellProgress(hour.hour + 1, 24 * asked.days);
  });
  if (!asked.isHourly) for (const line of table(result.hours)) print(line);
  print();
  for (const line of summary(result, asked)) print(line);
  const { user, system } = process.cpuUsage();
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  // Not part of the output, which is the same each time.
  process.stderr.write(`${seconds} s, ${Math.round((user + system) / 1e6)} s of a processor\n`);
  if (result.faults.length > 0) process.exitCode = 1;
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
