import { eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { claimSlips } from './schema/index.ts';
import { get, given, placeholders, run } from './statements.ts';

type Slip = typeof claimSlips.$inferSelect;

/** Slips of people without an account, read. */
export const claimSlipsReads = (db: Database) => ({
  byCode: get(
    db
      .select()
      .from(claimSlips)
      .where(eq(claimSlips.codeLookup, given('codeLookup'))),
    (codeLookup: string) => ({ codeLookup }),
  ),
});

/** Slips of people without an account, written. */
export const claimSlipsWrites = (db: Database) => ({
  add: run(
    db.insert(claimSlips).values(placeholders('codeLookup', 'claimId', 'expiresAt')),
    (slip: Omit<Slip, 'id'>) => slip,
  ),
  remove: run(db.delete(claimSlips).where(eq(claimSlips.id, given('id'))), (id: number) => ({
    id,
  })),
  removeExpired: run(
    db.delete(claimSlips).where(sql`${claimSlips.expiresAt} <= ${given('now')}`),
    (now: number) => ({ now }),
  ),
});
