import * as lexicon from '../../lexicons/org/hypercerts/claim/activity.defs.ts';
import type { StrongRef } from '../strong-ref.ts';
import { cut, datetime, participant, reference } from './fields.ts';

/** One record names no more contributors; the next ones get a record of their own. */
export const CONTRIBUTORS_MAX = 1000;

/** What kind of work a task is, as clients show it: until a catalog of task types names kinds. */
export const WORK_SCOPE = 'civic work';

/** The key of a part (from 1) of the work on a task: the task's own, then with the part's number. */
export const activityKey = (taskRkey: string, part: number): string =>
  part === 1 ? taskRkey : `${taskRkey}-${part}`;

export type ActivityFacts = {
  readonly title: string;
  /** The number by which people name the task. */
  readonly number: number;
  readonly city: string;
  readonly issuer: string;
  readonly place: string;
  readonly location?: StrongRef;
  /** In ms; a task without an end has null. */
  readonly startsAt: number;
  readonly endsAt: number | null;
  /** From 1. */
  readonly part: number;
  /**
   * Participant ids in the order in which their evidence was approved, `CONTRIBUTORS_MAX` at most;
   * nobody while the first evidence waits.
   */
  readonly contributors: readonly string[];
  /** When the first evidence was sent, or the first person of a further part was approved (ms). */
  readonly createdAt: number;
};

/** The record of work done on a task: a Hypercerts activity that names everybody who did it. */
export const activity = {
  lexicon,
  build: (activity: ActivityFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    title: cut(activity.title, 200, 256),
    shortDescription: cut(summaryOf(activity), 300, 3000),
    contributors: activity.contributors.map((id) => ({
      contributorIdentity: {
        $type: 'org.hypercerts.claim.activity#contributorIdentity',
        identity: participant(id),
      },
    })),
    workScope: {
      $type: 'org.hypercerts.claim.activity#workScopeString',
      scope: WORK_SCOPE,
    },
    startDate: datetime(activity.startsAt),
    ...(activity.endsAt === null ? {} : { endDate: datetime(activity.endsAt) }),
    ...(activity.location === undefined ? {} : { locations: [reference(activity.location)] }),
    createdAt: datetime(activity.createdAt),
  }),
  summarize: ({ title, contributors = [] }: lexicon.Main) =>
    contributors.length === 0 ? title : `${title}, done by ${contributors.length}`,
} as const;

const summaryOf = ({ number, city, issuer, place, part }: ActivityFacts): string =>
  `Work that residents did for ${issuer} at ${place}: task ${number} of ${city}. ` +
  `Each contributor's evidence was reviewed and approved.${part === 1 ? '' : ` Part ${part}.`}`;
