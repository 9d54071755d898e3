// What a look at the outbox costs: recipients are visited, not the rows that wait for them.
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, test } from 'vitest';
import { outboxReads } from '../../src/store/outbox.ts';
import * as schema from '../../src/store/schema/index.ts';

test('a look finds each recipient and their first rows through an index, and reads no backlog', () => {
  const asked: string[] = [];
  const client = new Sqlite(':memory:', { verbose: (query) => asked.push(String(query)) });
  const db = drizzle(client, { schema });
  migrate(db, { migrationsFolder: 'migrations' });
  const reads = outboxReads(db);
  // An empty outbox is not looked through.
  asked.length = 0;
  reads.due({ channel: 'sms', now: 1, each: 16 }, 256);
  expect(asked.filter((query) => query.includes('ring'))).toEqual([]);
  const body = { text: 'Hello', choices: [], pictures: [] };
  const row = { channel: 'sms', kind: 'reply', state: 'pending', body } as const;
  db.insert(schema.outbox)
    .values({ ...row, notBefore: 0, createdAt: 0 })
    .run();
  asked.length = 0;
  expect(reads.due({ channel: 'sms', now: 1, each: 16 }, 256).rows).toHaveLength(1);
  const [look = '', ...others] = asked.filter((query) => query.includes('ring'));
  expect(others).toEqual([]);
  const plan = client.prepare(`explain query plan ${look}`).all() as { detail: string }[];
  client.close();
  const steps = plan.map(({ detail }) => detail);
  const ofOutbox = steps.filter((step) => /\b(one|own|other|outbox)\b/.test(step));
  // The window over all that waits is gone, and nothing of the table is read but by key or index.
  expect(ofOutbox.filter((step) => step.startsWith('SCAN') && !/ ring$/.test(step))).toEqual([]);
  expect(ofOutbox.filter((step) => /\bown\b/.test(step))).toEqual([
    'SEARCH own USING INDEX outbox_of_recipient (channel=? AND bulk=? AND <expr>=?)',
  ]);
  expect(ofOutbox.filter((step) => step.includes('<expr>>?'))).toHaveLength(2);
});
