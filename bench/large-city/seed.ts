/**
 * Fills the database of a large city by the real services: people, a past of tasks that they did and
 * were paid for, a task that many have joined, and evidence of many more that waits for its review.
 * A program of its own; it sends the numbers that the measurements need.
 */
import { DAY_MS, HOUR_MS } from '../../src/lib/clock.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { lookAtBooks } from '../../src/records/books/watch-books.ts';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { publishPresence } from '../../src/services/city/publish-presence.ts';
import { type Context, contextOf } from '../../src/services/context.ts';
import { confirmCode } from '../../src/services/credits/confirm-code.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../../src/services/evidence/submit-evidence.ts';
import { acceptInvite } from '../../src/services/partners/accept-invite.ts';
import { addOffer } from '../../src/services/partners/add-offer.ts';
import { invitePartner } from '../../src/services/partners/invite-partner.ts';
import { setAlerts } from '../../src/services/people/set-alerts.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import { closeTask } from '../../src/services/tasks/close-task.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import { openStore } from '../../src/store/open-node.ts';
import type { Store } from '../../src/store/store.ts';
import {
  expectOk,
  foundCity,
  newPerson,
  type Person,
  testFoundation,
} from '../../test/support/city.ts';
import { clockOf } from '../../test/support/clock.ts';
import { textersNumber } from '../city.ts';
import { LARGE_CITY, LARGE_DID, reviewersNumber } from './facts.ts';
import { PAST_SLOTS, REVIEWERS, type Sizes, SLOTS_MAX } from './sizes.ts';

/** How long ago the city began: all of it is before any message is forgotten. */
const PAST_MS = 30 * DAY_MS;
const CREDITS = 10;
/** Of the people who were paid, one in so many bought something. */
const BUYER_EVERY = 4;
/** How many people are seen to in one transaction. */
const PART = 512;

export type Seeded = {
  /** The task that `joined` people have joined or stand by for. */
  readonly joinedTask: number;
  /** The evidence that waits, from the first number to the last. */
  readonly evidence: { readonly first: number; readonly last: number };
  /** A task of the past. */
  readonly pastTask: number;
};

type Seeding = {
  readonly store: Store;
  /** Runs work at a time that is a little later than that of the work before. */
  readonly together: <T>(work: (next: () => Context) => T) => T;
  readonly people: readonly Person[];
  readonly organizer: Person;
  readonly redeemer: Person;
  readonly offerId: number;
};

/** Fills the new database at `path`, with addresses that are sealed with `secretKey`. */
export function seedLargeCity(path: string, secretKey: string, sizes: Sizes): Seeded {
  const { store, emptyLog, close } = openStore(path);
  const clock = { at: Date.now() - PAST_MS };
  const stepMs = PAST_MS / (4 * sizes.people + 4 * sizes.joined);
  const foundation = testFoundation({
    city: LARGE_CITY,
    clock: clockOf(() => Math.floor(clock.at)),
    random: systemRandom,
    keys: createKeys(new Uint8Array(Buffer.from(secretKey, 'base64')), systemRandom),
    did: LARGE_DID,
  });
  const together: Seeding['together'] = (work) =>
    store.transact((tx) =>
      work(() => {
        clock.at += stepMs;
        return contextOf(foundation, tx);
      }),
    );
  const founded = together((next) => found(next()));
  const people = addPeople(together, sizes);
  const seeding = { store, together, people, ...founded };
  for (let from = 0; from < people.length; from += PAST_SLOTS) {
    addPast(seeding, people.slice(from, from + PAST_SLOTS));
  }
  const joinedTask = addJoined(seeding, people.slice(0, sizes.joined));
  const evidence = addEvidence(seeding, people.slice(-sizes.joined));
  publishAll(store);
  // The city has looked at its books as it went along.
  together((next) => lookAtBooks(next().tx, Date.now()));
  emptyLog();
  close();
  return { joinedTask, evidence, pastTask: 1 };
}

function found(context: Context) {
  publishCity(context);
  const { admin, organizer, redeemer } = foundCity(context, LARGE_CITY.policies.cityCap);
  publishPresence(context);
  for (let at = 0; at < REVIEWERS; at += 1) {
    const reviewer = newPerson(context, reviewersNumber(at));
    const invited = { kind: 'issuer', name: 'The Issuer', role: 'reviewer' } as const;
    const { token } = expectOk(invitePartner(context, admin.id, invited));
    expectOk(acceptInvite(context, reviewer.id, token));
  }
  const offer = { title: 'Coffee', credits: CREDITS, perDay: null };
  const { offerId } = expectOk(addOffer(context, redeemer.id, offer));
  return { organizer, redeemer, offerId };
}

/** Everybody who takes part; the first of them asked for messages about new tasks. */
function addPeople(together: Seeding['together'], sizes: Sizes): Person[] {
  const people: Person[] = [];
  while (people.length < sizes.people) {
    together((next) => {
      const end = Math.min(people.length + PART, sizes.people);
      for (let at = people.length; at < end; at += 1) {
        const context = next();
        const person = newPerson(context, textersNumber(at));
        if (at < sizes.subscribers) {
          const wording = 'agreed in a measurement';
          setAlerts(context, person.identityId, { isOn: true, wording });
        }
        people.push(person);
      }
    });
  }
  return people;
}

/** A task that is over: everybody in it did the work and was paid, and some bought something. */
function addPast(seeding: Seeding, people: readonly Person[]): void {
  const { together, organizer, redeemer, offerId } = seeding;
  together((next) => {
    const taskId = newTask(next(), seeding, people.length);
    for (const [at, person] of people.entries()) {
      expectOk(joinTask(next(), person, taskId));
      const context = next();
      const evidenceId = sendEvidence(context, person, taskId);
      const decision = { evidenceId, approved: true, note: 'Thank you' };
      expectOk(reviewEvidence(context, organizer, decision));
      if (at % BUYER_EVERY > 0) continue;
      const { code } = expectOk(redeemOffer(context, person, offerId));
      expectOk(confirmCode(context, redeemer.id, code.replace('-', '')));
    }
    expectOk(closeTask(next(), organizer.id, taskId));
  });
}

function addJoined(seeding: Seeding, people: readonly Person[]): number {
  const { together } = seeding;
  const taskId = together((next) => newTask(next(), seeding, SLOTS_MAX));
  for (let from = 0; from < people.length; from += PART) {
    together((next) => {
      for (const person of people.slice(from, from + PART)) {
        expectOk(joinTask(next(), person, taskId));
      }
    });
  }
  return taskId;
}

/** Evidence that waits, of as many tasks as it takes. */
function addEvidence(seeding: Seeding, people: readonly Person[]): Seeded['evidence'] {
  const { together } = seeding;
  const ids: number[] = [];
  for (let from = 0; from < people.length; from += SLOTS_MAX) {
    const taskId = together((next) => newTask(next(), seeding, SLOTS_MAX));
    const own = people.slice(from, from + SLOTS_MAX);
    for (let at = 0; at < own.length; at += PART) {
      together((next) => {
        for (const person of own.slice(at, at + PART)) {
          expectOk(joinTask(next(), person, taskId));
          ids.push(sendEvidence(next(), person, taskId));
        }
      });
    }
  }
  return { first: ids[0] ?? 0, last: ids.at(-1) ?? 0 };
}

const newTask = (context: Context, { organizer }: Seeding, slots: number): number => {
  const draft = { title: 'Sweep the square', place: 'The square', credits: CREDITS, slots };
  const startsAt = Date.now() + DAY_MS;
  const when = { startsAt, endsAt: startsAt + HOUR_MS };
  return expectOk(announceTask(context, organizer.id, { ...draft, ...when })).task.id;
};

/** Evidence comes with a message, which is done. */
function sendEvidence(context: Context, person: Person, taskId: number): number {
  const { tx, now } = context;
  const inboxId = tx.inbox.add({
    channel: 'sms',
    externalId: `seed-${taskId}-${person.id}`,
    identityId: person.identityId,
    payload: { text: '', replyTo: null, pictures: 0 },
    receivedAt: now,
  });
  if (inboxId === undefined) throw new Error('A message that was there before.');
  tx.inbox.markDone([inboxId], now);
  const sent = { taskId, text: 'All swept', pictureIds: [], inboxId };
  return expectOk(submitEvidence(context, person, sent)).evidenceId;
}

/** The city has kept up with its repository so far. */
function publishAll(store: Store): void {
  for (let from = 1; ; from += PART) {
    const seqs = Array.from({ length: PART }, (_, at) => from + at);
    store.transact((tx) => tx.records.markPublished(seqs, Date.now()));
    if (store.read.records.publishedHead()?.seq !== from + PART - 1) return;
  }
}

if (import.meta.main) {
  const [path = '', secretKey = '', sizes = ''] = process.argv.slice(2);
  process.send?.(seedLargeCity(path, secretKey, JSON.parse(sizes)));
  process.disconnect?.();
}
