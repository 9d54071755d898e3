// Whatever people invite, end, suspend and do, in whatever order: nobody does what the table of roles
// forbids, and the audit finds nothing wrong with any history.
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/lib/clock.ts';
import type { Result } from '../../src/lib/result.ts';
import { followMove } from '../../src/services/city/follow-move.ts';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { confirmCode } from '../../src/services/credits/confirm-code.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { setCap } from '../../src/services/credits/set-cap.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../../src/services/evidence/submit-evidence.ts';
import { acceptInvite } from '../../src/services/partners/accept-invite.ts';
import { addOffer } from '../../src/services/partners/add-offer.ts';
import { choosePartner } from '../../src/services/partners/choose-partner.ts';
import { inviteAdmin } from '../../src/services/partners/invite-admin.ts';
import { invitePartner } from '../../src/services/partners/invite-partner.ts';
import { publishDelegations } from '../../src/services/partners/record-partner.ts';
import { revoke, seeRevocable } from '../../src/services/partners/revoke.ts';
import { resumePartner, suspendPartner } from '../../src/services/partners/suspend-partner.ts';
import { joinPeople } from '../../src/services/people/join-people.ts';
import { decideLinkOf } from '../../src/services/people/say-link-code.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import type { Database } from '../../src/store/database.ts';
import {
  expectOk,
  newOffer,
  newTask,
  type Person,
  TEST_CITY,
  type TestCity,
  unlimited,
  withCity,
} from '../support/city.ts';
import { openPaperAudit, type PaperAudit } from '../support/paper-audit.ts';
import { newKey, signRepository } from '../support/paper-repository.ts';
import { runs } from '../support/runs.ts';
import { databaseOf } from '../support/store.ts';

let audit: PaperAudit;
beforeAll(async () => {
  audit = await openPaperAudit();
});
afterAll(() => audit.close());

const PARTNERS = [
  { name: 'The Issuer', kind: 'issuer' },
  { name: 'The Redeemer', kind: 'redeemer' },
  { name: 'Both', kind: 'issuer' },
  { name: 'Both', kind: 'redeemer' },
] as const;
const ROLES = ['owner', 'manager', 'reviewer', 'counter'] as const;
/** The table, written once more. */
const TABLE = {
  announce: ['owner', 'manager'],
  offer: ['owner', 'manager'],
  review: ['owner', 'reviewer'],
  confirm: ['owner', 'counter'],
};

const who = fc.nat(5);
const some = fc.nat(1000);
const partner = fc.nat(PARTNERS.length - 1);
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const invitation = fc.record({
  does: fc.constant('invite' as const),
  who,
  partner,
  role: fc.constantFrom(...ROLES),
  days: fc.option(fc.integer({ min: 1, max: 4 })),
  accepts: who,
});
const deed = fc.oneof(
  often(3, invitation),
  often(1, fc.record({ does: fc.constant('admin' as const), who, accepts: who })),
  often(1, fc.record({ does: fc.constant('accept' as const), who, some })),
  often(2, fc.record({ does: fc.constant('revoke' as const), who, some })),
  often(1, fc.record({ does: fc.constant('suspend' as const), who, partner })),
  often(3, fc.record({ does: fc.constant('resume' as const), who, partner })),
  often(1, fc.record({ does: fc.constant('as' as const), who, partner })),
  often(1, fc.record({ does: fc.constant('link' as const), who, other: who })),
  often(3, fc.record({ does: fc.constant('announce' as const), who })),
  often(1, fc.record({ does: fc.constant('offer' as const), who })),
  often(6, fc.record({ does: fc.constant('work' as const), some })),
  often(6, fc.record({ does: fc.constant('review' as const), who, some })),
  often(4, fc.record({ does: fc.constant('redeem' as const), some })),
  often(6, fc.record({ does: fc.constant('confirm' as const), who, some })),
  often(1, fc.record({ does: fc.constant('wait' as const), hours: fc.constantFrom(0.02, 1, 30) })),
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** What the test itself remembers of who may do what. */
type World = {
  readonly city: TestCity;
  readonly people: Person[];
  readonly residents: readonly Person[];
  readonly tokens: { readonly token: string; readonly by: number }[];
  readonly codes: { readonly code: string; readonly partner: number }[];
  readonly done: Record<string, number>;
};

/** The roles of a person by the rows alone: for a partner by its id, with 0 for the city. */
function roleOf(
  db: Database,
  personId: number,
  partnerId: number,
  now: number,
): string | undefined {
  return db.get<{ role: string }>(sql`select role from delegations
    where person_id = ${personId} and coalesce(partner_id, 0) = ${partnerId}
      and revoked_at is null and coalesce(expires_at, ${now} + 1) > ${now}`)?.role;
}

const stateOf = (db: Database, id: number): string =>
  db.get<{ state: string }>(sql`select state from partners where id = ${id}`)?.state ?? '';

function open(city: TestCity): World {
  const people = [
    ...[city.admin, city.organizer, city.redeemer],
    ...['1', '2', '3'].map((at) => city.join(`+1510555020${at}`)),
  ];
  const residents = ['1', '2'].map((at) => city.join(`+1510555030${at}`));
  city.run((context) => {
    publishCity(context);
    publishDelegations(context);
    for (const kind of ['issuer', 'redeemer'] as const) {
      const { token } = expectOk(invitePartner(context, city.admin.id, { kind, name: 'Both' }));
      expectOk(acceptInvite(context, people[3]?.id ?? 0, token));
    }
    expectOk(setCap(context, city.admin.id, { issuer: 'Both', amount: 1000 }));
    context.tx.inbox.add({
      channel: 'sms',
      externalId: '1',
      identityId: 1,
      payload: { text: '', replyTo: null, pictures: 0 },
      receivedAt: 0,
    });
  });
  // Everybody has something to spend, and something to spend it on.
  const taskId = newTask(city, { credits: 40 });
  newOffer(city, { credits: 2 });
  city.run((context) => {
    for (const resident of residents) {
      expectOk(joinTask(context, resident, taskId));
      const sent = { taskId, text: 'done', pictureIds: [], inboxId: 1 };
      const { evidenceId } = expectOk(submitEvidence(context, resident, sent));
      const decision = { evidenceId, approved: true, note: '' };
      expectOk(reviewEvidence(context, city.organizer, decision));
    }
  });
  return { city, people, residents, tokens: [], codes: [], done: {} };
}

function act(world: World, one: Deed): void {
  const { city, people, residents, tokens, codes, done } = world;
  const db = databaseOf(city.store);
  const { now } = city.clock;
  if (one.does === 'wait') {
    city.clock.now += one.hours * HOUR_MS;
    return;
  }
  const person = people['who' in one ? one.who : 0] as Person;
  const role = (partnerId: number) => roleOf(db, person.id, partnerId, now);
  const isAdmin = role(0) === 'admin';
  const count = (result: Result<unknown>) => {
    if (result.ok) done[one.does] = (done[one.does] ?? 0) + 1;
    return result.ok;
  };
  city.run((context) => {
    const { tx } = context;
    switch (one.does) {
      case 'invite': {
        const { name, kind } = PARTNERS[one.partner] as (typeof PARTNERS)[number];
        const endsAt = one.days === null ? undefined : now + one.days * DAY_MS;
        const id = one.partner + 1;
        const may = isAdmin || role(id) === 'owner';
        const invited = invitePartner(context, person.id, { kind, name, role: one.role, endsAt });
        if (!count(invited) || !invited.ok) return;
        expect([may, stateOf(db, id)]).toEqual([true, 'approved']);
        tokens.push({ token: invited.value.token, by: person.id });
        // Some are left for later.
        if (one.accepts % 3 === 2) return;
        acceptInvite(context, people[one.accepts]?.id ?? 0, invited.value.token);
        return;
      }
      case 'admin': {
        const invited = inviteAdmin(context, person.id);
        expect(invited.ok).toBe(isAdmin);
        if (!count(invited) || !invited.ok) return;
        tokens.push({ token: invited.value.token, by: person.id });
        if (one.accepts % 2 === 0) {
          acceptInvite(context, people[one.accepts]?.id ?? 0, invited.value.token);
        }
        return;
      }
      case 'accept':
        count(
          acceptInvite(
            context,
            person.id,
            tokens[one.some % Math.max(1, tokens.length)]?.token ?? '',
          ),
        );
        return;
      case 'revoke': {
        const all = seeRevocable(context, person.id);
        const target = all[one.some % Math.max(1, all.length)];
        if (target === undefined) return;
        const id = target.partner?.id ?? 0;
        expect(isAdmin || role(id) === 'owner').toBe(true);
        count(revoke(context, person.id, target));
        expect(tx.partners.personsActingFor(null, now).length).toBeGreaterThan(0);
        return;
      }
      case 'suspend':
      case 'resume': {
        const { name } = PARTNERS[one.partner] as (typeof PARTNERS)[number];
        const changed =
          one.does === 'suspend'
            ? suspendPartner(context, person.id, `${name} for a reason`)
            : resumePartner(context, person.id, name);
        if (count(changed)) expect(isAdmin).toBe(true);
        return;
      }
      case 'as':
        count(choosePartner(context, person.id, PARTNERS[one.partner]?.name ?? ''));
        return;
      case 'link': {
        const other = people[one.other] as Person;
        if (other.id === person.id) return;
        const decision = decideLinkOf(context, person.id, other.id);
        if (!count(decision) || !decision.ok) return;
        const { stays, goes } = decision.value;
        joinPeople(context, stays, goes);
        const [kept, gone] = stays.id === person.id ? [person, other] : [other, person];
        for (const [at, each] of people.entries()) if (each.id === goes.id) people[at] = kept;
        const rights = tx.partners.acting(gone.id, now);
        expect(rights).toEqual([]);
        return;
      }
      case 'announce': {
        // Evidence of it is taken at once.
        const startsAt = now;
        const draft = {
          title: 'Sweep',
          place: 'Square',
          credits: 5,
          slots: 3,
          startsAt,
          endsAt: now + 300 * DAY_MS,
          isAnyTime: 1,
        };
        const announced = announceTask(context, person.id, draft);
        if (!count(announced) || !announced.ok) return;
        const { id } = announced.value.issuer;
        expect(TABLE.announce).toContain(role(id));
        expect(stateOf(db, id)).toBe('approved');
        return;
      }
      case 'offer': {
        const added = addOffer(context, person.id, { title: 'Tea', credits: 2, perDay: null });
        if (!count(added) || !added.ok) return;
        const id = tx.offers.get(added.value.offerId)?.redeemer.id ?? 0;
        expect(TABLE.offer).toContain(role(id));
        expect(stateOf(db, id)).toBe('approved');
        return;
      }
      case 'work': {
        const resident = residents[one.some % residents.length] as Person;
        const taskId = 1 + (one.some % Math.max(1, tx.tasks.nextId() - 1));
        joinTask(context, resident, taskId);
        submitEvidence(context, resident, { taskId, text: 'done', pictureIds: [], inboxId: 1 });
        return;
      }
      case 'review': {
        const waiting = [1, 3].flatMap((issuer) =>
          tx.evidence.waiting(issuer, 100).map(({ evidence }) => ({ id: evidence.id, issuer })),
        );
        const chosen = waiting[one.some % Math.max(1, waiting.length)];
        if (chosen === undefined) return;
        const { id: evidenceId, issuer } = chosen;
        const isSuspended = stateOf(db, issuer) === 'suspended';
        const may = isSuspended ? isAdmin : TABLE.review.includes(role(issuer) ?? '');
        const decision = { evidenceId, approved: one.some % 3 > 0, note: 'seen' };
        const reviewed = reviewEvidence(context, person, decision);
        expect(reviewed.ok || !may || reviewed.refusal.code.startsWith('cap-')).toBe(true);
        if (count(reviewed)) expect(may).toBe(true);
        return;
      }
      case 'redeem': {
        const resident = residents[one.some % residents.length] as Person;
        const offerId = 1 + (one.some % Math.max(1, tx.offers.nextId() - 1));
        const id = tx.offers.get(offerId)?.redeemer.id ?? 0;
        const redeemed = redeemOffer(context, resident, offerId);
        if (!count(redeemed) || !redeemed.ok) return;
        // Asked again within a minute it is the code that lives, whatever became of the partner.
        const { code } = redeemed.value;
        if (codes.some((one) => one.code === code)) return;
        expect(stateOf(db, id)).toBe('approved');
        codes.push({ code: redeemed.value.code, partner: id });
        return;
      }
      case 'confirm': {
        const chosen = codes[one.some % Math.max(1, codes.length)];
        if (chosen === undefined) return;
        const confirmed = confirmCode(context, person.id, chosen.code);
        if (count(confirmed)) expect(TABLE.confirm).toContain(role(chosen.partner));
      }
    }
  });
}

/** What the audit finds in the records of a city, signed as its account would. */
async function findings(city: TestCity): Promise<readonly string[]> {
  const rows = databaseOf(city.store).all<{ collection: string; rkey: string; value: string }>(
    sql`select collection, rkey, value from records as one where seq = (select max(seq)
      from records as other where other.collection = one.collection and other.rkey = one.rkey)`,
  );
  const key = await newKey();
  const did = city.foundation.did;
  const records = rows.map((row) => ({ ...row, value: JSON.parse(row.value) }));
  const { car } = await signRepository(records, { did, key, rev: city.foundation.newTid() });
  const { findings, complete } = await audit.car(car, { isOffline: true });
  expect(complete).toBe(true);
  return findings.list.map(({ code, uri, sentence }) => `${code} ${uri} ${sentence}`);
}

/** So many tries miss nothing. */
const MANY = 25;

test('nobody does what their role forbids, and the audit agrees on every history', async () => {
  const done: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 60, maxLength: 150, size: 'max' }), (deeds) =>
      withCity(
        async (city) => {
          const world = open(city);
          for (const one of deeds) act(world, one);
          expect(await findings(city)).toEqual([]);
          for (const [name, times] of Object.entries(world.done)) {
            done[name] = (done[name] ?? 0) + times;
          }
        },
        { city: unlimited(TEST_CITY) },
      ),
    ),
    { numRuns: runs(6, MANY) },
  );
  // All of it happened, or the above would prove nothing; a few tries may miss one of them by chance.
  if (runs(6, MANY) < MANY) return;
  for (const name of ['invite', 'accept', 'revoke', 'suspend', 'announce', 'review', 'confirm']) {
    expect([name, done[name] ?? 0]).not.toEqual([name, 0]);
  }
});

test('whoever was invited while the clock was an hour ahead acts once it is right, and rightly so', () =>
  withCity(
    async (city) => {
      const { people } = open(city);
      const owner = people[4] as Person;
      city.clock.now += HOUR_MS;
      city.run((context) => {
        const late = { kind: 'redeemer', name: 'Late' } as const;
        const { token } = expectOk(invitePartner(context, city.admin.id, late));
        expectOk(acceptInvite(context, owner.id, token));
      });
      const from = city.clock.now;
      city.clock.now -= HOUR_MS;
      city.run((context) => followMove(context, { from, to: city.clock.now }));
      city.clock.now += 1000;
      const tea = { title: 'Tea', credits: 2, perDay: null };
      city.run((context) => expectOk(addOffer(context, owner.id, tea)));
      expect(await findings(city)).toEqual([]);
    },
    { city: unlimited(TEST_CITY) },
  ));
