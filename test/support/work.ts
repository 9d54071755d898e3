// Work done in a test city, and the public records of it.
import { COLLECTIONS, type RecordValues } from '../../src/records/kinds/index.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../../src/services/evidence/submit-evidence.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import { expectOk, type Person, type TestCity } from './city.ts';

/** A person joins a task and sends evidence; its number. */
export function sendWork(city: TestCity, person: Person, taskId: number): number {
  city.run((context) => expectOk(joinTask(context, person, taskId)));
  return sendEvidence(city, person, taskId);
}

/** A person who joined a task sends evidence; its number. */
export function sendEvidence(city: TestCity, person: Person, taskId: number): number {
  return city.run((context) => {
    const inboxId = context.tx.inbox.add({
      channel: 'sms',
      externalId: context.newTid(),
      identityId: person.identityId,
      payload: { text: '', replyTo: null, pictures: 0 },
      receivedAt: context.now,
    });
    const sent = { taskId, text: 'It is clean.', pictureIds: [], inboxId: inboxId ?? 0 };
    return expectOk(submitEvidence(context, person, sent)).evidenceId;
  });
}

/** The organizer decides about evidence. */
export const decide = (city: TestCity, evidenceId: number, approved = true) =>
  city.run((context) =>
    reviewEvidence(context, city.organizer, { evidenceId, approved, note: 'seen' }),
  );

/** A person joins a task, sends evidence and is approved. */
export const doWork = (city: TestCity, person: Person, taskId: number): void => {
  expectOk(decide(city, sendWork(city, person, taskId)));
};

/** Every version of the records of a kind, in the order in which they were staged. */
export const versionsOf = <K extends keyof typeof COLLECTIONS>(city: TestCity, kind: K) =>
  city.store.read.records
    .after(0, Number.MAX_SAFE_INTEGER)
    .filter(({ collection }) => collection === COLLECTIONS[kind])
    .map(({ operation, rkey, cid, value }) => ({
      operation,
      rkey,
      cid,
      value: JSON.parse(value) as RecordValues[(typeof COLLECTIONS)[K]],
    }));
