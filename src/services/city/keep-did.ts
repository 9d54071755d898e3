import { CITY_DID } from '../../store/cursors.ts';
import type { Context } from '../context.ts';

/**
 * Binds a database to one repository, for good: its records refer to one another by the DID.
 * Throws a sentence for people when it is another's.
 */
export function keepDid({ tx, did }: Context): void {
  const before = tx.cursors.get(CITY_DID);
  if (before !== undefined && before !== did) {
    throw new Error(`The database is that of ${before}, and the account is ${did}.`);
  }
  if (before === undefined) tx.cursors.put(CITY_DID, did);
}
