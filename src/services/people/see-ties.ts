import { CITY_CREDITS } from '../../domain/city.ts';
import { personAccount } from '../../domain/ledger.ts';
import type { LinkedPerson } from '../../domain/link.ts';
import type { Person } from '../../store/people.ts';
import type { Context } from '../context.ts';
import { seeBalance } from '../credits/see-balance.ts';

/** The ties of a person to what they did, and what would be lost with them. */
export function seeTies(
  context: Context,
  person: Pick<Person, 'id' | 'participantId'>,
): LinkedPerson {
  const { tx, now } = context;
  const ties = tx.linkCodes.tiesOf(person.id, now);
  const { available, held } = seeBalance(context, person.participantId);
  const account = tx.ledger.account(personAccount(person.participantId).name, CITY_CREDITS);
  return {
    hasHistory: ties.claims > 0 || account !== undefined,
    available,
    held,
    liveCodes: ties.liveCodes,
    openClaims: ties.openClaims,
    roles: ties.delegations,
  };
}
