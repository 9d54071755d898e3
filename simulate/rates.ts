/**
 * How residents behave, in simple rates. None of them was measured in a city: each is an assumption,
 * to be replaced once a pilot knows better. The sentences are printed above every simulation.
 */

/** How many of the residents of a city take part. */
export const TAKING_PART = 0.1;

/** On which channel they do. */
export const CHANNEL_SHARES = { sms: 0.6, telegram: 0.3, bluesky: 0.1 } as const;

/** Who asked for alerts about new tasks, of those who take part. */
export const ALERTS_SHARE = 0.1;

/** How many tasks somebody who takes part joins a day: one a month. */
export const TASKS_A_DAY = 1 / 30;

/** Places of a task. Organizers announce as many tasks as it takes for those who join. */
export const SLOTS = 10;
/** Organizers announce a little more than is joined. */
export const ANNOUNCED_SHARE = 1.2;

/** Credits of a task, and of an offer. */
export const CREDITS = 20;

/** Of those who join, who looks at the list of tasks first, and who drops out before the start. */
export const LOOKS_FIRST = 0.5;
export const DROPS = 0.1;

/** Of those who worked, who sends a photo with the words. */
export const PHOTO_SHARE = 0.5;
/** Of the evidence, what is rejected. */
export const REJECTED_SHARE = 0.03;

/** Of those who were paid, who redeems: the middle of the healthy 0.70 to 0.90 (η). */
export const REDEEMED_SHARE = 0.8;

/** How often somebody who takes part looks something up (BALANCE, TASKS, OFFERS, HELP) a day. */
export const LOOKUPS_A_DAY = 2 / 30;

/** How much the number of those who take part grows a day: by 2 % a month. */
export const GROWTH_A_DAY = 0.02 / 30;

/** One issuer and one redeemer for so many residents. */
export const RESIDENTS_A_PARTNER = 2000;

/** When people text, by the hour of the city's day. */
const BY_HOUR = [...[1, 0, 0, 0, 0, 1, 2, 4, 6, 6, 6, 6], ...[7, 6, 5, 5, 6, 7, 8, 8, 7, 5, 3, 1]];
const BY_HOUR_SUM = BY_HOUR.reduce((sum, weight) => sum + weight, 0);
/** The share of a day's texts that come in an hour of it (0 to 23). */
export const shareOfHour = (hour: number): number => (BY_HOUR[hour] ?? 0) / BY_HOUR_SUM;

/** Organizers announce from this hour to that one. */
export const ANNOUNCING_HOURS = { from: 8, to: 18 } as const;
/** The hours at which the reviewers of an issuer look at what waits. */
export const REVIEWING_HOURS = [12, 19] as const;
/** How many pieces of evidence a reviewer names in one message. */
export const REVIEWED_AT_ONCE = 8;

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** The assumptions, in sentences. */
export const RATES_IN_WORDS: readonly string[] = [
  `${percent(TAKING_PART)} of the residents take part: ${percent(CHANNEL_SHARES.sms)} by SMS, ${percent(CHANNEL_SHARES.telegram)} by Telegram, ${percent(CHANNEL_SHARES.bluesky)} by Bluesky. They grow by 2 % a month.`,
  `${percent(ALERTS_SHARE)} of them asked for alerts: each new task is announced to those, within the city's alertsPerDay.`,
  `Each joins one task a month (${percent(LOOKS_FIRST)} look at TASKS first, ${percent(DROPS)} drop out) and looks something up twice a month.`,
  `A task has ${SLOTS} places and is a day or two ahead; organizers announce ${ANNOUNCED_SHARE} places for each that is wanted, from ${ANNOUNCING_HOURS.from}:00 to ${ANNOUNCING_HOURS.to}:00.`,
  `Who worked sends evidence within a day of the end, ${percent(PHOTO_SHARE)} with a photo; reviewers look twice a day, up to ${REVIEWED_AT_ONCE} in a message, and reject ${percent(REJECTED_SHARE)}.`,
  `${percent(REDEEMED_SHARE)} of those who were paid redeem within two days, and a café confirms it minutes later.`,
  `There is an issuer and a redeemer for every ${RESIDENTS_A_PARTNER} residents.`,
];
