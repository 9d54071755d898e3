/** The right of a person to act for somebody, as the records of partners and of the city list it. */
import { datetime, participant } from './fields.ts';

export type DelegationFacts = {
  readonly participant: string;
  readonly role: string;
  /** In ms; null while no end is set. */
  readonly since: number;
  readonly until: number | null;
  /** The participant id of who gave it; null where nobody is known. */
  readonly by: string | null;
};

/** One entry of the list. */
export const delegation = ({ role, since, until, by, ...who }: DelegationFacts) => ({
  participant: participant(who.participant),
  role,
  startsAt: datetime(since),
  ...(until === null ? {} : { endsAt: datetime(until) }),
  ...actor(by),
});

/** Who did something, where that is known. */
export const actor = (by: string | null | undefined) => (by == null ? {} : { by: participant(by) });
