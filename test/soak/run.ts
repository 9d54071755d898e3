// `npm run soak`: a city is killed again and again while people of three channels go through the
// whole loop, and then everything that is left of it is looked at; and webhooks come to it in many
// copies. Ends with 1 when anything was lost, done twice or does not agree.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { openCrashCity } from '../support/crash-city.ts';
import { createDice } from './dice.ts';
import { killAgainAndAgain } from './kills.ts';
import { openTown, TOWN } from './town.ts';
import { judge, judgeCopies, type Promised } from './verdict.ts';
import { postCopies } from './webhooks.ts';

const SEEDS = 2 ** 32;
const EXAMPLES = 5;
const TELLS = 10;

const began = performance.now();
const seconds = () => Math.round((performance.now() - began) / 1000);
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Prints what holds and what does not; how many do not. */
function printed(promises: readonly Promised[]): number {
  for (const [what, broken] of promises) {
    print(`${broken.length === 0 ? '✓' : '✗'} ${what}`);
    if (broken.length === 0) continue;
    print(`  ${broken.length}, such as ${JSON.stringify(broken.slice(0, EXAMPLES))}`);
  }
  return promises.filter(([, broken]) => broken.length > 0).length;
}

async function kill(kills: number, seed: number): Promise<number> {
  const city = await openCrashCity(TOWN);
  try {
    const town = openTown(city, createDice(seed));
    const { tally } = town;
    await town.prepare();
    const life = town.live();
    const killing = killAgainAndAgain(city, createDice(seed + 1), {
      kills,
      tell: (deaths) => {
        if (deaths % Math.ceil(kills / TELLS) !== 0) return;
        print(
          `${deaths} kills, ${tally.said.length} messages, ${tally.residents} whole loops, ${seconds()} s`,
        );
      },
    });
    // Somebody who waits in vain ends it at once.
    const { atSteps } = await Promise.race([killing, life.then(() => killing)]);
    town.end();
    await life;
    await city.settle();
    print(`${atSteps} of the kills were at a step, the others at any moment.`);
    print(`${tally.said.length} messages, ${tally.copies} of them twice.`);
    return printed(await judge(city, tally));
  } catch (error) {
    return printed([['Everybody was answered', [String(error), ...city.errors]]]);
  } finally {
    await city.close();
  }
}

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    webhooks: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(randomInt(1, SEEDS)) },
  },
});
const [kills, webhooks, seed] = [values.kills, values.webhooks, values.seed].map(Number);
if (!(kills && webhooks && seed) || ![kills, webhooks, seed].every(Number.isSafeInteger)) {
  print('Usage: npm run soak -- [--kills 1000] [--webhooks 10000] [--seed 1]');
  process.exit(2);
}

print(`${kills} kills, ${webhooks} webhooks, --seed ${seed}`);
let failures = await kill(kills, seed);
const figures = await postCopies(webhooks, createDice(seed));
print(`${webhooks} webhooks in ${figures.requests} copies, ${figures.atOnce} of them at once.`);
failures += printed(judgeCopies(figures));
print(
  failures === 0
    ? `Nothing lost, nothing twice, in ${seconds()} s.`
    : `It did not hold, in ${seconds()} s. --seed ${seed} begins it with the same dice.`,
);
process.exit(failures === 0 ? 0 : 1);
