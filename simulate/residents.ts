/** What residents and partners do, by the rates of rates.ts: each is a script over their phones. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../src/lib/clock.ts';
import type { Spool } from '../src/media/spool-port.ts';
import type { Chance } from './chance.ts';
import type { Figures } from './figures.ts';
import type { Phones } from './phones.ts';
import type { Evidence, Issuer, Person, Population } from './population.ts';
import {
  ANNOUNCED_SHARE,
  ANNOUNCING_HOURS,
  CREDITS,
  DROPS,
  GROWTH_A_DAY,
  LOOKS_FIRST,
  LOOKUPS_A_DAY,
  PHOTO_SHARE,
  REDEEMED_SHARE,
  REJECTED_SHARE,
  REVIEWED_AT_ONCE,
  REVIEWING_HOURS,
  SLOTS,
  shareOfHour,
  TASKS_A_DAY,
} from './rates.ts';
import type { Scheduler } from './scheduler.ts';

type Task = {
  readonly id: number;
  readonly issuer: Issuer;
  readonly endsAt: number;
  places: number;
};

export type World = {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly figures: Figures;
  readonly phones: Phones;
  readonly population: Population;
  readonly spool: Pick<Spool, 'put'>;
  /** Tasks that have places left, as residents know them. */
  readonly tasks: Task[];
};

/** Tasks begin at ten and end at noon, a day or two after they are announced. */
const [STARTS, ENDS] = [10, 12];
const DAYS_AHEAD = [1, 2] as const;
/** Who redeems does so within these (ms) of being paid. */
const REDEEMS_MS = [HOUR_MS, 2 * DAY_MS] as const;
const PHOTO_BYTES = 48;
const SEEKS_MAX = 8;
const LOOKUPS = ['BALANCE', 'TASKS', 'OFFERS', 'HELP'] as const;
const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}/;
const hoursOf = ({ from, to }: { readonly from: number; readonly to: number }): number => to - from;

/** Begins what people do in an hour; each at a time of its own in it. */
export function liveHour(world: World, hourOfDay: number): void {
  const { chance, population, scheduler } = world;
  const { people, issuers } = population;
  const begin = (what: () => Promise<void>): void => {
    scheduler.timers.after(chance.between(0, HOUR_MS), () => void what());
  };
  const during = (perDay: number, what: () => Promise<void>): void => {
    for (let left = chance.times(perDay * shareOfHour(hourOfDay)); left > 0; left -= 1) begin(what);
  };
  during(people.length * TASKS_A_DAY, () => joinAndWork(world));
  during(people.length * LOOKUPS_A_DAY, () => lookUp(world));
  during(people.length * GROWTH_A_DAY, () => arrive(world));
  const { from, to } = ANNOUNCING_HOURS;
  if (hourOfDay >= from && hourOfDay < to) {
    const perDay = (people.length * TASKS_A_DAY * ANNOUNCED_SHARE) / SLOTS;
    for (let left = chance.times(perDay / hoursOf(ANNOUNCING_HOURS)); left > 0; left -= 1) {
      begin(() => announce(world));
    }
  }
  if (REVIEWING_HOURS.some((hour) => hour === hourOfDay)) {
    for (const issuer of issuers) begin(() => review(world, issuer));
  }
}

/** Somebody who is not in the middle of something, and now is. */
function engage({ chance, population }: World): Person | undefined {
  for (let tries = 0; tries < SEEKS_MAX; tries += 1) {
    const person = chance.pick(population.people);
    if (person === undefined || person.isBusy) continue;
    person.isBusy = true;
    return person;
  }
  return undefined;
}

async function lookUp(world: World): Promise<void> {
  const person = engage(world);
  if (person === undefined) return;
  await world.phones.say(person, world.chance.pick(LOOKUPS) ?? 'HELP');
  person.isBusy = false;
}

/** Somebody new says hello and agrees. */
async function arrive({ phones, population }: World): Promise<void> {
  const person = population.newcomer();
  person.isBusy = true;
  const greeted = await phones.say(person, 'Hi');
  if (greeted !== undefined) await phones.say(person, 'OK');
  person.isBusy = false;
}

async function joinAndWork(world: World): Promise<void> {
  const { chance, phones } = world;
  const person = engage(world);
  if (person === undefined) return;
  if (chance.isSo(LOOKS_FIRST)) await phones.say(person, 'TASKS');
  const task = takePlace(world);
  const joined = task && (await phones.say(person, `JOIN ${task.id}`));
  if (task !== undefined && joined?.startsWith("You're in") === true) {
    await work(world, person, task);
  }
  person.isBusy = false;
}

/** A place of one of the tasks that are open and have not begun. */
function takePlace({ chance, scheduler, tasks }: World): Task | undefined {
  while (tasks.length > 0) {
    const at = chance.below(tasks.length);
    const task = tasks[at];
    const isOver = task === undefined || task.endsAt <= scheduler.clock.now() + ENDS * HOUR_MS;
    if (!isOver) task.places -= 1;
    if (isOver || task.places === 0) tasks.splice(at, 1);
    if (!isOver) return task;
  }
  return undefined;
}

async function work(world: World, person: Person, task: Task): Promise<void> {
  const { chance, phones, scheduler, spool } = world;
  if (chance.isSo(DROPS)) {
    await scheduler.sleep(chance.between(MINUTE_MS, 10 * HOUR_MS));
    await phones.say(person, `DROP ${task.id}`);
    return;
  }
  const { clock } = scheduler;
  await scheduler.sleep(task.endsAt - clock.now() + chance.between(0, 10 * HOUR_MS));
  const photo = async () => [{ spoolKey: await spool.put(chance.random.bytes(PHOTO_BYTES)) }];
  const pictures = chance.isSo(PHOTO_SHARE) ? await photo() : [];
  const done = await phones.say(person, `DONE ${task.id} we swept the whole square`, pictures);
  // Whoever came lately is asked once whether their words may be public.
  const sent = done?.includes('OK') === true ? await phones.say(person, 'OK') : done;
  const id = Number(/evidence (\d+)/.exec(sent ?? '')?.[1]);
  if (id > 0) task.issuer.waiting.push({ id, by: person });
}

/** Reviews all that waits for an issuer, several pieces at a time. */
async function review(world: World, issuer: Issuer): Promise<void> {
  const { chance, phones } = world;
  const { organizer } = issuer;
  const { waiting } = issuer;
  if (waiting.length === 0 || organizer.isBusy) return;
  issuer.waiting = [];
  organizer.isBusy = true;
  await phones.say(organizer, 'REVIEW');
  const approved: Evidence[] = [];
  for (const evidence of waiting) {
    if (!chance.isSo(REJECTED_SHARE)) approved.push(evidence);
    else await phones.say(organizer, `REJECT ${evidence.id} the photo shows another place`);
  }
  for (let from = 0; from < approved.length; from += REVIEWED_AT_ONCE) {
    const part = approved.slice(from, from + REVIEWED_AT_ONCE);
    await phones.say(organizer, `APPROVE ${part.map(({ id }) => id).join(' ')}`);
    for (const { by } of part) if (chance.isSo(REDEEMED_SHARE)) void redeem(world, by);
  }
  organizer.isBusy = false;
}

/** Some days later a resident takes an offer, and somebody at the counter confirms the code. */
async function redeem(world: World, person: Person): Promise<void> {
  const { chance, figures, phones, population, scheduler } = world;
  await scheduler.sleep(chance.between(...REDEEMS_MS));
  // Nobody redeems at night, and nobody says two things at once.
  while (person.isBusy || !isDay(scheduler)) {
    await scheduler.sleep(chance.between(HOUR_MS, 4 * HOUR_MS));
  }
  person.isBusy = true;
  const offer = chance.pick(population.offers);
  const held = offer && (await phones.say(person, `REDEEM ${offer.id}`));
  const code = CODE.exec(held ?? '')?.[0];
  if (offer !== undefined && code !== undefined) {
    await scheduler.sleep(chance.between(MINUTE_MS / 2, 5 * MINUTE_MS));
    const confirmed = await phones.say(offer.operator, `CONFIRM ${code}`);
    if (confirmed?.startsWith('GIVE IT') === true) figures.now().loops += 1;
    else figures.now().unhonored += 1;
  }
  person.isBusy = false;
}

/** The beginning of the simulation is midnight in the city. */
export const hourOfDay = (sinceStartMs: number): number =>
  Math.floor((sinceStartMs % DAY_MS) / HOUR_MS);

const OPENS = { from: 8, to: 20 } as const;
const isDay = ({ clock }: Scheduler): boolean => {
  const hour = hourOfDay(clock.elapsed());
  return hour >= OPENS.from && hour < OPENS.to;
};

async function announce(world: World): Promise<void> {
  const { chance, phones, population, scheduler, tasks } = world;
  const issuer = chance.pick(population.issuers);
  if (issuer === undefined || issuer.organizer.isBusy) return;
  const { organizer } = issuer;
  organizer.isBusy = true;
  const days = chance.pick(DAYS_AHEAD) ?? 1;
  const when = `in ${days} days ${STARTS}am-${ENDS}pm`;
  await phones.say(
    organizer,
    `ANNOUNCE Sweep the square; ${CREDITS}; ${when}; The square; ${SLOTS}`,
  );
  const said = await phones.say(organizer, 'OK');
  const id = Number(/task (\d+)/.exec(said ?? '')?.[1]);
  const { clock } = scheduler;
  const midnight = clock.now() - (clock.elapsed() % DAY_MS);
  const endsAt = midnight + days * DAY_MS + ENDS * HOUR_MS;
  if (id > 0) tasks.push({ id, issuer, endsAt, places: SLOTS });
  organizer.isBusy = false;
}
