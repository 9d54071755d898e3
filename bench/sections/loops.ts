/** Whole loops, and what one of them asks of the database. */
import type { Amounts } from '../amounts.ts';
import type { LoopFigures } from '../loops.ts';
import { print, whole } from '../print.ts';
import { figuresOf } from '../programs.ts';
import { countStatements } from '../statements.ts';
import type { Section } from './section.ts';

export async function showLoops({ rounds }: Amounts) {
  const loops = await figuresOf<LoopFigures>('bench/loops.ts', [rounds]);
  print(
    `d  whole loops, 64 people at once ${whole(loops.loopsPerSecond).padStart(21)} loops/s (${loops.loops} loops, ${whole(loops.processorUs)} µs of a processor each)   peak ${whole(loops.peakMegabytes)} MB`,
  );
  await showStatements();
  const section: Section = {
    aims: [`d is ${whole(loops.loopsPerSecond)} loops/s: --compare tells whether that is more`],
  };
  return { ...section, peakMegabytes: loops.peakMegabytes };
}

async function showStatements(): Promise<void> {
  const counted = await countStatements();
  const loop = counted.slice(0, -2);
  const all = loop.reduce((sum, { statements }) => sum + statements.length, 0);
  const inAll = loop.reduce((sum, { commits }) => sum + commits, 0);
  print(`s  statements of a loop ${all}, in ${inAll} commits`);
  for (const { message, statements, commits } of counted) {
    print(`   ${message.padEnd(32)} ${String(statements.length).padStart(4)} in ${commits}`);
  }
}
