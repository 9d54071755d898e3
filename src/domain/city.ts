import type { About, Where } from './about.ts';
import type { Area } from './area.ts';
import type { BudgetPolicies } from './budgets.ts';

/** One city and its policies, as `city.json` states them. */
export type City = {
  readonly name: string;
  /** IANA name, such as America/Los_Angeles. */
  readonly timeZone: string;
  /** The first is spoken until a person's own is known. */
  readonly languages: readonly string[];
  /** The city's word for its credits, as in `12 CITY credits`. */
  readonly currencyWord: string;
  readonly operator: string;
  /** A phone number, address or page where the operator can be reached. */
  readonly contact: string;
  /** Parts of the city that tasks and alerts can be chosen by. */
  readonly areas: readonly Area[];
  /** Places whose coordinates are known, by the names that organizers use for them. */
  readonly places?: readonly Where[] | undefined;
  /** What it tells about itself in public. */
  readonly about?: About | undefined;
  readonly policies: Policies;
  /** When a message nobody asked for may be sent. */
  readonly contactHours: Hours;
  /** When people may be told about a task that they joined; 07:00 to 22:00 where it is left out. */
  readonly serviceHours?: Hours | undefined;
};

/** Hours of the city's day: `from` ≤ hour < `to`. */
export type Hours = { readonly from: number; readonly to: number };

type Policies = {
  /** Whether a rejection brings credits all the same (domain.md, Evidence and verification). */
  readonly rejectionPolicy: 'withhold' | 'credit';
  /** How long evidence may wait before the city's admin is told. */
  readonly reviewDeadlineHours: number;
  /** How long a redemption code lives. */
  readonly codeMinutes: number;
  readonly liveCodesMax: number;
  /** How long an invitation can be taken up: 1–30 days. */
  readonly inviteDays: number;
  /** The most the whole city may issue in an epoch of three months. */
  readonly cityCap: number;
  /** How long a question waits for its answer. */
  readonly sessionMinutes: number;
  /**
   * How long it is known of a message that it came or went, once it is done: 8 days or more, since
   * providers bring messages again, and Telegram's ids begin anew after a quiet week.
   */
  readonly keepMessagesDays: number;
  /** Limits that are not the standard ones (docs/budgets.md). */
  readonly budgets?: BudgetPolicies | undefined;
};

/** The credits of everyday tasks (domain.md, Credits). */
export const CITY_CREDITS = 'CITY';
