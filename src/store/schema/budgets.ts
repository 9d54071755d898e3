import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { BudgetUse } from '../../domain/budgets.ts';
import { json } from './json.ts';

/** What one subject used of each budget, by its name; of repeats, one for each text. */
export type SubjectUses = Readonly<Record<string, BudgetUse>>;

/** What was used of the budgets that are counted, a row for each subject. */
export const budgetUses = sqliteTable('budget_uses', {
  /** `person:12`, `issuer:3`, `channel:sms`: whose budgets they are. */
  subject: text().primaryKey(),
  uses: json<SubjectUses>().notNull(),
  /** When none of it counts any more (ms). */
  endsAt: integer('ends_at').notNull(),
});

/** The segments that were given out for texts on a day of the city. */
export const smsDays = sqliteTable('sms_days', {
  day: text().primaryKey(),
  segments: integer().notNull(),
  /** When the admins were told that few are left (ms); null while they were not. */
  toldAt: integer('told_at'),
});
