/**
 * Messages that are nobody's: of people who were forgotten, and of before the database was restored. Of
 * each nothing is left but a keyed digest of its id, so that a copy of it is known. They are of an
 * address that nobody has.
 */
import { and, eq, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { identities, inbox, outbox, persons, pictureBands, pictures } from './schema/index.ts';
import { all, get, given, isAmong, list, p, run, value } from './statements.ts';

/** The channel of nobody's address, and their participant id: neither is ever public. */
export const NOBODY = 'nobody';

const isNobody = sql`${identities.channel} = ${sql.raw(`'${NOBODY}'`)}`;
const isNobodys = sql`(select id from identities where channel = ${sql.raw(`'${NOBODY}'`)})`;
const isEvidence = sql`exists (select 1 from evidence_pictures where picture_id = ${pictures.id})`;

type Handed = {
  /** The address that takes them. */
  readonly to: number;
  /** No message after this one. */
  readonly until: number;
  readonly now: number;
  /** The id of a message as it is kept from now on. */
  readonly digestOf: (channel: string, externalId: string) => string;
};

export function nobodyWrites(db: Database) {
  const find = value(db.select({ value: identities.id }).from(identities).where(isNobody));
  const addPerson = get(
    db
      .insert(persons)
      .values({ participantId: NOBODY, language: sql`${p('language')}`, createdAt: 0 })
      .returning({ id: persons.id }),
    (language: string) => ({ language }),
  );
  const addIdentity = get(
    db
      .insert(identities)
      .values({
        channel: NOBODY,
        lookup: NOBODY,
        keyId: sql`${p('keyId')}`,
        ciphertext: sql`${p('ciphertext')}`,
        personId: sql`${p('personId')}`,
        createdAt: 0,
      })
      .returning({ id: identities.id }),
    (one: { keyId: string; ciphertext: Uint8Array; personId: number }) => one,
  );
  return {
    /** Nobody's address, made when it is first needed. `sealed` is what its ciphertext is then. */
    nobody: (language: string, sealed: () => { keyId: string; bytes: Uint8Array }): number => {
      const known = find();
      if (known !== undefined) return known;
      const personId = addPerson(language)?.id ?? 0;
      const { keyId, bytes: ciphertext } = sealed();
      return addIdentity({ keyId, ciphertext, personId })?.id ?? 0;
    },
    hand: hand(db),
    ...pictureWrites(db),
  };
}

/** Gives nobody the messages of an address, up to one of them, without what they said. */
function hand(db: Database): (identityId: number, handed: Handed) => void {
  const received = all(
    db
      .select({ id: inbox.id, channel: inbox.channel, externalId: inbox.externalId })
      .from(inbox)
      .where(and(eq(inbox.identityId, given('identityId')), lte(inbox.id, given('until')))),
    (identityId: number, until: number) => ({ identityId, until }),
  );
  const empty = run(
    db
      .update(inbox)
      .set({
        identityId: sql`${p('to')}`,
        externalId: sql`(select value ->> 1 from json_each(${given('digests')})
          where value ->> 0 = ${inbox.id})`,
        payload: null,
        place: null,
        postUri: null,
        postCid: null,
        error: null,
        sentAt: null,
        head: 0,
        state: 'done',
        processedAt: sql`coalesce(${inbox.processedAt}, ${p('now')})`,
      })
      .where(isAmong(inbox.id, 'ids')),
    (rows: readonly (readonly [number, string])[], to: number, now: number) => ({
      to,
      now,
      digests: JSON.stringify(rows),
      ids: JSON.stringify(rows.map(([id]) => id)),
    }),
  );
  const emptyOut = run(
    db
      .update(outbox)
      .set({
        identityId: null,
        inboxId: null,
        redemptionId: null,
        place: null,
        thread: null,
        body: null,
        providerId: null,
        error: null,
        state: sql`case when ${outbox.state} in ('pending', 'leased') then 'failed'
          else ${outbox.state} end`,
      })
      .where(
        and(
          eq(outbox.identityId, given('identityId')),
          sql`coalesce(${outbox.inboxId}, 0) <= ${given('until')}`,
        ),
      ),
    (identityId: number, until: number) => ({ identityId, until }),
  );
  const handPictures = run(
    db
      .update(pictures)
      .set({ identityId: sql`${p('to')}` })
      .where(eq(pictures.identityId, given('identityId'))),
    (identityId: number, to: number) => ({ identityId, to }),
  );
  return (identityId, { to, until, now, digestOf }) => {
    handPictures(identityId, to);
    emptyOut(identityId, until);
    const rows = received(identityId, until).map(
      ({ id, channel, externalId }) => [id, digestOf(channel, externalId)] as const,
    );
    if (rows.length > 0) empty(rows, to, now);
  };
}

/** Pictures of people who were forgotten. */
function pictureWrites(db: Database) {
  const useless = and(
    sql`${pictures.identityId} in ${isNobodys} and not ${isEvidence}`,
    sql`${pictures.state} in ('remote', 'raw', 'clean')`,
  );
  const keys = list(
    db.select({ value: pictures.spoolKey }).from(pictures).where(useless),
    () => ({}),
  );
  const looks = run(
    db
      .delete(pictureBands)
      .where(sql`${pictureBands.pictureId} in (select id from pictures where ${useless})`),
    () => ({}),
  );
  const refuse = run(
    db
      .update(pictures)
      .set({
        ...{ state: 'refused', reason: NOBODY, spoolKey: '' },
        ...{ cid: null, sha256: null, perceptualHash: null },
      })
      .where(useless),
    () => ({}),
  );
  return {
    /** Drops those that became no evidence; answers the keys of their bytes. */
    dropPictures: (): readonly string[] => {
      const found = keys();
      if (found.length === 0) return [];
      looks();
      refuse();
      return found.filter((key) => key !== '');
    },
  };
}
