/** Finds the evidence whose pictures look like a given one. */
import { and, desc, eq, sql } from 'drizzle-orm';
import { ALIKE_BITS_MAX, hashDistance, hashPieces } from '../lib/alike.ts';
import type { Database } from './database.ts';
import {
  claims,
  evidence,
  evidencePictures,
  persons,
  pictureBands,
  pictures,
} from './schema/index.ts';
import { all, given, isAmong, list, p, placeholders, run } from './statements.ts';

/**
 * How many pictures are looked at for each of the 16 pieces of a hash, the newest first, and how
 * many of all these are compared, those with most pieces in common first. Of drawn scenes one in
 * 500 has a given piece in common, and one in 30 where the piece is the commonest
 * (src/media/picture-hash.ts): among 15,000 pictures all are looked at, among more, of those with
 * common pieces, the newest.
 */
const LOOKED_AT_MAX = 500;
const COMPARED_MAX = 200;

/** Evidence that a picture is part of. */
export type EvidenceOfPicture = {
  readonly evidenceId: number;
  readonly taskId: number;
  /** The participant id of the person whose work it is. */
  readonly participantId: string;
  readonly submittedAt: number;
};

const evidenceOfPictures = (db: Database) =>
  db
    .select({
      evidenceId: evidence.id,
      taskId: claims.taskId,
      participantId: persons.participantId,
      submittedAt: evidence.submittedAt,
    })
    .from(pictures)
    .innerJoin(evidencePictures, eq(evidencePictures.pictureId, pictures.id))
    .innerJoin(evidence, eq(evidence.id, evidencePictures.evidenceId))
    .innerJoin(claims, eq(claims.id, evidence.claimId))
    .innerJoin(persons, eq(persons.id, claims.personId));

const isElsewhere = sql`${claims.id} <> ${given('exceptClaimId')}`;

/** Pictures that look alike, read. */
export function alikeReads(db: Database) {
  const withPiece = list(
    db
      .select({ value: pictureBands.pictureId })
      .from(pictureBands)
      .where(and(eq(pictureBands.band, p('band')), eq(pictureBands.value, p('value'))))
      .orderBy(desc(pictureBands.pictureId))
      .limit(LOOKED_AT_MAX),
    (band: number, value: number) => ({ band, value }),
  );
  const hashesOf = all(
    db
      .select({ id: pictures.id, hash: pictures.perceptualHash })
      .from(pictures)
      .where(isAmong(pictures.id, 'ids')),
    (ids: readonly number[]) => ({ ids: JSON.stringify(ids) }),
  );
  return {
    /**
     * Pictures of evidence whose hash differs from this one in at most `ALIKE_BITS_MAX` bits, the
     * picture itself among them, in no order.
     */
    pictures: (hash: string): number[] => {
      const shared = new Map<number, number>();
      for (const [band, value] of hashPieces(hash).entries()) {
        for (const id of withPiece(band, value)) shared.set(id, (shared.get(id) ?? 0) + 1);
      }
      const ids = [...shared]
        .sort(([, one], [, other]) => other - one)
        .slice(0, COMPARED_MAX)
        .map(([id]) => id);
      return hashesOf(ids)
        .filter((other) => hashDistance(other.hash ?? '', hash) <= ALIKE_BITS_MAX)
        .map(({ id }) => id);
    },
    /** Evidence on other claims with a picture of these very bytes, the newest picture first. */
    evidenceWithBytes: all(
      evidenceOfPictures(db)
        .where(and(eq(pictures.cid, given('cid')), isElsewhere))
        .orderBy(desc(pictures.id))
        .limit(p('limit')),
      (cid: string, exceptClaimId: number, limit: number) => ({ cid, exceptClaimId, limit }),
    ),
    /** Evidence on other claims with one of these pictures, the newest picture first. */
    evidenceWithPictures: all(
      evidenceOfPictures(db)
        .where(and(isAmong(pictures.id, 'ids'), isElsewhere))
        .orderBy(desc(pictures.id))
        .limit(p('limit')),
      (ids: readonly number[], exceptClaimId: number, limit: number) => ({
        ids: JSON.stringify(ids),
        exceptClaimId,
        limit,
      }),
    ),
  };
}

/** Pictures that look alike, written. */
export function alikeWrites(db: Database) {
  const add = run(
    db
      .insert(pictureBands)
      .values(placeholders('pictureId', 'band', 'value'))
      .onConflictDoNothing(),
    (pictureId: number, band: number, value: number) => ({ pictureId, band, value }),
  );
  return {
    /** From now on the picture is found by what it looks like. */
    addPicture: (pictureId: number, hash: string): void => {
      for (const [band, value] of hashPieces(hash).entries()) add(pictureId, band, value);
    },
  };
}
