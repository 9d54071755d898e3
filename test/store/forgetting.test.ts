// Every table that points at a person or an address is forgotten with them, shown to them, or public.
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withDatabase } from '#test-store';

/** What becomes of the rows of a column when its person is forgotten. */
const FORGOTTEN: Readonly<Record<string, 'deleted' | 'emptied' | 'public' | 'ended'>> = {
  'account_pairs.decided_by': 'emptied',
  'account_pairs.other_id': 'deleted',
  'account_pairs.person_id': 'deleted',
  'claims.person_id': 'public',
  'code_failures.person_id': 'deleted',
  'consents.identity_id': 'deleted',
  'data_links.person_id': 'deleted',
  'delegations.person_id': 'ended',
  'desk_links.identity_id': 'deleted',
  'desk_links.person_id': 'deleted',
  'desk_sessions.identity_id': 'deleted',
  'desk_sessions.person_id': 'deleted',
  'follow_ups.identity_id': 'deleted',
  'held_decisions.identity_id': 'deleted',
  'held_decisions.person_id': 'deleted',
  'identities.person_id': 'deleted',
  'inbox.identity_id': 'emptied',
  'invites.invited_by': 'emptied',
  'invites.used_by': 'emptied',
  'leaving.identity_id': 'deleted',
  'leaving.person_id': 'deleted',
  'link_codes.asker_id': 'deleted',
  'link_codes.identity_id': 'deleted',
  'link_codes.person_id': 'deleted',
  'moves.allowed_by': 'emptied',
  'moves.identity_id': 'deleted',
  'moves.old_identity_id': 'deleted',
  'moves.person_id': 'deleted',
  'notices.person_id': 'deleted',
  'outbox.identity_id': 'emptied',
  'pictures.identity_id': 'emptied',
  'proofs.person_id': 'deleted',
  'questions.person_id': 'deleted',
  'recovery_codes.person_id': 'deleted',
  'redemptions.honored_by': 'public',
  'redemptions.person_id': 'public',
  'reviews.reviewer_id': 'public',
  'series.created_by': 'public',
  'series_people.person_id': 'deleted',
  'sessions.identity_id': 'deleted',
  'shared_phones.identity_id': 'deleted',
  'shared_phones.person_id': 'deleted',
  'tasks.created_by': 'public',
};

test('it is known of every column that names a person or an address how it is forgotten', () =>
  withDatabase((db) => {
    const columns = db.all<{ name: string }>(sql`
      select tables.name || '.' || keys."from" as name
      from sqlite_master as tables join pragma_foreign_key_list(tables.name) as keys
      where tables.type = 'table' and keys."table" in ('persons', 'identities') order by 1`);
    expect(columns.map(({ name }) => name)).toEqual(Object.keys(FORGOTTEN).toSorted());
  }));
