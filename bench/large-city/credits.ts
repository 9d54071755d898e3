/** Reviewers approve what waits, by messages, while others ask for their balance. */

import { whole } from '../print.ts';
import { percentile } from '../ratios.ts';
import { reviewersNumber } from './facts.ts';
import { atMost, type Measured, spread, stopwatch } from './measure.ts';
import type { Seeded } from './seed.ts';
import { REVIEWERS } from './sizes.ts';

const ALL_MS_MAX = 3 * 60_000;
const BALANCE_MS_MAX = 250;
/** How many pieces a reviewer names in one message. */
const AT_ONCE = 8;

export async function measureCredits(
  { beside, texts, print, city }: Measured,
  { evidence: { first, last } }: Seeded,
): Promise<void> {
  const before = beside.issued();
  const took = stopwatch(city());
  const approvals: number[] = [];
  let next = first;
  const review = async (from: string): Promise<void> => {
    while (next <= last) {
      const end = Math.min(next + AT_ONCE, last + 1);
      const numbers = Array.from({ length: end - next }, (_, at) => String(next + at));
      next = end;
      approvals.push(await texts.say(from, `APPROVE ${numbers.join(' ')}`));
    }
  };
  let isDone = false;
  const asking = texts.askUntil(() => isDone);
  await Promise.all(Array.from({ length: REVIEWERS }, (_, at) => review(reviewersNumber(at))));
  const { tookMs, words } = took();
  isDone = true;
  const balances = (await asking).map(({ replyMs }) => replyMs);
  const [wanted, issued] = [last - first + 1, beside.issued() - before];
  if (issued !== wanted) throw new Error(`${issued} of ${wanted} people got their credits.`);
  const name = `credits for ${whole(wanted)} people`;
  print(name, words, atMost(tookMs, ALL_MS_MAX));
  print(`  APPROVE of ${AT_ONCE}, by ${REVIEWERS} reviewers`, spread(approvals));
  const aim = atMost(percentile(balances, 0.99), BALANCE_MS_MAX, 'p99 ');
  print('  BALANCE meanwhile', spread(balances), aim);
}
