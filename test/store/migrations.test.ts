import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withMigrations } from '#test-migrations';
import { withDatabase } from '#test-store';
import journal from '../../migrations/meta/_journal.json' with { type: 'json' };
import { createStore } from '../../src/store/store.ts';

test('every migration is applied to a new store', () =>
  withDatabase((db) => {
    const rows = db.all<{ created_at: number }>(sql`select created_at from __drizzle_migrations`);
    expect(rows).toHaveLength(journal.entries.length);
  }));

test('every table is STRICT, so that no value of another type gets in', () =>
  withDatabase((db) => {
    const loose = db.all<{ name: string }>(
      sql`select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0
          and name not like 'sqlite\_%' escape '\\' and name not like '\_%' escape '\\'`,
    );
    expect(loose).toEqual([]);
  }));

test('foreign keys are enforced', () =>
  withDatabase((db) => {
    const insert = () =>
      db.run(
        sql`insert into announcements (channel, external_id, task_id) values ('sms', 'x', 999)`,
      );
    const because = (words: string) =>
      expect.objectContaining({
        cause: expect.objectContaining({ message: expect.stringContaining(words) }),
      });
    expect(insert).toThrow(because('FOREIGN KEY constraint failed'));
  }));

test('a store of before places, activities and what pictures look like keeps what it has', () =>
  withMigrations(2, async (db, migrateOn) => {
    const rows = (query: string) => db.all<Record<string, unknown>>(sql.raw(query));
    for (const statement of STORE_AT_0001) db.run(sql.raw(statement));
    const pictures = rows('select * from pictures order by id');
    expect(pictures).toHaveLength(2);
    await migrateOn();

    expect(rows('select * from pictures order by id')).toEqual(
      pictures.map((picture) => ({
        ...picture,
        perceptual_hash: null,
        source: null,
        retry_at: 0,
      })),
    );
    expect(rows('select id, verified, recorded, place_id, place from tasks order by id')).toEqual([
      { id: 1, verified: 2, recorded: 0, place_id: null, place: 'The square' },
      { id: 2, verified: 0, recorded: 0, place_id: null, place: 'The park' },
    ]);
    expect(rows('select picture_id from evidence_pictures')).toEqual([{ picture_id: 1 }]);
    expect(rows('pragma foreign_key_check')).toEqual([]);

    // What the new version does with it.
    db.run(sql`insert into pictures (spool_key, state, cid) values ('', 'published', 'bafkreib')`);
    const store = createStore(db, (work) => work());
    expect(store.read.activities.tasksToRecord(10)).toEqual([1]);
    expect(store.read.activities.contributors(1, 0, 10)).toEqual([
      { participantId: 'p-2', at: 20 },
      { participantId: 'p-1', at: 21 },
    ]);
    expect(store.read.pictures.of(1).map(({ id }) => id)).toEqual([1, 2]);
    expect(store.read.pictures.keysInUse()).toEqual(['k1']);
  }));

const TABLES = `select name from sqlite_master where type = 'table'
  and name not like 'sqlite\\_%' escape '\\' and name not like '\\_%' escape '\\' order by name`;

test('a store of before any language could be spoken keeps what it has', () =>
  withMigrations(4, async (db, migrateOn) => {
    const rows = (query: string) => db.all<Record<string, unknown>>(sql.raw(query));
    const everything = () =>
      rows(TABLES).map(({ name }) => [name, rows(`select * from ${name} order by 1, 2`)]);
    const parts = () =>
      rows(`select name, sql from sqlite_master where type in ('index', 'trigger') order by name`);
    for (const statement of [...STORE_AT_0001, ...STORE_AT_0003]) db.run(sql.raw(statement));
    const addFrench = () =>
      db.run(
        sql`insert into persons (participant_id, language, created_at) values ('p-9', 'fr', 1)`,
      );
    expect(addFrench).toThrow();
    const [before, partsBefore] = [everything(), parts()];
    await migrateOn();

    expect(everything()).toEqual(before);
    expect(parts()).toEqual(partsBefore);
    expect(rows('pragma foreign_key_check')).toEqual([]);
    expect(addFrench).not.toThrow();
    expect(addFrench).toThrow();
    expect(() => db.run(sql`delete from persons where id = 1`)).toThrow();
    expect(() => db.run(sql`delete from reviews`)).toThrow();
    const store = createStore(db, (work) => work());
    expect(store.read.people.get(2)?.participantId).toBe('p-2');
    store.transact((tx) => tx.people.setLanguage(2, 'es', true));
    expect(store.read.people.get(2)).toMatchObject({ language: 'es', languageChosen: 1 });
  }));

/** A task with two people approved (the later claim first) and one rejected, and another task. */
const STORE_AT_0001 = [
  ...[1, 2, 3].flatMap((n) => [
    `insert into persons (id, participant_id, language, created_at) values (${n}, 'p-${n}', 'en', 1)`,
    `insert into identities (id, channel, lookup, key_id, ciphertext, person_id, created_at)
      values (${n}, 'sms', 'l${n}', 'k', x'01', ${n}, 1)`,
  ]),
  `insert into partners (id, kind, name, folded, state, rkey, cid, created_at)
    values (1, 'issuer', 'Issuer', 'ISSUER', 'approved', 'partner', 'c', 1)`,
  ...['The square', 'The park'].map(
    (place, at) =>
      `insert into tasks (id, partner_id, title, place, credits, slots, taken, starts_at, state,
        created_by, created_at, rkey, cid)
        values (${at + 1}, 1, 'Sweep', '${place}', 5, 3, 0, 9, 'open', 1, 1, 'task${at}', 'c')`,
  ),
  `insert into inbox (id, channel, external_id, identity_id, state, received_at)
    values (1, 'sms', 'x', 1, 'done', 1)`,
  `insert into pictures (id, inbox_id, spool_key, state, cid, sha256, media_type, size_bytes, width, height)
    values (1, 1, 'k1', 'clean', 'bafkreia', 'ab', 'image/jpeg', 100, 4, 3),
      (2, 1, 'k2', 'refused', null, null, null, null, null, null)`,
  ...(['verified', 'verified', 'rejected'] as const).flatMap((state, at) => {
    const [n, decision] = [at + 1, state === 'verified' ? 'approved' : 'rejected'];
    return [
      `insert into claims (id, task_id, person_id, state, created_at, rkey, cid)
        values (${n}, 1, ${n}, '${state}', 1, 'claim${n}', 'c')`,
      `insert into evidence (id, claim_id, partner_id, text, state, submitted_at, rkey, cid)
        values (${n}, ${n}, 1, 'Done', '${decision}', 1, 'evidence${n}', 'c')`,
    ];
  }),
  `insert into evidence_pictures (evidence_id, picture_id) values (1, 1)`,
  ...[
    [2, 'approved'],
    [1, 'approved'],
    [3, 'rejected'],
  ].map(
    ([evidence, decision], at) =>
      `insert into reviews (evidence_id, reviewer_id, decision, reason_code, note, at, rkey, cid)
        values (${evidence}, 1, '${decision}', 'seen', '', ${20 + at}, 'review${evidence}', 'c')`,
  ),
];

/** Something in every table that refers to a person, beside what `STORE_AT_0001` has. */
const STORE_AT_0003 = [
  `insert into delegations (person_id, partner_id, role, created_at) values (1, 1, 'owner', 1)`,
  `insert into invites (lookup, role, partner_id, created_at, expires_at, used_at, used_by)
    values ('i', 'owner', 1, 1, 9, 2, 1)`,
  `insert into link_codes (lookup, person_id, created_at, expires_at) values ('c', 2, 1, 9)`,
  `insert into code_failures (person_id, at) values (3, 1)`,
  `insert into consents (identity_id, kind, wording, at) values (2, 'messages', 'OK', 1)`,
  `insert into sessions (identity_id, command, step, data, expires_at)
    values (2, 'done', 'what', '{}', 9)`,
  `insert into offers (id, partner_id, title, credits, state, created_at, rkey, cid)
    values (1, 1, 'Coffee', 5, 'open', 1, 'offer', 'c')`,
  `insert into redemptions (id, offer_id, partner_id, person_id, credits, state, code_lookup,
      code_seed, hold_id, day, created_at, expires_at, resolved_at, honored_by)
    values (1, 1, 1, 2, 5, 'honored', 'l', 's', 'hold:1', '2026-11-01', 1, 9, 2, 3)`,
];
