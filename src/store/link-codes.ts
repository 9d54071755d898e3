import { eq, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import {
  accountPairs,
  claims,
  delegations,
  evidence,
  linkCodes,
  persons,
  redemptions,
  reviews,
} from './schema/index.ts';
import { changes, exists, get, given, p, placeholders, row, run } from './statements.ts';

export type LinkCode = typeof linkCodes.$inferSelect;

const isThis = eq(linkCodes.lookup, given('lookup'));

/** Codes by which a person shows on another channel that both are the same, read. */
export function linkCodesReads(db: Database) {
  return {
    get: get(db.select().from(linkCodes).where(isThis), (lookup: string) => ({ lookup })),
    /** The code of that name, which nobody said so far. */
    named: get(
      db
        .select()
        .from(linkCodes)
        .where(eq(linkCodes.name, given('name'))),
      (name: string) => ({ name }),
    ),
    tiesOf: row(
      db
        .select({
          claims: sql<number>`(select count(*) from ${claims} where person_id = persons.id)`,
          openClaims: sql<number>`(select count(*) from ${claims} where person_id = persons.id
            and state in ('joined', 'confirmed', 'standby', 'offered', 'checked-in', 'submitted'))`,
          liveCodes: sql<number>`(select count(*) from ${redemptions}
            where person_id = persons.id and state = 'held')`,
          delegations: sql<number>`(select count(*) from ${delegations}
            where person_id = persons.id and revoked_at is null
              and coalesce(expires_at, ${p('now')} + 1) > ${given('now')})`,
        })
        .from(persons)
        .where(eq(persons.id, given('personId'))),
      (personId: number, now: number) => ({ personId, now }),
    ),
    haveJudged: haveJudged(db),
  };
}

/** Codes by which a person shows on another channel that both are the same, written. */
export function linkCodesWrites(db: Database) {
  return {
    add: run(
      db
        .insert(linkCodes)
        .values(
          placeholders(
            ...(['lookup', 'name', 'personId', 'identityId', 'askerId', 'step'] as const),
            ...(['createdAt', 'expiresAt'] as const),
          ),
        ),
      (code: Omit<LinkCode, 'wrong'>) => code,
    ),
    /** Counts a wrong guess at the code of a name. */
    countWrong: run(
      db
        .update(linkCodes)
        .set({ wrong: sql`${linkCodes.wrong} + 1` })
        .where(isThis),
      (lookup: string) => ({ lookup }),
    ),
    /** Somebody said the code, or agreed: now somebody else has to. A code that was said has no name. */
    setStep: run(
      db
        .update(linkCodes)
        .set({ ...changes('askerId', 'step', 'expiresAt'), name: null })
        .where(isThis),
      (lookup: string, next: Pick<LinkCode, 'askerId' | 'step' | 'expiresAt'>) => ({
        ...next,
        lookup,
      }),
    ),
    end: run(db.delete(linkCodes).where(isThis), (lookup: string) => ({ lookup })),
    /** Ends the codes of a person, and what they asked for. */
    remove: run(
      db.delete(linkCodes).where(eq(linkCodes.personId, given('personId'))),
      (personId: number) => ({ personId }),
    ),
    /** Ends what an address was to agree to: it is somebody else's turn there. */
    removeAt: run(
      db.delete(linkCodes).where(
        sql`${linkCodes.identityId} = ${given('identityId')}
            or ${linkCodes.askerId} = ${given('identityId')}`,
      ),
      (identityId: number) => ({ identityId }),
    ),
    forget: run(
      db.delete(linkCodes).where(lte(linkCodes.expiresAt, given('now'))),
      (now: number) => ({ now }),
    ),
  };
}

/**
 * Has one of two persons decided about the other's evidence, or honored the other's code? Accounts
 * that are known to be theirs count as well.
 */
function haveJudged(db: Database): (one: number, other: number) => boolean {
  const sideOf = (name: string) =>
    sql`(select ${given(name)} as id union
      select case person_id when ${given(name)} then other_id else person_id end
      from ${accountPairs} where verdict = 'same' and ${given(name)} in (person_id, other_id))`;
  const judges = (judge: string, judged: string) => sql`exists (
    select 1 from ${claims} join ${evidence} on evidence.claim_id = claims.id
      join ${reviews} on reviews.evidence_id = evidence.id
      where claims.person_id in ${sideOf(judged)} and reviews.reviewer_id in ${sideOf(judge)}
    union all select 1 from ${redemptions}
      where person_id in ${sideOf(judged)} and honored_by in ${sideOf(judge)})`;
  return exists(
    db
      .select({ id: persons.id })
      .from(persons)
      .where(
        sql`${persons.id} = ${given('one')}
          and (${judges('one', 'other')} or ${judges('other', 'one')})`,
      ),
    (one: number, other: number) => ({ one, other }),
  );
}
