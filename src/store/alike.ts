/** Which evidence has pictures that look like a given one. */
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
import { all, given, p, placeholders } from './statements.ts';

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
  /** Of the person whose work it is. */
  readonly participantId: string;
  readonly submittedAt: number;
};

/** Pictures that look alike, read. */
export function alikeReads(db: Database) {
  const withPiece = db
    .select({ id: pictureBands.pictureId })
    .from(pictureBands)
    .where(and(eq(pictureBands.band, p('band')), eq(pictureBands.value, p('value'))))
    .orderBy(desc(pictureBands.pictureId))
    .limit(p('limit'))
    .prepare();
  const hashes = db
    .select({ id: pictures.id, hash: pictures.perceptualHash })
    .from(pictures)
    .where(sql`${pictures.id} in (select value from json_each(${given('ids')}))`)
    .prepare();
  const elsewhere = () =>
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
  return {
    /**
     * Pictures of evidence whose hash differs from this one in at most `ALIKE_BITS_MAX` bits, the
     * picture itself among them, in no order.
     */
    picturesLike: (hash: string): number[] => {
      const shared = new Map<number, number>();
      for (const [band, value] of hashPieces(hash).entries()) {
        for (const { id } of withPiece.all({ band, value, limit: LOOKED_AT_MAX })) {
          shared.set(id, (shared.get(id) ?? 0) + 1);
        }
      }
      const ids = [...shared]
        .sort(([, one], [, other]) => other - one)
        .slice(0, COMPARED_MAX)
        .map(([id]) => id);
      return hashes
        .all({ ids: JSON.stringify(ids) })
        .filter((other) => hashDistance(other.hash ?? '', hash) <= ALIKE_BITS_MAX)
        .map(({ id }) => id);
    },
    /** Evidence on other claims with a picture of these very bytes, the newest picture first. */
    evidenceWithBytes: all(
      elsewhere()
        .where(and(eq(pictures.cid, given('cid')), sql`${claims.id} <> ${given('claimId')}`))
        .orderBy(desc(pictures.id))
        .limit(p('limit')),
      (cid: string, exceptClaimId: number, limit: number) => ({
        cid,
        claimId: exceptClaimId,
        limit,
      }),
    ),
    /** Evidence on other claims with one of these pictures, the newest picture first. */
    evidenceWithPictures: all(
      elsewhere()
        .where(
          and(
            sql`${pictures.id} in (select value from json_each(${given('ids')}))`,
            sql`${claims.id} <> ${given('claimId')}`,
          ),
        )
        .orderBy(desc(pictures.id))
        .limit(p('limit')),
      (ids: readonly number[], exceptClaimId: number, limit: number) => ({
        ids: JSON.stringify(ids),
        claimId: exceptClaimId,
        limit,
      }),
    ),
  };
}

/** Pictures that look alike, written. */
export function alikeWrites(db: Database) {
  const add = db
    .insert(pictureBands)
    .values(placeholders('pictureId', 'band', 'value'))
    .onConflictDoNothing()
    .prepare();
  return {
    /** From now on the picture is found by what it looks like. */
    addPictureHash: (pictureId: number, hash: string) => {
      for (const [band, value] of hashPieces(hash).entries()) add.run({ pictureId, band, value });
    },
  };
}
