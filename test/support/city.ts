// A city for tests of services: its own empty store, a clock that is set by hand, and randomness
// that repeats itself.
import type { ChannelName } from '../../src/conversation/message.ts';
import { BUDGETS, type BudgetPolicy } from '../../src/domain/budgets.ts';
import type { City } from '../../src/domain/city.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { createTids } from '../../src/lib/ids.ts';
import type { Random } from '../../src/lib/random.ts';
import type { Result } from '../../src/lib/result.ts';
import { type Context, contextOf, type Foundation } from '../../src/services/context.ts';
import { setCap } from '../../src/services/credits/set-cap.ts';
import { acceptInvite } from '../../src/services/partners/accept-invite.ts';
import { addOffer } from '../../src/services/partners/add-offer.ts';
import { inviteFirstAdmin } from '../../src/services/partners/invite-first-admin.ts';
import { invitePartner } from '../../src/services/partners/invite-partner.ts';
import { agreeToMessages } from '../../src/services/people/agree-to-messages.ts';
import { findOrAddIdentity } from '../../src/services/people/find-identity.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import type { Store } from '../../src/store/store.ts';
import { clockOf } from './clock.ts';
import { withStore } from './store.ts';

export const TEST_CITY: City = {
  name: 'Testville',
  timeZone: 'America/Los_Angeles',
  languages: ['en', 'es'],
  currencyWord: 'CITY',
  operator: 'The test operator',
  contact: 'test@city.example',
  areas: [],
  contactHours: { from: 9, to: 20 },
  policies: {
    rejectionPolicy: 'withhold',
    reviewDeadlineHours: 72,
    codeMinutes: 15,
    liveCodesMax: 3,
    inviteDays: 14,
    cityCap: 10_000,
    sessionMinutes: 60,
    keepMessagesDays: 90,
  },
};

/** For cities that are about something else than budgets: their limits are out of reach. */
export const NO_LIMITS = Object.fromEntries(
  Object.values(BUDGETS).flatMap(({ windows }) =>
    windows.map(({ policy }): [BudgetPolicy, number] => [policy, 1_000_000_000]),
  ),
);

export const BERKELEY: City = {
  ...TEST_CITY,
  name: 'Berkeley',
  operator: 'City/Sync Berkeley pilot',
  contact: 'hello@city-sync.example',
  areas: [{ name: 'North Berkeley' }],
  policies: { ...TEST_CITY.policies, cityCap: 20_000 },
};

/** A city without a budget that anybody could use up. */
export const unlimited = (city: City): City => ({
  ...city,
  policies: { ...city.policies, budgets: NO_LIMITS },
});

export const UNLIMITED = unlimited(BERKELEY);

/** The secret key of the cities that need no other. */
export const TEST_KEY = new Uint8Array(32).fill(7);
export const TEST_DID = 'did:plc:testville2345abcdefghijk';
/** A Monday morning in November. */
export const TEST_NOW = Date.UTC(2026, 10, 23, 18, 0, 0);
/** Tuesday, 24 November 2026, 10:00 in Berkeley. */
export const TUESDAY = Date.UTC(2026, 10, 24, 18);

/** Bytes that look random and are the same at every run: a small xorshift generator. */
export function repeatableRandom(seed = 1): Random {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  return { bytes: (length) => Uint8Array.from({ length }, () => next() >>> 24) };
}

export type Person = {
  readonly id: number;
  readonly participantId: string;
  readonly identityId: number;
};

export type TestCity = {
  readonly store: Store;
  readonly foundation: Foundation;
  readonly clock: { now: number };
  /** Runs one use case in a transaction of its own. */
  readonly run: <T>(work: (context: Context) => T) => T;
  /** A new person who takes part. */
  readonly join: (address: string) => Person;
  readonly admin: Person;
  readonly organizer: Person;
  readonly redeemer: Person;
};

export function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}

/** The code of a refusal; undefined when it was none. */
export const refusalOf = (result: Result<unknown>): string | undefined =>
  result.ok ? undefined : result.refusal.code;

/** Somebody who takes part, new where nobody is known by this address. */
export function newPerson(context: Context, address: string, channel: ChannelName = 'sms'): Person {
  const identityId = findOrAddIdentity(context, { channel, address }, () => 'en');
  const personId = context.tx.identities.get(identityId)?.personId ?? 0;
  agreeToMessages(context, { identityId, personId }, 'agreed in a test');
  // What services do with evidence needs no question before: commands ask it.
  context.tx.people.setPublicEvidence(personId, context.now);
  const person = context.tx.people.get(personId);
  return { id: personId, identityId, participantId: person?.participantId ?? '' };
}

/** Makes a person a partner, by an admin's invitation. */
export function addPartner(
  context: Context,
  admin: Person,
  { person, ...partner }: { kind: 'issuer' | 'redeemer'; name: string; person: Person },
): Person {
  const { token } = expectOk(invitePartner(context, admin.id, partner));
  expectOk(acceptInvite(context, person.id, token));
  return person;
}

/** An admin, an issuer with a cap of `cap` credits, and a redeemer. */
export function foundCity(context: Context, cap: number) {
  const admin = newPerson(context, '+15105550100');
  const organizer = newPerson(context, '+15105550110');
  const redeemer = newPerson(context, '+15105550120');
  expectOk(acceptInvite(context, admin.id, inviteFirstAdmin(context) ?? ''));
  addPartner(context, admin, { kind: 'issuer', name: 'The Issuer', person: organizer });
  expectOk(setCap(context, admin.id, { issuer: 'The Issuer', amount: cap }));
  addPartner(context, admin, { kind: 'redeemer', name: 'The Redeemer', person: redeemer });
  return { admin, organizer, redeemer };
}

/** What services stand on where no whole city is needed. */
export function testFoundation(facts: Pick<Foundation, 'clock'> & Partial<Foundation>): Foundation {
  const { clock, random = repeatableRandom() } = facts;
  return {
    city: TEST_CITY,
    random,
    keys: createKeys(TEST_KEY, random),
    did: TEST_DID,
    newTid: createTids(clock, random),
    ...facts,
  };
}

/** A city with an admin, an issuer with a cap of `cap` credits, and a redeemer. */
export function withCity<T>(
  run: (city: TestCity) => T | Promise<T>,
  options: {
    readonly city?: City;
    readonly cap?: number;
    readonly seed?: number;
    readonly did?: string;
    readonly publicUrl?: string;
  } = {},
): Promise<T> {
  const { cap = 1000, seed, ...facts } = options;
  return withStore((store) => {
    const clock = { now: TEST_NOW };
    const foundation = testFoundation({
      clock: clockOf(() => clock.now),
      random: repeatableRandom(seed),
      ...facts,
    });
    const use = <R>(work: (context: Context) => R): R =>
      store.transact((tx) => work(contextOf(foundation, tx)));
    const join = (address: string): Person => use((context) => newPerson(context, address));
    const people = use((context) => foundCity(context, cap));
    return run({ store, foundation, clock, run: use, join, ...people });
  });
}

/** Announces a task of the seeded issuer; its number. */
export const newTask = (
  city: TestCity,
  facts: { readonly credits?: number; readonly slots?: number } = {},
): number =>
  city.run(
    (context) =>
      expectOk(
        announceTask(context, city.organizer.id, {
          title: 'Sweep the square',
          place: 'The square',
          credits: facts.credits ?? 20,
          slots: facts.slots ?? 5,
          startsAt: city.clock.now,
          endsAt: city.clock.now + 26 * 3_600_000,
          isAnyTime: 1,
        }),
      ).task.id,
  );

/** Adds an offer of the seeded redeemer; its number. */
export const newOffer = (
  city: TestCity,
  facts: { readonly credits?: number; readonly perDay?: number | null } = {},
): number =>
  city.run(
    (context) =>
      expectOk(
        addOffer(context, city.redeemer.id, {
          title: 'Coffee',
          credits: facts.credits ?? 10,
          perDay: facts.perDay ?? null,
        }),
      ).offerId,
  );
