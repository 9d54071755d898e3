/** Simulates a city for some days: the real core under a simulated clock, before simulated providers. */
import { HOUR_MS } from '../src/lib/clock.ts';
import { createWholeCheck } from '../src/records/books/check-whole.ts';
import type { Asked } from './arguments.ts';
import { createChance } from './chance.ts';
import { openCity, type SimulatedCity } from './city.ts';
import { createFigures, type Hour, type Standing } from './figures.ts';
import { createPhones } from './phones.ts';
import { settle } from './population.ts';
import { hourOfDay, liveHour, type World } from './residents.ts';
import { createScheduler } from './scheduler.ts';

/** Midnight in the city, at the beginning of Monday, 4 January 2027. */
const START = Date.UTC(2027, 0, 4, 8);
const HOURS_A_DAY = 24;
const LINKS_A_STEP = 10_000;

export type Result = {
  readonly hours: readonly Hour[];
  readonly people: number;
  readonly partners: number;
  readonly transfers: number;
  /** What does not agree in the books: nothing, if all is well. */
  readonly faults: readonly string[];
  readonly databaseBytes: number;
  /** What the repository holds that was published while it was simulated. */
  readonly records: number;
};

/** `told` hears of each hour as it ends. */
export async function simulate(
  asked: Asked,
  told: (hour: Hour) => void = () => undefined,
): Promise<Result> {
  const chance = createChance(asked.seed);
  const order = createChance(asked.seed + 1);
  const scheduler = createScheduler(START, order.next);
  const figures = createFigures();
  const phones = createPhones(scheduler, figures, () => city.core.inbox);
  const city = openCity({ asked, scheduler, chance, figures, arrived: phones.arrived });
  try {
    const population = settle(city, asked.residents, chance);
    const world: World = {
      ...{ scheduler, chance, figures, phones, population, tasks: [] },
      spool: city.spool,
    };
    const starting = city.start();
    await scheduler.runUntil(START);
    await starting;
    let newest = newestRecord(city);
    for (let hour = 0; hour < asked.days * HOURS_A_DAY; hour += 1) {
      liveHour(world, hourOfDay(hour * HOUR_MS));
      await scheduler.runUntil(START + (hour + 1) * HOUR_MS);
      const before = newest;
      newest = newestRecord(city);
      figures.now().recordsStaged += newest - before;
      told(figures.endHour(standingOf(city, scheduler.clock.now())));
    }
    return {
      hours: figures.hours,
      people: population.people.length,
      partners: population.issuers.length + population.offers.length,
      ...checkAll(city),
      databaseBytes: city.databaseBytes(),
      records: city.pds.records(),
    };
  } finally {
    city.close();
  }
}

const newestRecord = ({ store }: SimulatedCity): number =>
  store.read.records.newest(1)[0]?.seq ?? 0;

function standingOf({ store, pds, smsQueueMs }: SimulatedCity, now: number): Standing {
  const outbox = store.read.outbox.backlog();
  const records = store.read.records.backlog();
  // What waits for a time to come, such as a notice at night, is not late.
  const dueSince = outbox.map(({ channel }) => store.read.outbox.nextAt(channel, 0) ?? now);
  return {
    outbox: outbox.reduce((sum, { count }) => sum + count, 0),
    outboxMs: now - Math.min(now, ...dueSince),
    smsQueueMs: smsQueueMs(),
    records: records.count,
    recordsMs: now - (records.oldest ?? now),
    relayMs: pds.relayMs(),
  };
}

/** All of the books, from the first transfer. */
function checkAll({ store }: SimulatedCity): Pick<Result, 'transfers' | 'faults'> {
  const check = createWholeCheck();
  for (;;) {
    const faults = check.step(store.read, LINKS_A_STEP);
    if (faults === undefined) continue;
    return {
      transfers: check.reckoning.end().position,
      faults: faults.map(({ sentence }) => sentence),
    };
  }
}
