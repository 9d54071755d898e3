/**
 * What the city's project tells from time to time: each month with approved work, milestones, and a
 * report on each epoch. Figures in plain English, and nobody by name: it is a public record.
 */
import { grouped } from '../lib/text.ts';
import { dayOf, type Epoch, type Month } from './calendar.ts';

export type Told = {
  readonly title: string;
  /** In a sentence. */
  readonly short: string;
  readonly text: string;
};

/** The city by its name, and the word of the public record for its credits. */
export type Teller = {
  readonly city: string;
  readonly creditKind: string;
  readonly timeZone: string;
};

/** Credits that were issued, redeemed and expired in some time. */
export type Credits = {
  readonly issued: number;
  readonly redeemed: number;
  readonly expired: number;
};

const MILLION = 1_000_000;
/** From here on the digits in a row could be a telephone's. */
const ROUNDED_FROM = 100 * MILLION;

const figure = (count: number): string =>
  count < ROUNDED_FROM
    ? grouped(count)
    : `more than ${grouped(Math.floor(count / MILLION))} million`;
const counted = (count: number, one: string, many: string): string =>
  `${figure(count)} ${count === 1 ? one : many}`;
const people = (count: number): string => counted(count, 'person', 'people');
const tasks = (count: number): string => counted(count, 'task', 'tasks');

/** A month that is over: tasks and people whose work was approved in it, and its credits. */
export function tellMonth(
  { city, creditKind }: Teller,
  month: Pick<Month, 'name'>,
  figures: Credits & { readonly tasks: number; readonly people: number },
): Told {
  const { issued, redeemed } = figures;
  return {
    title: `${month.name} in ${city}`,
    short:
      `${tasks(figures.tasks)} with approved work, ${people(figures.people)}; ` +
      `${figure(issued)} ${creditKind} issued, ${figure(redeemed)} ${creditKind} redeemed.`,
    text:
      `In ${month.name}, residents of ${city} sent evidence of what they had done, and it was approved: ` +
      `work on ${tasks(figures.tasks)}, done by ${people(figures.people)}. ` +
      `${figure(issued)} ${creditKind} credits were issued in that month, and ${figure(redeemed)} were redeemed at local businesses. ` +
      'Each piece of evidence, each review and each transfer of credits is a record in this repository.',
  };
}

/** The first approved piece of evidence is told of, the tenth, the hundredth and so on. */
export const FIRST_MILESTONE = 1;
export const nextMilestone = (count: number): number => count * 10;

/** The piece of approved evidence that makes so many; `at` is when it was approved (ms). */
export function tellApproved({ city, timeZone }: Teller, count: number, at: number): Told {
  const day = dayOf(at, timeZone);
  if (count === FIRST_MILESTONE) {
    return {
      title: `The first approved work in ${city}`,
      short: `The first piece of evidence was approved on ${day}.`,
      text:
        `On ${day} an organizer in ${city} looked at what a resident had done and approved it, for the first time. ` +
        'The task, the evidence, its review and the credits are records in this repository.',
    };
  }
  return {
    title: `${figure(count)} pieces of approved work in ${city}`,
    short: `Piece ${figure(count)} of evidence was approved on ${day}.`,
    text:
      `Since ${day} there are ${figure(count)} pieces of approved evidence in ${city}. ` +
      'Each has a review, and each review says why, in a record in this repository.',
  };
}

/** The first credits that were redeemed, at a time (ms). */
export function tellFirstRedemption({ city, creditKind, timeZone }: Teller, at: number): Told {
  const day = dayOf(at, timeZone);
  return {
    title: `The first credits redeemed in ${city}`,
    short: `A local business honored ${creditKind} credits for the first time on ${day}.`,
    text:
      `On ${day} a local business in ${city} honored credits that a resident had earned by approved work, for the first time. ` +
      'The credits are burned: they are spent once, and nobody can spend them again.',
  };
}

/** The report on an epoch that is over; `cap` is what the city could issue in it at most. */
export function tellEpoch(
  { city, creditKind }: Teller,
  epoch: Pick<Epoch, 'name'>,
  { issued, redeemed, expired, cap }: Credits & { readonly cap: number },
): Told {
  return {
    title: `Report on ${epoch.name} in ${city}`,
    short: `${figure(issued)} of ${figure(cap)} ${creditKind} issued, ${figure(redeemed)} redeemed, ${figure(expired)} expired.`,
    text:
      `The epoch ${epoch.name} of ${city} is over. Up to ${figure(cap)} ${creditKind} credits could be issued in it; ${figure(issued)} were. ` +
      `${figure(redeemed)} were redeemed at local businesses in that time, and ${figure(expired)} expired. ` +
      'Anybody can add the figures up again from the transfers in this repository.',
  };
}
