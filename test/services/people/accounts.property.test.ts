// However people link, part, move and share their addresses: nobody's credits or roles get to
// somebody who was not meant to have them.
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/lib/clock.ts';
import type { Context } from '../../../src/services/context.ts';
import { agreeToLink, endLink } from '../../../src/services/people/agree-to-link.ts';
import { allowMove, askMove } from '../../../src/services/people/ask-move.ts';
import { beginLink } from '../../../src/services/people/begin-link.ts';
import { beginMove } from '../../../src/services/people/begin-move.ts';
import { carryOutMove } from '../../../src/services/people/carry-out-move.ts';
import { unlinkAddress } from '../../../src/services/people/part-address.ts';
import { writeRecoveryCode } from '../../../src/services/people/recovery-code.ts';
import { sayLinkCode } from '../../../src/services/people/say-link-code.ts';
import { addSecondPerson, takeTurn } from '../../../src/services/people/share-phone.ts';
import { stopMoves } from '../../../src/services/people/stop-moves.ts';
import { rolesOf } from '../../../src/services/roles.ts';
import { newTask, TEST_CITY, type TestCity, unlimited, withCity } from '../../support/city.ts';
import { runs } from '../../support/runs.ts';
import { databaseOf } from '../../support/store.ts';
import { doWork } from '../../support/work.ts';

const NUMBERS = ['0211', '0212', '0213', '0214'].map((end) => `+1510555${end}`);
const ADDRESSES = NUMBERS.length + 2;

const at = fc.nat(ADDRESSES - 1);
const deed = fc.oneof(
  fc.record({ does: fc.constant('code' as const), at }),
  fc.record({ does: fc.constant('say' as const), at }),
  { weight: 4, arbitrary: fc.record({ does: fc.constant('agree' as const), at }) },
  fc.record({ does: fc.constant('refuse' as const), at }),
  fc.record({ does: fc.constant('unlink' as const), at, other: at }),
  fc.record({ does: fc.constant('move' as const), at, other: at }),
  fc.record({ does: fc.constant('lost' as const), at, other: fc.nat(NUMBERS.length - 1) }),
  fc.record({ does: fc.constant('allow' as const), at }),
  fc.record({ does: fc.constant('speak' as const), at }),
  fc.record({ does: fc.constant('share' as const), at }),
  fc.record({ does: fc.constant('turn' as const), at, turn: fc.constantFrom(1, 2) }),
  fc.record({ does: fc.constant('work' as const), at }),
  fc.record({ does: fc.constant('wait' as const), hours: fc.nat(100) }),
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** What was agreed to so far, as those who look on know it. */
type World = {
  readonly city: TestCity;
  readonly addresses: readonly number[];
  code: string;
  lookup: string;
  /** The addresses that agreed to the link that is open. */
  agreed: Set<number>;
};

const ownerOf = (context: Context, identityId: number): number =>
  context.tx.identities.get(identityId)?.personId ?? 0;

function act(world: World, one: Deed): void {
  const { city, addresses } = world;
  if (one.does === 'wait') {
    city.clock.now += one.hours * HOUR_MS;
    city.run((context) => {
      for (const move of context.tx.moves.due(context.now, 10)) {
        carryOutMove(context, move, { leaving: () => undefined });
      }
    });
    return;
  }
  const identityId = addresses[one.at] ?? 0;
  if (one.does === 'work') {
    work(city, identityId);
    return;
  }
  city.run((context) => {
    const who = { identityId, personId: ownerOf(context, identityId) };
    const other = 'other' in one ? (addresses[one.other] ?? 0) : 0;
    // Whatever somebody says is a word that stops the moves of their account.
    stopMoves(context, identityId);
    if (one.does === 'code') {
      const made = beginLink(context, who);
      if (made.ok) world.code = made.value;
    }
    if (one.does === 'say') {
      const said = sayLinkCode(context, who, { code: world.code, isPublic: false });
      if (said.ok) Object.assign(world, { lookup: said.value.lookup, agreed: new Set() });
    }
    if (one.does === 'agree') agree(world, context, identityId);
    if (one.does === 'refuse') endLink(context, world.lookup);
    if (one.does === 'unlink') unlinkAddress(context, who.personId, other);
    if (one.does === 'move') {
      // The owner of the other address has written their code down.
      const code = writeRecoveryCode(context, ownerOf(context, other));
      beginMove(context, who, { code, isPublic: false });
    }
    if (one.does === 'lost') askMove(context, who, NUMBERS[one.other] ?? '');
    if (one.does === 'allow') {
      for (let id = 1; id < 20; id += 1) allowMove(context, who.personId, { id, reason: 'known' });
    }
    if (one.does === 'share') addSecondPerson(context, who, 'agreed');
    if (one.does === 'turn') takeTurn(context, identityId, one.turn);
  });
}

function agree(world: World, context: Context, identityId: number): void {
  const who = { identityId, personId: ownerOf(context, identityId) };
  const link = context.tx.linkCodes.get(world.lookup);
  const agreed = agreeToLink(context, who, world.lookup);
  if (!agreed.ok) return;
  world.agreed.add(identityId);
  if (!agreed.value.isJoined) return;
  // Both sides have agreed, each at the address that it was about.
  expect(world.agreed.has(link?.identityId ?? 0)).toBe(true);
  expect(world.agreed.has(link?.askerId ?? 0)).toBe(true);
}

function work(city: TestCity, identityId: number): void {
  const person = city.run((context) => context.tx.people.get(ownerOf(context, identityId)));
  if (person === undefined) throw new Error('an address of nobody');
  const isClose = city.run((context) => context.tx.accounts.areClose(person.id, city.organizer.id));
  const acts = city.run((context) => rolesOf(context, city.organizer.id).issuers.length > 0);
  if (!acts || isClose || person.id === city.organizer.id) return;
  city.run((context) => context.tx.people.setPublicEvidence(person.id, context.now));
  doWork(city, { ...person, identityId }, newTask(city));
}

function standing(city: TestCity) {
  const db = databaseOf(city.store);
  return {
    credits: db.get(sql`select coalesce(sum(credits_posted - debits_posted), 0) as credits
      from accounts where kind = 'person'`),
    issued: db.get(sql`select coalesce(sum(amount), 0) as credits from transfers
      where code = 'issue'`),
    addresses: db.all(sql`select id from identities order by id`),
  };
}

/** What may never be, whatever was done. */
function look(city: TestCity): void {
  const db = databaseOf(city.store);
  const { credits, issued } = standing(city);
  expect(credits).toEqual(issued);
  // An address is one person's, or it is shared by two of whom it is one's turn.
  expect(
    db.all(sql`select identities.id from identities
      join shared_phones on shared_phones.identity_id = identities.id
      group by identities.id having count(*) <> 2 or count(distinct shared_phones.person_id) <> 2
        or sum(shared_phones.person_id = identities.person_id) <> 1`),
  ).toEqual([]);
  // Nobody with credits or a role is left without an address.
  expect(
    db.all(sql`select persons.id from persons
      where not exists (select 1 from identities where person_id = persons.id)
        and not exists (select 1 from shared_phones where person_id = persons.id)
        and (exists (select 1 from accounts where name = 'person:' || participant_id
            and credits_posted > debits_posted)
          or exists (select 1 from delegations where person_id = persons.id
            and revoked_at is null))`),
  ).toEqual([]);
  // Nobody decided about work of an account that is known to be theirs too.
  expect(
    db.all(sql`select reviews.id from reviews join evidence on evidence.id = evidence_id
      join claims on claims.id = claim_id where claims.person_id = reviewer_id`),
  ).toEqual([]);
}

/** What whoever has an address acts for, by the addresses. */
const rolesAt = (city: TestCity, addresses: readonly number[]): readonly string[] =>
  city.run((context) =>
    addresses.map((identityId) => {
      const turns = context.tx.accounts.turnsOf(identityId).map(({ personId }) => personId);
      const people = turns.length === 0 ? [ownerOf(context, identityId)] : turns;
      return people
        .flatMap((personId) => {
          const { admin, issuers, redeemers } = rolesOf(context, personId);
          return [...(admin ? ['city'] : []), ...issuers, ...redeemers];
        })
        .toSorted()
        .join();
    }),
  );

test('no credit is made or lost, no address has two owners, and no role passes unasked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 20, maxLength: 60 }), (deeds) =>
      withCity(
        (city) => {
          const people = NUMBERS.map((number) => city.join(number).identityId);
          const addresses = [...people, city.organizer.identityId, city.admin.identityId];
          const world: World = { city, addresses, code: '', lookup: '', agreed: new Set() };
          for (const one of deeds) {
            const before = rolesAt(city, addresses);
            act(world, one);
            look(city);
            const gained = rolesAt(city, addresses).some(
              (roles, index) =>
                roles !== before[index] && roles.length > (before[index]?.length ?? 0),
            );
            // Only an agreement of both and a move whose time has come bring a role to an address.
            if (gained) expect(['agree', 'wait']).toContain(one.does);
          }
          expect(standing(city).addresses.length).toBeGreaterThanOrEqual(ADDRESSES);
        },
        { city: unlimited(TEST_CITY) },
      ),
    ),
    { numRuns: runs(8, 25), endOnFailure: true },
  );
});

test('a role moves by a code only after three days in which no old address said a word', () =>
  withCity((city) => {
    const ana = city.join('+15105550211');
    const { identityId, id: personId } = ana;
    const begin = (context: Context) => {
      const code = writeRecoveryCode(context, city.organizer.id);
      return beginMove(context, { identityId, personId }, { code, isPublic: false });
    };
    city.run(begin);
    city.run((context) => stopMoves(context, city.organizer.identityId));
    city.clock.now += 4 * DAY_MS;
    city.run((context) => expect(context.tx.moves.due(context.now, 10)).toEqual([]));
    city.run(begin);
    city.clock.now += 71 * HOUR_MS;
    city.run((context) => expect(context.tx.moves.due(context.now, 10)).toEqual([]));
  }));
