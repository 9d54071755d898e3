import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withDatabase } from '#test-store';
import journal from '../../migrations/meta/_journal.json' with { type: 'json' };

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
    const insert = () => db.run(sql`insert into announcements values ('sms', 'x', 999)`);
    const because = (words: string) =>
      expect.objectContaining({
        cause: expect.objectContaining({ message: expect.stringContaining(words) }),
      });
    expect(insert).toThrow(because('FOREIGN KEY constraint failed'));
  }));
