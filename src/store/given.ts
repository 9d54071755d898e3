import { sql } from 'drizzle-orm';

/**
 * A value given at each run, in a condition. The plus changes nothing but this: SQLite, where it is
 * built with STAT4, would plan a statement anew for each value of a bare parameter, and planning a
 * join costs ten times what running it does.
 */
export const given = (name: string) => sql`+${sql.placeholder(name)}`;
