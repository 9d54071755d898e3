/** Whole loops, and what one of them asks of the database. */
import type { Amounts } from '../amounts.ts';
import { type DayFigures, measureDay } from '../day.ts';
import type { LoopFigures } from '../loops.ts';
import { countPoints } from '../points.ts';
import { percent, print, whole } from '../print.ts';
import { figuresOf } from '../programs.ts';
import type { ReplayFigures } from '../replay.ts';
import { countStatements } from '../statements.ts';
import type { Section } from './section.ts';

export async function showLoops({ rounds, replay }: Amounts, isQuick: boolean) {
  const loops = await figuresOf<LoopFigures>('bench/loops.ts', [rounds]);
  print(
    `d  whole loops, 64 people at once ${whole(loops.loopsPerSecond).padStart(21)} loops/s (${loops.loops} loops, ${whole(loops.processorUs)} µs of a processor each)   peak ${whole(loops.peakMegabytes)} MB`,
  );
  await showStatements();
  const points = await showPoints();
  await showReplay(replay.rounds, replay.times);
  const day = await showDay(isQuick);
  const section: Section = {
    aims: [
      `d is ${whole(loops.loopsPerSecond)} loops/s: --compare tells whether that is more`,
      `x is ${points} points of the write budget a loop (aim: at most 45)`,
      `y is ${day.idleTurnMs.toFixed(2)} ms a turn with nothing due (aim: at most 5), and ${whole(day.callOffMs)} ms to call off (aim: at most 1,000)`,
    ],
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

/** The day of a task in a large city. */
async function showDay(isQuick: boolean): Promise<DayFigures> {
  const day = await measureDay(isQuick ? 1_000 : 10_000, isQuick ? 100 : 1_000);
  print(
    `y  a turn of tasks' days, ${whole(day.openClaims)} open claims ${day.idleTurnMs.toFixed(2).padStart(10)} ms; a task called off for ${whole(day.toldPeople)} people ${whole(day.callOffMs)} ms`,
  );
  return day;
}

/** Answers the sum. */
async function showPoints(): Promise<number> {
  const spent = await countPoints();
  const all = spent.reduce((sum, { points }) => sum + points, 0);
  print(`x  points of the write budget that a loop takes ${all}`);
  for (const { message, points } of spent)
    print(`   ${message.padEnd(32)} ${String(points).padStart(4)}`);
  return all;
}

async function showReplay(rounds: number, times: number): Promise<void> {
  const replay = await figuresOf<ReplayFigures>('bench/replay.ts', [rounds, times]);
  print(
    `t  a loop's statements alone, replayed bare ${whole(replay.bareUs).padStart(11)} µs a loop, of ${whole(replay.wholeUs)} µs: SQLite takes ${percent(replay.share, 1)} (${replay.statements.toFixed(1)} statements and ${replay.commits.toFixed(2)} commits a loop among 64)`,
  );
}
