import * as lexicon from '../../lexicons/org/city-sync/civic/epoch.defs.ts';
import type { StrongRef } from '../strong-ref.ts';
import { actor } from './delegation.ts';
import { datetime, reference, type Times, times } from './fields.ts';

export type EpochFacts = Times & {
  /** Such as `2026-Q4`; the record's key. */
  readonly name: string;
  /** In ms; the epoch is over at `endsAt`. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** The city's own first, then those of the issuers in an order that stays. */
  readonly caps: readonly {
    /** Absent for the whole city. */
    readonly issuer?: StrongRef | undefined;
    readonly creditKind: string;
    readonly amount: number;
    /** The epoch whose cap it was; null for one that was decided. */
    readonly carriedFrom?: string | null | undefined;
    /** In ms; null for one that was carried over, or from before this was written down. */
    readonly decidedAt?: number | null | undefined;
    /** The admin's participant id; null for the city's own. */
    readonly by?: string | null | undefined;
  }[];
  /** `credit` once a rejection could bring credits at any time in the epoch. */
  readonly rejectionPolicy: 'withhold' | 'credit';
};

/** The record of an epoch: from when to when it lasts, and how much may be issued in it. */
export const epoch = {
  lexicon,
  build: (epoch: EpochFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    name: epoch.name,
    startsAt: datetime(epoch.startsAt),
    endsAt: datetime(epoch.endsAt),
    caps: epoch.caps.map(({ issuer, creditKind, amount, carriedFrom, decidedAt, by }) => ({
      ...(issuer === undefined ? {} : { issuer: reference(issuer) }),
      creditKind,
      amount,
      ...(typeof carriedFrom === 'string' ? { carriedFrom } : {}),
      ...(typeof decidedAt === 'number' ? { decidedAt: datetime(decidedAt) } : {}),
      ...actor(by ?? null),
    })),
    rejectionPolicy: epoch.rejectionPolicy,
    ...times(epoch),
  }),
  summarize: ({ name, caps: [city] }: lexicon.Main) =>
    city === undefined ? name : `${name}: at most ${city.amount} ${city.creditKind}`,
} as const;
