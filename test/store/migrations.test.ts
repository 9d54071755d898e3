import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withMigrations } from '#test-migrations';
import { withDatabase } from '#test-store';
import journal from '../../migrations/meta/_journal.json' with { type: 'json' };
import { createStore } from '../../src/store/store.ts';
import { STORE_AT_0001, STORE_AT_0003 } from '../support/old-stores.ts';

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

    expect(rows('select * from pictures order by id')).toMatchObject(
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
    // Later migrations add tables, columns and indexes: what was there before is looked at.
    const tables = rows(TABLES).map(({ name }) => {
      const columns = rows(`select name from pragma_table_info('${name}')`);
      return { name, columns: columns.map((column) => `"${column['name']}"`).join() };
    });
    const everything = () =>
      tables.map(({ name, columns }) => [
        name,
        rows(`select ${columns} from ${name} order by 1, 2`),
      ]);
    const parts = () =>
      rows(`select name, sql from sqlite_master where type in ('index', 'trigger') order by name`);
    for (const statement of [...STORE_AT_0001, ...STORE_AT_0003]) db.run(sql.raw(statement));
    const addFrench = () =>
      db.run(
        sql`insert into persons (participant_id, language, created_at) values ('p-9', 'fr', 1)`,
      );
    expect(addFrench).toThrow();
    const [before, partsBefore] = [everything(), parts()];
    await migrateOn(5);

    expect(everything()).toEqual(before);
    expect(parts()).toEqual(expect.arrayContaining(partsBefore));
    expect(rows('pragma foreign_key_check')).toEqual([]);
    expect(addFrench).not.toThrow();
    expect(addFrench).toThrow();
    expect(() => db.run(sql`delete from persons where id = 1`)).toThrow();
    expect(() => db.run(sql`delete from reviews`)).toThrow();
    await migrateOn();
    const store = createStore(db, (work) => work());
    expect(store.read.people.get(2)?.participantId).toBe('p-2');
    store.transact((tx) => tx.people.setLanguage(2, 'es', true));
    expect(store.read.people.get(2)).toMatchObject({ language: 'es', languageChosen: 1 });
  }));

test('of what waits in an older store the first of each address is found', () =>
  withMigrations(5, async (db, migrateOn) => {
    for (const statement of STORE_AT_0001) db.run(sql.raw(statement));
    const insert = [2, 2, 3].map(
      (who, at) => `(${at + 2}, 'sms', 'w${at}', ${who}, '{}', 'received', 1)`,
    );
    db.run(
      sql.raw(`insert into inbox (id, channel, external_id, identity_id, payload, state, received_at)
        values ${insert.join(', ')}`),
    );
    await migrateOn();
    const store = createStore(db, (work) => work());
    expect(store.read.inbox.waiting(0, 10).map(({ id }) => id)).toEqual([2, 4]);
    store.transact((tx) => tx.inbox.markDone([2], 2));
    expect(store.read.inbox.waiting(0, 10).map(({ id }) => id)).toEqual([3, 4]);
  }));

test('a store of before two agreements asks again who never agreed that words are public', () =>
  withMigrations(5, async (db, migrateOn) => {
    for (const statement of STORE_AT_0001) db.run(sql.raw(statement));
    const agreed = ['public-did', 'public-evidence', 'messages'];
    agreed.forEach((kind, at) => {
      db.run(sql`update persons set public_evidence_at = 5 where id = ${at + 1}`);
      db.run(sql`insert into consents (identity_id, kind, wording, at)
        values (${at + 1}, ${kind}, 'OK', 5)`);
    });
    db.run(sql`insert into broadcasts (id, task_id, state, total, created_at, ended_at)
      values (1, 1, 'done', 3, 1, 2), (2, 1, 'running', 3, 1, null)`);
    await migrateOn();
    const store = createStore(db, (work) => work());
    const agreedAt = (id: number) => store.read.people.get(id)?.publicEvidenceAt;
    expect([1, 2, 3].map(agreedAt)).toEqual([null, 5, null]);
    expect(store.read.broadcasts.unreported()).toEqual([]);
    expect(store.read.broadcasts.running()).toMatchObject([{ id: 2, stopped: 0 }]);
  }));

test('a store of before roles were asked for: who confirmed codes as a reviewer does so as a counter', () =>
  withMigrations(11, async (db, migrateOn) => {
    for (const statement of [
      `insert into persons (id, participant_id, language, created_at) values (1, 'p-1', 'en', 1)`,
      `insert into partners (id, kind, name, folded, state, rkey, cid, created_at) values
        (1, 'issuer', 'I', 'I', 'approved', 'i', 'i', 10), (2, 'redeemer', 'R', 'R', 'approved', 'r', 'r', 11),
        (3, 'issuer', 'N', 'N', 'pending', 'n', 'n', 12), (4, 'redeemer', 'S', 'S', 'suspended', 's', 's', 13)`,
      `insert into delegations (person_id, partner_id, role, created_at) values
        (1, 1, 'reviewer', 20), (1, 2, 'reviewer', 21), (1, null, 'admin', 22)`,
      `insert into invites (lookup, role, partner_id, created_at, expires_at) values
        ('a', 'reviewer', 1, 1, 9), ('b', 'reviewer', 2, 1, 9)`,
    ]) {
      db.run(sql.raw(statement));
    }
    await migrateOn();
    const rows = (query: string) => db.all<Record<string, unknown>>(sql.raw(query));
    const roles = (table: string) =>
      rows(`select role from ${table} order by id`).map((row) => row['role']);
    expect(roles('delegations')).toEqual(['reviewer', 'counter', 'admin']);
    expect(roles('invites')).toEqual(['reviewer', 'counter']);
    expect(rows('select partner_id, state from standings order by id')).toEqual([
      { partner_id: 1, state: 'approved' },
      { partner_id: 2, state: 'approved' },
      { partner_id: 3, state: 'invited' },
      { partner_id: 4, state: 'approved' },
      { partner_id: 4, state: 'suspended' },
    ]);
    expect(
      rows('select state, onboarding from partners order by id').map((row) => row['state']),
    ).toEqual(['approved', 'approved', 'invited', 'suspended']);
  }));
