import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import {
  claims,
  evidence,
  evidencePictures,
  heldDecisions,
  inbox,
  partners,
  persons,
  pictures,
  reviews,
  tasks,
} from './schema/index.ts';
import {
  all,
  COUNT,
  changes,
  count,
  get,
  given,
  insert,
  p,
  placeholders,
  run,
} from './statements.ts';

export type Evidence = typeof evidence.$inferSelect;
export type Review = typeof reviews.$inferSelect;

const isThis = eq(evidence.id, given('id'));
const isOfIssuer = eq(evidence.partnerId, given('partnerId'));
// In the words of the partial indexes: else SQLite would not use them.
const isPending = sql`${evidence.state} = 'pending'`;

/** Evidence and reviews, read. */
export function evidenceReads(db: Database) {
  return {
    ...waitingReads(db),
    newestReview: get(db.select().from(reviews).orderBy(desc(reviews.id)).limit(1)),
    /** A piece of evidence with those facts of its claim, task and issuer that a review needs. */
    get: get(
      db
        .select({
          id: evidence.id,
          text: evidence.text,
          state: evidence.state,
          rkey: evidence.rkey,
          cid: evidence.cid,
          inboxId: evidence.inboxId,
          postUri: evidence.postUri,
          postCid: evidence.postCid,
          submittedAt: evidence.submittedAt,
          claimId: claims.id,
          claim: claims,
          personId: claims.personId,
          participantId: persons.participantId,
          taskId: tasks.id,
          taskTitle: tasks.title,
          taskRecord: { rkey: tasks.rkey, cid: tasks.cid },
          credits: tasks.credits,
          issuerId: partners.id,
          issuerRkey: partners.rkey,
          issuerName: partners.name,
          /** A decision about it that can still be taken back at the desk. */
          heldDecision: heldDecisions.id,
        })
        .from(evidence)
        .innerJoin(claims, eq(claims.id, evidence.claimId))
        .innerJoin(tasks, eq(tasks.id, claims.taskId))
        .innerJoin(partners, eq(partners.id, evidence.partnerId))
        .innerJoin(persons, eq(persons.id, claims.personId))
        .leftJoin(heldDecisions, eq(heldDecisions.evidenceId, evidence.id))
        .where(isThis),
      (id: number) => ({ id }),
    ),
    /** The pieces of evidence on a claim with the decisions about them, the oldest first. */
    decisionsOn: all(
      db
        .select({ submittedAt: evidence.submittedAt, review: reviews })
        .from(evidence)
        .leftJoin(reviews, eq(reviews.evidenceId, evidence.id))
        .where(eq(evidence.claimId, given('claimId')))
        .orderBy(evidence.id),
      (claimId: number) => ({ claimId }),
    ),
    pendingOn: get(
      db
        .select()
        .from(evidence)
        .where(and(eq(evidence.claimId, given('claimId')), isPending)),
      (claimId: number) => ({ claimId }),
    ),
    pictures: all(
      db
        .select({
          id: pictures.id,
          spoolKey: pictures.spoolKey,
          cid: pictures.cid,
          mediaType: pictures.mediaType,
          sizeBytes: pictures.sizeBytes,
          perceptualHash: pictures.perceptualHash,
          /** 1 where it stays in the resident's own post, and is here only to be reviewed. */
          isElsewhere: sql<number>`${inbox.postUri} is not null`,
        })
        .from(evidencePictures)
        .innerJoin(pictures, eq(pictures.id, evidencePictures.pictureId))
        .leftJoin(inbox, eq(inbox.id, pictures.inboxId))
        .where(eq(evidencePictures.evidenceId, given('evidenceId')))
        .orderBy(evidencePictures.pictureId),
      (evidenceId: number) => ({ evidenceId }),
    ),
  };
}

/** Evidence that waits for a review. */
function waitingReads(db: Database) {
  return {
    /** Evidence that waits for a review by an issuer, oldest first. */
    waiting: all(
      db
        .select({
          evidence,
          title: tasks.title,
          taskId: tasks.id,
          participantId: persons.participantId,
        })
        .from(evidence)
        .innerJoin(claims, eq(claims.id, evidence.claimId))
        .innerJoin(tasks, eq(tasks.id, claims.taskId))
        .innerJoin(persons, eq(persons.id, claims.personId))
        .where(and(isPending, isOfIssuer))
        .orderBy(evidence.id)
        .limit(p('limit')),
      (partnerId: number, limit: number) => ({ partnerId, limit }),
    ),
    /** Evidence that waits on a task and about which nobody decides now, the oldest first, with whose it is. */
    waitingOn: all(
      db
        .select({ id: evidence.id, personId: claims.personId })
        .from(evidence)
        .innerJoin(claims, eq(claims.id, evidence.claimId))
        .leftJoin(heldDecisions, eq(heldDecisions.evidenceId, evidence.id))
        .where(and(isPending, eq(claims.taskId, given('taskId')), isNull(heldDecisions.id)))
        .orderBy(evidence.id)
        .limit(p('limit')),
      (taskId: number, limit: number) => ({ taskId, limit }),
    ),
    /** How much evidence waits for a review by an issuer, without one person's own. */
    waitingCount: count(
      db
        .select(COUNT)
        .from(evidence)
        .innerJoin(claims, eq(claims.id, evidence.claimId))
        .where(and(isPending, isOfIssuer, sql`${claims.personId} <> ${given('exceptPersonId')}`)),
      (partnerId: number, exceptPersonId: number) => ({ partnerId, exceptPersonId }),
    ),
  };
}

/** Evidence and reviews, written. */
export function evidenceWrites(db: Database) {
  return {
    add: insert(
      db
        .insert(evidence)
        .values({
          ...placeholders(
            'claimId',
            'inboxId',
            'partnerId',
            'text',
            'postUri',
            'postCid',
            'submittedAt',
            'rkey',
            'cid',
          ),
          state: 'pending',
        })
        .returning({ id: evidence.id }),
      (row: Omit<Evidence, 'id' | 'state'>) => row,
    ),
    /** Changes evidence that still waits: its words, its posts, the version of its record. */
    amend: run(
      db
        .update(evidence)
        .set(changes('text', 'postUri', 'cid'))
        .where(and(isThis, isPending)),
      (id: number, text: string, postUri: string | null, cid: string) => ({
        id,
        text,
        postUri,
        cid,
      }),
    ),
    setState: run(
      db.update(evidence).set(changes('state')).where(isThis),
      (id: number, state: Evidence['state']) => ({ id, state }),
    ),
    addPicture: run(
      db.insert(evidencePictures).values(placeholders('evidenceId', 'pictureId')),
      (evidenceId: number, pictureId: number) => ({ evidenceId, pictureId }),
    ),
    addReview: insert(
      db
        .insert(reviews)
        .values(
          placeholders(
            'evidenceId',
            'reviewerId',
            'decision',
            'reasonCode',
            'note',
            'at',
            'rkey',
            'cid',
          ),
        )
        .returning({ id: reviews.id }),
      (row: Omit<Review, 'id'>) => row,
    ),
  };
}
