import * as lexicon from '../../lexicons/org/city-sync/civic/claim.defs.ts';
import type { StrongRef } from '../strong-ref.ts';
import { participant, reference, type Times, times } from './fields.ts';

/** A claim's state in the store, and the word that the public record has for it. */
const STATUS = {
  active: 'joined',
  standby: 'standby',
  submitted: 'submitted',
  verified: 'verified',
  rejected: 'rejected',
  dropped: 'left',
  closed: 'closed',
} as const;

export type ClaimFacts = Times & {
  /** The task as it stood when the person joined. */
  readonly task: StrongRef;
  /** The participant id of the person. */
  readonly participant: string;
  readonly state: keyof typeof STATUS;
};

/** The record of a person's part in a task, at each step of it. */
export const claim = {
  lexicon,
  isSound: true,
  build: (claim: ClaimFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    task: reference(claim.task),
    participant: participant(claim.participant),
    status: STATUS[claim.state],
    ...times(claim),
  }),
  summarize: ({ participant, status }: lexicon.Main) => `${participant}: ${status}`,
} as const;
