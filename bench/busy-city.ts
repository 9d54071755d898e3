/**
 * The records of a city that has been busy: made by the real services, loop after loop of joining,
 * evidence, review, issue, hold, burn and redemption.
 */
import { DAY_MS, HOUR_MS, SECOND_MS } from '../src/lib/clock.ts';
import { systemRandom } from '../src/lib/random.ts';
import { COLLECTION_NAMES } from '../src/records/kinds/index.ts';
import { publishCity } from '../src/services/city/publish-city.ts';
import { type Context, contextOf } from '../src/services/context.ts';
import { confirmCode } from '../src/services/credits/confirm-code.ts';
import { redeemOffer } from '../src/services/credits/redeem-offer.ts';
import { reviewEvidence } from '../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../src/services/evidence/submit-evidence.ts';
import { addOffer } from '../src/services/partners/add-offer.ts';
import { announceTask } from '../src/services/tasks/announce-task.ts';
import { closeTask } from '../src/services/tasks/close-task.ts';
import { joinTask } from '../src/services/tasks/join-task.ts';
import { openStore } from '../src/store/open-node.ts';
import { expectOk, foundCity, newPerson, testFoundation } from '../test/support/city.ts';
import { clockOf } from '../test/support/clock.ts';
import { BENCH_CITY, residentNumber } from './city.ts';

export const BUSY_DID = 'did:plc:busyville234567abcdefghi';
const PEOPLE = 200;
const CREDITS = 10;
/** Claim, evidence, review, three transfers and a redemption. */
const RECORDS_A_LOOP = 7;
const PAGE = 5000;
/** The beginning of an epoch, so that all of it is in one. */
const START = Date.UTC(2026, 9, 1, 8);
const EPOCH_SECONDS = (80 * DAY_MS) / SECOND_MS;

export type BusyRecord = {
  readonly collection: string;
  readonly rkey: string;
  readonly json: string;
};

/** Evidence comes with a message. */
function messageOf(context: Context, identityId: number, number: number): number {
  const id = context.tx.inbox.add({
    channel: 'sms',
    externalId: `bench-${number}`,
    identityId,
    payload: { text: '', replyTo: null, pictures: 0 },
    receivedAt: context.now,
  });
  return id ?? 0;
}

/** At least `count` records, as they stand in the end. `path` is the database that it takes. */
export function* busyCity(path: string, count: number): Generator<BusyRecord> {
  const { store, close } = openStore(path);
  const clock = { at: START };
  const now = () => clock.at;
  const foundation = testFoundation({
    city: BENCH_CITY,
    clock: clockOf(now),
    random: systemRandom,
    did: BUSY_DID,
  });
  const loops = Math.ceil(count / RECORDS_A_LOOP);
  const stepMs = Math.floor(Math.min(SECOND_MS, (EPOCH_SECONDS * SECOND_MS) / loops / 2));
  /** Use cases at times of their own, in one transaction: what counts here is the records. */
  const together = <T>(work: (next: () => Context) => T): T =>
    store.transact((tx) =>
      work(() => {
        clock.at += stepMs;
        return contextOf(foundation, tx);
      }),
    );
  const { organizer, operatorId, offerId, people } = together((next) => {
    const context = next();
    publishCity(context);
    const { organizer: reviewer, redeemer } = foundCity(context, BENCH_CITY.policies.cityCap);
    const offer = { title: 'Coffee', credits: CREDITS, perDay: null };
    return {
      organizer: reviewer,
      operatorId: redeemer.id,
      offerId: expectOk(addOffer(context, redeemer.id, offer)).offerId,
      people: Array.from({ length: PEOPLE }, (_, at) => newPerson(context, residentNumber(at))),
    };
  });

  for (let done = 0; done < loops; done += PEOPLE) {
    together((next) => {
      const context = next();
      const startsAt = context.now;
      const draft = { title: 'Sweep the square', place: 'The square', credits: CREDITS };
      const when = { slots: PEOPLE, startsAt, endsAt: startsAt + HOUR_MS * 24, isAnyTime: 1 };
      const { task } = expectOk(announceTask(context, organizer.id, { ...draft, ...when }));
      for (const [at, person] of people.slice(0, loops - done).entries()) {
        expectOk(joinTask(next(), person, task.id));
        const later = next();
        const inboxId = messageOf(later, person.identityId, done + at);
        const sent = { taskId: task.id, text: 'All swept', pictureIds: [], inboxId };
        const { evidenceId } = expectOk(submitEvidence(later, person, sent));
        const decision = { evidenceId, approved: true, note: 'Thank you' };
        expectOk(reviewEvidence(later, organizer, decision));
        const { code } = expectOk(redeemOffer(later, person, offerId));
        expectOk(confirmCode(later, operatorId, code.replace('-', '')));
      }
      expectOk(closeTask(next(), organizer.id, task.id));
    });
  }

  const { read } = store;
  for (const collection of COLLECTION_NAMES) {
    for (let after = ''; ; ) {
      const rows = read.records.allAsOf(collection, Number.MAX_SAFE_INTEGER, after, PAGE);
      const last = rows.at(-1);
      if (last === undefined) break;
      for (const { rkey, value: json } of rows) yield { collection, rkey, json };
      after = last.rkey;
    }
  }
  close();
}
