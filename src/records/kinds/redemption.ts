import * as lexicon from '../../lexicons/org/city-sync/civic/redemption.defs.ts';
import type { StrongRef } from '../strong-ref.ts';
import { actor } from './delegation.ts';
import { datetime, reference } from './fields.ts';

export type RedemptionFacts = {
  readonly offer: StrongRef;
  readonly redeemer: StrongRef;
  /** The transfer that burned the held credits. */
  readonly burn: StrongRef;
  /** In ms. */
  readonly honoredAt: number;
  /** The code had ended; its confirmation was sent in time. */
  readonly isLate: boolean;
  /** The participant id of who confirmed the code; null where nobody is known. */
  readonly by?: string | null;
};

/** The record of a redemption honored. Its code stays between the holder and the redeemer. */
export const redemption = {
  lexicon,
  isSound: true,
  build: (redemption: RedemptionFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    offer: reference(redemption.offer),
    redeemer: reference(redemption.redeemer),
    burn: reference(redemption.burn),
    ...(redemption.isLate ? { late: true } : {}),
    ...actor(redemption.by),
    createdAt: datetime(redemption.honoredAt),
  }),
  summarize: ({ late }: lexicon.Main) => (late === true ? 'honored late' : 'honored'),
} as const;
