import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { given } from './given.ts';
import {
  claims,
  evidence,
  evidencePictures,
  inbox,
  partners,
  persons,
  pictures,
  reviews,
  tasks,
} from './schema/index.ts';

const p = sql.placeholder;

export type Evidence = typeof evidence.$inferSelect;
export type Review = typeof reviews.$inferSelect;

/** Evidence and reviews, read. */
export function evidenceReads(db: Database) {
  const whole = db
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
      personId: claims.personId,
      participantId: persons.participantId,
      taskId: tasks.id,
      taskTitle: tasks.title,
      credits: tasks.credits,
      issuerId: partners.id,
      issuerRkey: partners.rkey,
    })
    .from(evidence)
    .innerJoin(claims, eq(claims.id, evidence.claimId))
    .innerJoin(tasks, eq(tasks.id, claims.taskId))
    .innerJoin(partners, eq(partners.id, evidence.partnerId))
    .innerJoin(persons, eq(persons.id, claims.personId))
    .where(eq(evidence.id, given('id')))
    .prepare();
  const pendingOn = db
    .select()
    .from(evidence)
    .where(and(eq(evidence.claimId, given('claimId')), sql`${evidence.state} = 'pending'`))
    .prepare();
  const waiting = db
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
    .where(and(sql`${evidence.state} = 'pending'`, eq(evidence.partnerId, given('partnerId'))))
    .orderBy(evidence.id)
    .limit(p('limit'))
    .prepare();
  const waitingCount = db
    .select({ count: sql<number>`count(*)` })
    .from(evidence)
    .innerJoin(claims, eq(claims.id, evidence.claimId))
    .where(
      and(
        sql`${evidence.state} = 'pending'`,
        eq(evidence.partnerId, given('partnerId')),
        sql`${claims.personId} <> ${given('exceptPersonId')}`,
      ),
    )
    .prepare();
  const picturesOf = db
    .select({
      id: pictures.id,
      spoolKey: pictures.spoolKey,
      cid: pictures.cid,
      mediaType: pictures.mediaType,
      sizeBytes: pictures.sizeBytes,
      perceptualHash: pictures.perceptualHash,
      /** It stays in the resident's own post, and is here to be reviewed only. */
      isElsewhere: sql<number>`${inbox.postUri} is not null`,
    })
    .from(evidencePictures)
    .innerJoin(pictures, eq(pictures.id, evidencePictures.pictureId))
    .leftJoin(inbox, eq(inbox.id, pictures.inboxId))
    .where(eq(evidencePictures.evidenceId, given('evidenceId')))
    .orderBy(evidencePictures.pictureId)
    .prepare();
  const review = db
    .select()
    .from(reviews)
    .where(eq(reviews.evidenceId, given('evidenceId')))
    .prepare();
  const newestReview = db.select().from(reviews).orderBy(desc(reviews.id)).limit(1).prepare();
  return {
    newestReview: (): Review | undefined => newestReview.get(),
    /** A piece of evidence with what a review of it needs of its claim, task and issuer. */
    get: (id: number) => whole.get({ id }),
    pendingOn: (claimId: number): Evidence | undefined => pendingOn.get({ claimId }),
    /** What waits for a review by an issuer, oldest first. */
    waiting: (partnerId: number, limit: number) => waiting.all({ partnerId, limit }),
    /** How much waits for a review by an issuer, one person's own left out. */
    waitingCount: (partnerId: number, exceptPersonId: number): number =>
      waitingCount.get({ partnerId, exceptPersonId })?.count ?? 0,
    pictures: (evidenceId: number) => picturesOf.all({ evidenceId }),
    review: (evidenceId: number): Review | undefined => review.get({ evidenceId }),
  };
}

/** Evidence and reviews, written. */
export function evidenceWrites(db: Database) {
  const add = db
    .insert(evidence)
    .values({
      claimId: p('claimId'),
      inboxId: p('inboxId'),
      partnerId: p('partnerId'),
      text: p('text'),
      state: 'pending',
      postUri: p('postUri'),
      postCid: p('postCid'),
      submittedAt: p('submittedAt'),
      rkey: p('rkey'),
      cid: p('cid'),
    })
    .returning({ id: evidence.id })
    .prepare();
  const amend = db
    .update(evidence)
    .set({ text: sql`${p('text')}`, postUri: sql`${p('postUri')}`, cid: sql`${p('cid')}` })
    .where(and(eq(evidence.id, given('id')), sql`${evidence.state} = 'pending'`))
    .prepare();
  const setState = db
    .update(evidence)
    .set({ state: sql`${p('state')}` })
    .where(eq(evidence.id, given('id')))
    .prepare();
  const addPicture = db
    .insert(evidencePictures)
    .values({ evidenceId: p('evidenceId'), pictureId: p('pictureId') })
    .prepare();
  const addReview = db
    .insert(reviews)
    .values({
      evidenceId: p('evidenceId'),
      reviewerId: p('reviewerId'),
      decision: p('decision'),
      reasonCode: p('reasonCode'),
      note: p('note'),
      at: p('at'),
      rkey: p('rkey'),
      cid: p('cid'),
    })
    .returning({ id: reviews.id })
    .prepare();
  return {
    add: (row: Omit<Evidence, 'id' | 'state'>): number => (add.get(row) as { id: number }).id,
    /** Adds to evidence that still waits: new words, further posts, a new version of its record. */
    amend: (id: number, text: string, postUri: string | null, cid: string) =>
      amend.run({ id, text, postUri, cid }),
    setState: (id: number, state: Evidence['state']) => setState.run({ id, state }),
    addPicture: (evidenceId: number, pictureId: number) =>
      addPicture.run({ evidenceId, pictureId }),
    addReview: (row: Omit<Review, 'id'>): number => (addReview.get(row) as { id: number }).id,
  };
}
