import type { ClaimState, ClaimStep } from '../../domain/claim.ts';
import * as lexicon from '../../lexicons/org/city-sync/civic/claim.defs.ts';
import type { StrongRef } from '../strong-ref.ts';
import { datetime, participant, reference, type Times, times } from './fields.ts';

export type ClaimFacts = Times & {
  /** The task as it stood at the newest step. */
  readonly task: StrongRef;
  /** The participant id of the person. */
  readonly participant: string;
  readonly state: ClaimState;
  /** Every step so far, the oldest first; left out by what a version before steps wrote. */
  readonly steps?: readonly ClaimStep[];
  /** How many people they bring. */
  readonly guests?: number;
};

/** The record of a person's part in a task, at each step of it. */
export const claim = {
  lexicon,
  isSound: true,
  build: (claim: ClaimFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    task: reference(claim.task),
    participant: participant(claim.participant),
    status: claim.state,
    ...(claim.steps?.length ? { steps: claim.steps.map(stepOf) } : {}),
    ...(claim.guests ? { guests: claim.guests } : {}),
    ...times(claim),
  }),
  summarize: ({ participant, status }: lexicon.Main) => `${participant}: ${status}`,
} as const;

const stepOf = ({
  state,
  at,
  guests,
  way,
  by,
  until,
  startsAt,
  isFree,
}: ClaimStep): lexicon.Step => ({
  status: state,
  decidedAt: datetime(at),
  ...(guests ? { guests } : {}),
  ...(way === undefined ? {} : { way }),
  ...(by === undefined ? {} : { by: participant(by) }),
  ...(until === undefined ? {} : { expiresAt: datetime(until) }),
  ...(startsAt === undefined ? {} : { startsAt: datetime(startsAt) }),
  ...(isFree === undefined ? {} : { free: isFree }),
});
