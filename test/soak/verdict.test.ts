// Who looks at what is left after the kills has to see what is wrong with it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CrashCity, openCrashCity } from '../support/crash-city.ts';
import { createDice } from './dice.ts';
import { openTown, type Tally, TOWN } from './town.ts';
import { judge } from './verdict.ts';

let city: CrashCity;
let tally: Tally;
beforeAll(async () => {
  city = await openCrashCity(TOWN);
  const town = openTown(city, createDice(1));
  ({ tally } = town);
  await town.prepare();
  const life = town.live();
  town.end();
  await life;
  await city.settle();
});
afterAll(() => city.close());

/** The promises that do not hold. */
const broken = async (changed: Partial<CrashCity>, more: Partial<Tally> = {}) =>
  (await judge({ ...city, ...changed }, { ...tally, ...more }))
    .filter(([, found]) => found.length > 0)
    .map(([what]) => what);
const received = (change: (all: CrashCity['provider']['received']) => unknown) => ({
  provider: {
    ...city.provider,
    received: change(city.provider.received) as CrashCity['provider']['received'],
  },
});

describe('after lives without a death', () => {
  it('everything holds', async () => {
    expect(tally.residents).toBeGreaterThan(3);
    expect(await broken({})).toEqual([]);
  });

  it('a message that the city does not know is lost', async () => {
    expect(await broken({}, { said: [...tally.said, 'message-0'] })).toEqual([
      'No message was lost',
      'Every message has an answer',
    ]);
  });

  it('an answer that nobody got was not sent', async () => {
    expect(await broken(received((all) => all.slice(1)))).toEqual(['Every answer was sent']);
  });

  it('what arrives late is out of order', async () => {
    expect(await broken(received((all) => all.toReversed()))).toEqual([
      'Everybody heard all in order',
    ]);
  });

  it('an effect more or less than people were told of is seen, in the public record, too', async () => {
    expect(await broken({}, { residents: tally.residents - 1 })).toEqual([
      'Everything was done once',
      'The public totals are what people were told',
    ]);
    expect(await broken({}, { holds: tally.holds + 1 })).toEqual(['Everything was done once']);
  });

  it('an error of the city counts', async () => {
    expect(await broken({ errors: ['Something failed.'] })).toEqual(['The city reported no error']);
  });
});
