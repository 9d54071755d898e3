// A piece of evidence in the store with all that it hangs on, for tests of what becomes of it.
import type { Database } from '../../src/store/database.ts';
import {
  claims,
  evidence,
  evidencePictures,
  identities,
  inbox,
  partners,
  persons,
  tasks,
} from '../../src/store/schema/index.ts';

/** Adds one message and the evidence that it brought, without pictures. */
export function addEvidence(db: Database, name: string): { inboxId: number; evidenceId: number } {
  const key = { rkey: name, cid: `cid-${name}` };
  const { id: personId } = one(
    db
      .insert(persons)
      .values({ participantId: `p-${name}`, language: 'en', createdAt: 1 })
      .returning({ id: persons.id })
      .all(),
  );
  const { id: identityId } = one(
    db
      .insert(identities)
      .values({
        channel: 'sms',
        lookup: name,
        keyId: 'k',
        ciphertext: new Uint8Array([1]),
        personId,
        createdAt: 1,
      })
      .returning({ id: identities.id })
      .all(),
  );
  const { id: inboxId } = one(
    db
      .insert(inbox)
      .values({ channel: 'sms', externalId: name, identityId, state: 'received', receivedAt: 1 })
      .returning({ id: inbox.id })
      .all(),
  );
  const { id: partnerId } = one(
    db
      .insert(partners)
      .values({ kind: 'issuer', name, folded: name, state: 'approved', createdAt: 1, ...key })
      .returning({ id: partners.id })
      .all(),
  );
  const { id: taskId } = one(
    db
      .insert(tasks)
      .values({
        partnerId,
        title: name,
        place: name,
        credits: 1,
        slots: 1,
        startsAt: 1,
        state: 'open',
        createdBy: personId,
        createdAt: 1,
        ...key,
      })
      .returning({ id: tasks.id })
      .all(),
  );
  const { id: claimId } = one(
    db
      .insert(claims)
      .values({ taskId, personId, state: 'submitted', createdAt: 1, ...key })
      .returning({ id: claims.id })
      .all(),
  );
  const { id: evidenceId } = one(
    db
      .insert(evidence)
      .values({ claimId, inboxId, partnerId, text: '', state: 'pending', submittedAt: 1, ...key })
      .returning({ id: evidence.id })
      .all(),
  );
  return { inboxId, evidenceId };
}

/** Makes a picture part of the evidence. */
export function attachPicture(db: Database, evidenceId: number, pictureId: number): void {
  db.insert(evidencePictures).values({ evidenceId, pictureId }).run();
}

function one<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new Error('nothing was inserted');
  return row;
}
