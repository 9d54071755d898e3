/** How large the city is that `npm run bench -- --city` measures, in full and in short. */
export type Sizes = {
  readonly people: number;
  /** How many joined the task that is closed, and how many sent evidence that is approved. */
  readonly joined: number;
  /** How many asked to be told of new tasks. */
  readonly subscribers: number;
  /** How often each page is asked for. */
  readonly looks: number;
  /** For how long answers are timed at least (s). */
  readonly seconds: number;
};

/** The size at which a cash-aid platform asserts its own limits. */
export const FULL: Sizes = {
  people: 131_072,
  joined: 32_768,
  subscribers: 65_536,
  looks: 1000,
  seconds: 20,
};

/** A smoke test: its figures compare with nothing. */
export const QUICK: Sizes = {
  people: 2048,
  joined: 512,
  subscribers: 1024,
  looks: 50,
  seconds: 2,
};

/** What the city may send by SMS, the most that its settings take. */
export const SENT_PER_SECOND = 1000;
/** How many people of the issuer review at the same time. */
export const REVIEWERS = 4;
/** A task has no more spots; whoever joins then stands by, and hears of its end all the same. */
export const SLOTS_MAX = 10_000;
/** How many people took part in each task of the past. */
export const PAST_SLOTS = 512;
