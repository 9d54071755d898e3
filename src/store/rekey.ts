/** What is sealed with the `SECRET_KEY` before, and is sealed anew with the one of now. */
import { eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { dataLinks, identities, invites, linkCodes, redemptions } from './schema/index.ts';
import { SEALED } from './sealing.ts';
import { changes, given, run, value } from './statements.ts';

/** Columns in which texts are sealed, or have something sealed within. The addresses come last. */
const COLUMNS = [
  ...SEALED,
  ['desk_sessions', 'question'],
  ['desk_answers', 'answer'],
  ['held_decisions', 'words'],
  ['payloads', 'value'],
  ['cursors', 'value'],
  ['outbox', 'body'],
] as const;

const PAGE = 1000;
const IDENTITIES_PAGE = 200;

/** A walk over all that is sealed stands here: the column, and the row that it has come to. */
export type RekeyPlace = { readonly column: number; readonly after: number };

export const REKEY_START: RekeyPlace = { column: 0, after: 0 };

type Sealed = { readonly keyId: string; readonly ciphertext: Uint8Array };

/** How something is sealed anew. */
export type Reseal = {
  /** The key of before. */
  readonly keyId: string;
  readonly text: (sealed: string) => string;
  readonly address: (channel: string, sealed: Sealed) => Sealed & { readonly lookup: string };
};

export type RekeyStep = {
  /** Undefined where the walk has ended. */
  readonly next: RekeyPlace | undefined;
  readonly changed: number;
};

/** What can only be known again with the key of before: codes, invitations and links that live. */
export function rekeyReads(db: Database) {
  return {
    /** When (ms) the last of those made until `began` (ms) ends; undefined where none lives at `now`. */
    lookupsUntil: value(
      db
        .select({
          value: sql<number | null>`max(until)`,
        })
        .from(
          sql`(select ${redemptions.expiresAt} + ${given('graceMs')} as until from ${redemptions}
              where ${redemptions.state} in ('held', 'expired')
                and ${redemptions.createdAt} <= ${given('began')}
            union all select ${invites.expiresAt} from ${invites}
              where ${invites.usedAt} is null and ${invites.createdAt} <= ${given('began')}
            union all select ${linkCodes.expiresAt} from ${linkCodes}
              where ${linkCodes.createdAt} <= ${given('began')}
            union all select ${dataLinks.expiresAt} from ${dataLinks}
              where ${dataLinks.expiresAt} <= ${given('began')} + ${given('dataLinkMs')})`,
        )
        .where(sql`until > ${given('now')}`),
      (asked: {
        readonly began: number;
        readonly now: number;
        readonly graceMs: number;
        readonly dataLinkMs: number;
      }) => asked,
    ),
  };
}

export function rekeyWrites(db: Database) {
  const putIdentity = run(
    db
      .update(identities)
      .set(changes('lookup', 'keyId', 'ciphertext'))
      .where(eq(identities.id, given('id'))),
    (id: number, sealed: Sealed & { readonly lookup: string }) => ({ ...sealed, id }),
  );

  const stepTexts = ({ column, after }: RekeyPlace, { keyId, text }: Reseal): RekeyStep => {
    const [table = '', name = ''] = COLUMNS[column] ?? [];
    const [from, value] = [sql.raw(table), sql.raw(name)];
    const rows = db.all<{ id: number; value: string | null }>(sql`select rowid as id,
      case when instr(${value}, ${`${keyId}:`}) > 0 then ${value} end as value
      from ${from} where rowid > ${after} order by rowid limit ${PAGE}`);
    const sealed = new RegExp(`${keyId}:(?:[0-9a-f]{2})+`, 'g');
    let changed = 0;
    for (const { id, value: before } of rows) {
      const anew = before?.replace(sealed, text);
      if (anew === undefined || anew === before) continue;
      db.run(sql`update ${from} set ${value} = ${anew} where rowid = ${id}`);
      changed += 1;
    }
    const last = rows.at(-1);
    const isOver = last === undefined || rows.length < PAGE;
    return {
      changed,
      next: isOver ? { column: column + 1, after: 0 } : { column, after: last.id },
    };
  };

  const stepAddresses = ({ column, after }: RekeyPlace, { keyId, address }: Reseal): RekeyStep => {
    const rows = db
      .select()
      .from(identities)
      .where(sql`${identities.id} > ${after} and ${identities.keyId} = ${keyId}`)
      .orderBy(identities.id)
      .limit(IDENTITIES_PAGE)
      .all();
    for (const row of rows) putIdentity(row.id, address(row.channel, row));
    const last = rows.at(-1);
    return { changed: rows.length, next: last && { column, after: last.id } };
  };

  return {
    /** Seals a page anew. Where the program ends in between, another walk does the rest. */
    step: (place: RekeyPlace, reseal: Reseal): RekeyStep =>
      place.column < COLUMNS.length ? stepTexts(place, reseal) : stepAddresses(place, reseal),
  };
}
