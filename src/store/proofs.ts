/** Pages that show what a person did. */
import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { proofs } from './schema/index.ts';
import { exists, get, given, placeholders, replacing, run } from './statements.ts';

export type Proof = typeof proofs.$inferSelect;

export function proofsReads(db: Database) {
  return {
    /** The page of a person; undefined for none. */
    of: get(
      db
        .select()
        .from(proofs)
        .where(eq(proofs.personId, given('personId'))),
      (personId: number) => ({ personId }),
    ),
    /** The page with this digest of its token. */
    byDigest: get(
      db
        .select()
        .from(proofs)
        .where(eq(proofs.digest, given('digest'))),
      (digest: string) => ({ digest }),
    ),
  };
}

export function proofsWrites(db: Database) {
  return {
    /** The one of before ends. */
    put: run(
      db
        .insert(proofs)
        .values(placeholders('personId', 'digest', 'isPublic', 'createdAt'))
        .onConflictDoUpdate({
          target: proofs.personId,
          set: replacing(proofs, 'digest', 'isPublic', 'createdAt'),
        }),
      (proof: Proof) => proof,
    ),
    /** Whether there was one. */
    end: exists(
      db
        .delete(proofs)
        .where(eq(proofs.personId, given('personId')))
        .returning({ personId: proofs.personId }),
      (personId: number) => ({ personId }),
    ),
  };
}
