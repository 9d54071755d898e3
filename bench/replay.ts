/**
 * What SQLite itself takes of whole loops: their statements, recorded once and replayed bare, in turn
 * with the loops themselves. By hand: `node bench/replay.ts 20`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureLoops } from './loops.ts';
import { median } from './ratios.ts';
import { recordStatements, replay } from './recorded.ts';

export type ReplayFigures = {
  readonly loops: number;
  /** Of a loop while 64 people go through theirs, who share commits. */
  readonly statements: number;
  readonly commits: number;
  /** Microseconds a loop: all of it, and its statements and commits alone. */
  readonly wholeUs: number;
  readonly bareUs: number;
  /** `bareUs` of `wholeUs`: the median of what was measured one after the other. */
  readonly share: number;
};

const OF_TRANSACTIONS = /^(?:begin|commit|rollback|savepoint|release)\b/i;

/** `rounds` loops of each of 64 people, `times` times as a whole and bare. */
async function measureReplay(rounds: number, times: number): Promise<ReplayFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-bench-'));
  const recording = recordStatements();
  const { steps } = recording;
  let [from, to] = [0, 0];
  const { loops } = await measureLoops(rounds, (what) => {
    if (what === 'begin') from = steps.length;
    else to = steps.length;
  });
  recording.end();

  const wholeUs: number[] = [];
  const bareUs: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const path = join(folder, `${time}.db`);
    bareUs.push((replay(path, steps, { from, to }) * 1000) / loops);
    wholeUs.push(1e6 / (await measureLoops(rounds)).loopsPerSecond);
  }
  rmSync(folder, { recursive: true, force: true });

  const texts = steps.slice(from, to).map(({ text }) => text);
  return {
    loops,
    statements: texts.filter((text) => !OF_TRANSACTIONS.test(text)).length / loops,
    commits: texts.filter((text) => /^commit\b/i.test(text)).length / loops,
    wholeUs: median(wholeUs),
    bareUs: median(bareUs),
    share: median(bareUs.map((us, at) => us / (wholeUs[at] ?? Number.NaN))),
  };
}

const [rounds = '20', times = '3'] = process.argv.slice(2);
const figures = await measureReplay(Number(rounds), Number(times));
process.send?.(figures);
process.stdout.write(`${JSON.stringify(figures)}\n`);
