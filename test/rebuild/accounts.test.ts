// What a city knows of whose account is whose comes back with its backup.
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { unlinkAddress } from '../../src/services/people/part-address.ts';
import { giveRecoveryCode } from '../../src/services/people/recovery-code.ts';
import { addSecondPerson } from '../../src/services/people/share-phone.ts';
import type { Database } from '../../src/store/database.ts';
import { expectOk, withCity } from '../support/city.ts';
import { backupNow, sourceOf, withRebuilt } from '../support/rebuilt.ts';
import { databaseOf } from '../support/store.ts';

const accounts = (db: Database) => ({
  codes: db.all(sql`select participant_id, lookup from recovery_codes
    join persons on persons.id = person_id order by participant_id`),
  turns: db.all(sql`select participant_id, turn, lookup from shared_phones
    join persons on persons.id = shared_phones.person_id
    join identities on identities.id = identity_id order by turn`),
  pairs: db.all(sql`select min(one.participant_id, other.participant_id) as one,
      max(one.participant_id, other.participant_id) as other, basis, verdict, times
    from account_pairs join persons as one on one.id = account_pairs.person_id
    join persons as other on other.id = other_id order by 1, 2`),
});

test('recovery codes, shared phones and pairs of accounts are in a backup', () =>
  withCity(async (city) => {
    const ana = city.join('+15105550211');
    const ben = city.join('+15105550212');
    city.run((context) => {
      publishCity(context);
      giveRecoveryCode(context, ana.id);
      addSecondPerson(context, { identityId: ben.identityId, personId: ben.id }, 'agreed');
      context.tx.accounts.setPerson(city.admin.identityId, city.organizer.id);
      expectOk(unlinkAddress(context, city.organizer.id, city.admin.identityId));
    });
    const db = databaseOf(city.store);
    const before = accounts(db);
    expect(before.codes).toHaveLength(1);
    expect(before.turns).toHaveLength(2);
    expect(before.pairs).toHaveLength(2);
    await withRebuilt(sourceOf(db), (rebuilt) => expect(accounts(rebuilt)).toEqual(before), {
      backup: backupNow(db),
    });
  }));
