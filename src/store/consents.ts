import { and, asc, eq, gt, gte, type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { consents, identities } from './schema/index.ts';
import { exists, given, placeholders, run } from './statements.ts';

const PAGE = 500;

export type ConsentFilter = {
  /** From this time on (ms). */
  readonly since?: number | undefined;
  readonly channel?: string | undefined;
};

/** The agreements of people and their ends, oldest first, a page at a time. */
export function* consentPages(db: Database, filter: ConsentFilter) {
  const conditions: SQL[] = [];
  if (filter.since !== undefined) conditions.push(gte(consents.at, filter.since));
  if (filter.channel !== undefined) conditions.push(eq(identities.channel, filter.channel));
  let after = 0;
  for (;;) {
    const page = db
      .select({
        id: consents.id,
        at: consents.at,
        channel: identities.channel,
        keyId: identities.keyId,
        ciphertext: identities.ciphertext,
        kind: consents.kind,
        wording: consents.wording,
      })
      .from(consents)
      .innerJoin(identities, eq(identities.id, consents.identityId))
      .where(and(gt(consents.id, after), ...conditions))
      .orderBy(asc(consents.id))
      .limit(PAGE)
      .all();
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.id;
  }
}

/** The agreements of people and their ends, written. */
export function consentsWrites(db: Database) {
  return {
    /** Has somebody agreed to messages at an address after `since` (ms)? */
    hasAgreedSince: exists(
      db
        .select({ id: consents.id })
        .from(consents)
        .where(
          and(
            eq(consents.identityId, given('identityId')),
            eq(consents.kind, sql`'messages'`),
            gt(consents.at, given('since')),
          ),
        )
        .limit(1),
      (identityId: number, since: number) => ({ identityId, since }),
    ),
    add: run(
      db.insert(consents).values(placeholders('identityId', 'kind', 'wording', 'at')),
      (consent: Omit<typeof consents.$inferSelect, 'id'>) => consent,
    ),
  };
}
