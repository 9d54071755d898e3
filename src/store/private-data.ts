/** Reads what the public record does not tell, for a backup, and puts it back (`private-kinds.ts`). */
import { sql } from 'drizzle-orm';
import { hashPieces } from '../lib/alike.ts';
import type { Database } from './database.ts';
import type { Forgotten } from './forgetting.ts';
import { type OverRows, overRows, type Value } from './given-rows.ts';
import { nobodyWrites } from './nobody.ts';
import { PRIVATE_KINDS, type PrivateKind } from './private-kinds.ts';

const PAGE = 500;

type Kinds = typeof PRIVATE_KINDS;
type Row<K extends keyof Kinds> = { readonly [F in keyof Kinds[K]['fields']]: Value };
/** Some rows of one kind, one after the other. */
export type PrivatePage = {
  readonly [K in keyof Kinds]: { readonly kind: K; readonly rows: readonly Row<K>[] };
}[keyof Kinds];

const KINDS: Readonly<Record<string, PrivateKind>> = PRIVATE_KINDS;

/** People who were forgotten, as a page of a backup. */
export const forgottenPage = (rows: readonly Forgotten[]): PrivatePage => ({
  kind: 'forgotten',
  rows: rows.map(({ digest, at, stoppedAt }) => ({ digest, forgottenAt: at, stoppedAt })),
});

/** The people who were forgotten, of a page of them. */
export const forgottenOf = (page: PrivatePage): readonly Forgotten[] =>
  page.kind !== 'forgotten'
    ? []
    : page.rows.map(({ digest, forgottenAt, stoppedAt }) => ({
        digest: String(digest),
        at: Number(forgottenAt),
        stoppedAt: stoppedAt === null ? null : Number(stoppedAt),
      }));

/** Can rows of this kind only be put in once the public record is? */
export const isAboutRecords = (kind: PrivatePage['kind']): boolean =>
  KINDS[kind]?.isAboutRecords === true;

const fieldOf = (field: PrivateKind['fields'][string]) =>
  typeof field === 'string' ? { column: field, read: field, write: '$' } : field;

/** All private data of a database, a page at a time. Give it one that stands still: a snapshot. */
export function* privatePages(db: Database): Generator<PrivatePage> {
  for (const [kind, { table, fields, where = 'true' }] of Object.entries(KINDS)) {
    const columns = Object.entries(fields).map(
      ([name, field]) => `${fieldOf(field).read} as "${name}"`,
    );
    const query = `select rowid as "at", ${columns.join(', ')} from ${table}
      where ${where} and rowid > `;
    let after: Value = 0;
    for (;;) {
      const found: Record<string, Value>[] = db.all(
        sql`${sql.raw(query)}${after} order by rowid limit ${PAGE}`,
      );
      const last = found.at(-1)?.['at'];
      if (last === undefined) break;
      yield { kind, rows: found.map(({ at: _at, ...row }) => row) } as unknown as PrivatePage;
      after = last;
    }
  }
}

/** What becomes records, and what nobody counts as theirs. */
const UNCOUNTED: ReadonlySet<string> = new Set(['unpublished', 'cursors']);

/** How many rows of each kind a database has, and `records` of the public record. */
export function privateCounts(db: Database): Readonly<Record<string, number>> {
  const count = (query: string): number =>
    db.get<{ count: number }>(sql.raw(`select count(*) as count from ${query}`)).count;
  const kinds = Object.entries(KINDS).filter(([kind]) => !UNCOUNTED.has(kind));
  return {
    ...Object.fromEntries(
      kinds.map(([kind, { table, where = 'true' }]) => [kind, count(`${table} where ${where}`)]),
    ),
    records: count('(select distinct collection, rkey from records)'),
  };
}

/**
 * An older version took the agreement to a link to one's post for the one that words become public.
 * Of who gave the first, the second counts as its own proof says.
 */
const ASK_AGAIN = `update persons set public_evidence_at = (
    select max(consents.at) from consents join identities on identities.id = consents.identity_id
    where identities.person_id = persons.id and consents.kind = 'public-evidence')
  where id in (
    select identities.person_id from identities
    join consents on consents.identity_id = identities.id and consents.kind = 'public-did')`;

/** The statement that brings rows of a kind back; undefined for a kind that is not brought back. */
function restoreText(kind: PrivateKind): string | undefined {
  const { table, fields, untaken = [], known, conflict = '', upsert = '', restore } = kind;
  if (restore !== undefined) return restore ?? undefined;
  const taken = Object.entries(fields)
    .filter(([name]) => !untaken.includes(name))
    .map(([name, field]) => ({ ...fieldOf(field), name }));
  const columns = taken.map(({ column }) => column);
  const values = taken.map(({ write, name }) => write.replace('$', () => `$${name}`));
  const isKnown =
    known === undefined
      ? 'true'
      : `($${known[0]} is null or exists (select 1 from ${known[1]} where rkey = $${known[0]}))`;
  return `insert ${conflict} into ${table} (${columns.join(', ')})
    select ${values.join(', ')} from @rows where ${isKnown} order by given.key ${upsert}`;
}

/**
 * Takes the pages of a backup. Nobody counts as having agreed to messages: people who said STOP after
 * the backup was made must not get any, so all are asked again when they next write. Only then are
 * those told of new tasks who had asked for it. A backup has no open questions: they name messages by
 * numbers that begin again. Messages that waited are not carried out any more: they are listed.
 */
export function privateRestore(
  db: Database,
  sealNobody: () => { readonly keyId: string; readonly bytes: Uint8Array },
): (page: PrivatePage) => void {
  const statements = new Map<string, OverRows>();
  for (const [name, kind] of Object.entries(KINDS)) {
    const text = restoreText(kind);
    if (text !== undefined) statements.set(name, overRows(db, text));
  }
  const addBands = overRows(
    db,
    `insert or ignore into picture_bands (picture_id, band, value)
      select pictures.id, $1, $2 from @rows join pictures on pictures.cid = $0`,
  );
  const { nobody } = nobodyWrites(db);
  const addUnanswered = overRows(
    db,
    `insert into unanswered (channel, sent_at) select $channel, $sentAt from @rows
      where $state <> 'done' order by given.key`,
  );
  return (page) => {
    if (page.kind === 'received') {
      nobody('', sealNobody);
      addUnanswered(page.rows);
    }
    statements.get(page.kind)?.(page.rows);
    if (page.kind === 'looks') addBands(page.rows.flatMap(bandsOf));
    if (page.kind === 'consents') db.run(sql.raw(ASK_AGAIN));
  };
}

/** The pieces by which pictures that look alike are found: CID, place of the piece, its value. */
const bandsOf = ({ cid, perceptualHash }: Row<'looks'>): Value[][] =>
  typeof perceptualHash === 'string'
    ? hashPieces(perceptualHash).map((piece, band) => [cid, band, piece])
    : [];
