/**
 * The records of a city that has been busy: made by the real services, loop after loop of joining,
 * evidence, review, issue, hold, burn and redemption.
 */
import { DAY_MS, HOUR_MS, SECOND_MS } from '../src/lib/clock.ts';
import { createKeys } from '../src/lib/crypto.ts';
import { createTids } from '../src/lib/ids.ts';
import { systemRandom } from '../src/lib/random.ts';
import type { Result } from '../src/lib/result.ts';
import { COLLECTIONS } from '../src/records/kinds/index.ts';
import { publishCity } from '../src/services/city/publish-city.ts';
import { type Context, contextOf, type Foundation } from '../src/services/context.ts';
import { confirmCode } from '../src/services/credits/confirm-code.ts';
import { redeemOffer } from '../src/services/credits/redeem-offer.ts';
import { setCap } from '../src/services/credits/set-cap.ts';
import { reviewEvidence } from '../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../src/services/evidence/submit-evidence.ts';
import { acceptInvite } from '../src/services/partners/accept-invite.ts';
import { addOffer } from '../src/services/partners/add-offer.ts';
import { inviteFirstAdmin, invitePartner } from '../src/services/partners/invite.ts';
import { agreeToMessages } from '../src/services/people/agree.ts';
import { findOrAddIdentity } from '../src/services/people/find-identity.ts';
import { announceTask } from '../src/services/tasks/announce-task.ts';
import { closeTask } from '../src/services/tasks/close-task.ts';
import { joinTask } from '../src/services/tasks/join-task.ts';
import { openStore } from '../src/store/open-node.ts';
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

const expectOk = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
};

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
  const foundation: Foundation = {
    city: BENCH_CITY,
    clock: { now },
    random: systemRandom,
    keys: createKeys(systemRandom.bytes(32), systemRandom),
    did: BUSY_DID,
    newTid: createTids({ now }, systemRandom),
  };
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
  const use = <T>(work: (context: Context) => T): T => together((next) => work(next()));
  const join = (context: Context, number: string) => {
    const identityId = findOrAddIdentity(context, { channel: 'sms', address: number }, () => 'en');
    const personId = context.tx.identities.get(identityId)?.personId ?? 0;
    agreeToMessages(context, { identityId, personId }, 'benchmark');
    const participantId = context.tx.people.get(personId)?.participantId ?? '';
    return { id: personId, participantId, identityId };
  };

  const { organizer, operatorId, offerId, people } = use((context) => {
    publishCity(context);
    const admin = join(context, '+15105550100');
    expectOk(acceptInvite(context, admin.id, inviteFirstAdmin(context) ?? ''));
    const partner = (kind: 'issuer' | 'redeemer', name: string, number: string) => {
      const person = join(context, number);
      const { token } = expectOk(invitePartner(context, admin.id, { kind, name }));
      expectOk(acceptInvite(context, person.id, token));
      return person;
    };
    const reviewer = partner('issuer', 'Issuer', '+15105550110');
    expectOk(setCap(context, admin.id, { issuer: 'Issuer', amount: BENCH_CITY.policies.cityCap }));
    const operator = partner('redeemer', 'Redeemer', '+15105550120');
    const offer = { title: 'Coffee', credits: CREDITS, perDay: null };
    return {
      organizer: reviewer,
      operatorId: operator.id,
      offerId: expectOk(addOffer(context, operator.id, offer)).offerId,
      people: Array.from({ length: PEOPLE }, (_, at) => join(context, residentNumber(at))),
    };
  });

  for (let done = 0; done < loops; done += PEOPLE) {
    together((next) => {
      const context = next();
      const startsAt = context.now + HOUR_MS * 24;
      const draft = { title: 'Sweep the square', place: 'The square', credits: CREDITS };
      const when = { slots: PEOPLE, startsAt, endsAt: startsAt + HOUR_MS };
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
  for (const collection of Object.values(COLLECTIONS)) {
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
