/** A simulation in words, from its assumptions to its bottleneck: the same each time for what is asked. */
import type { Asked } from './arguments.ts';
import { assumptions, csvHeader, csvLine, summary, table } from './report.ts';
import { type Result, simulate } from './simulate.ts';

export type Telling = {
  /** Takes a line of the output. */
  readonly write: (line: string) => void;
  /** Hears how many hours of the simulated time are over. */
  readonly told?: (hours: number) => void;
};

export async function writeSimulation(asked: Asked, { write, told }: Telling): Promise<Result> {
  for (const line of assumptions(asked)) write(line);
  if (asked.isHourly) write(csvHeader);
  const result = await simulate(asked, (hour) => {
    if (asked.isHourly) write(csvLine(hour));
    told?.(hour.hour + 1);
  });
  if (!asked.isHourly) for (const line of table(result.hours)) write(line);
  write('');
  for (const line of summary(result, asked)) write(line);
  return result;
}
