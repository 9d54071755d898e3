import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type * as schema from './schema/index.ts';

/** The synchronous SQLite that both runtimes have: better-sqlite3 and a Durable Object. */
export type Database = BaseSQLiteDatabase<'sync', unknown, typeof schema>;
