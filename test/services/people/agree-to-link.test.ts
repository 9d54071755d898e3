import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkCodeFrom, parseLinkCode, showLinkCode } from '../../../src/domain/link.ts';
import { MINUTE_MS } from '../../../src/lib/clock.ts';
import { agreeToLink } from '../../../src/services/people/agree-to-link.ts';
import { agreeToPublicEvidence } from '../../../src/services/people/agree-to-public-evidence.ts';
import { beginLink } from '../../../src/services/people/begin-link.ts';
import { sayLinkCode } from '../../../src/services/people/say-link-code.ts';
import { seeAlerts, setAlerts } from '../../../src/services/people/set-alerts.ts';
import { setLanguage } from '../../../src/services/people/set-language.ts';
import { supposeLanguage } from '../../../src/services/people/suppose-language.ts';
import { rolesOf } from '../../../src/services/roles.ts';
import { dropTask } from '../../../src/services/tasks/drop-task.ts';
import { joinTask } from '../../../src/services/tasks/join-task.ts';
import { expectOk, newTask, refusalOf, type TestCity, withCity } from '../../support/city.ts';
import { act, deeds, openWorld } from '../../support/deeds.ts';
import { runs } from '../../support/runs.ts';
import { databaseOf } from '../../support/store.ts';
import { doWork } from '../../support/work.ts';

const ownerOf = (city: TestCity, identityId: number) =>
  city.store.read.identities.get(identityId)?.personId ?? 0;
const atOf = (city: TestCity, identityId: number) => ({
  identityId,
  personId: ownerOf(city, identityId),
});
/** One address gets a code, another one says it, and everybody who is asked agrees. */
const join = (city: TestCity, code: number, said: number) =>
  city.run((context) => {
    const asker = atOf(city, said);
    const made = expectOk(beginLink(context, atOf(city, code)));
    const heard = sayLinkCode(context, asker, { code: made, isPublic: false });
    if (!heard.ok) return heard;
    const { lookup } = heard.value;
    let agreed = agreeToLink(context, asker, lookup);
    while (agreed.ok && !agreed.value.isJoined) {
      agreed = agreeToLink(context, atOf(city, agreed.value.asked), lookup);
    }
    if (!agreed.ok) return agreed;
    if (!agreed.value.isJoined) throw new Error('not joined');
    return { ok: true as const, value: agreed.value };
  });
describe('a link code', () => {
  test('has six digits, whatever the random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bytes) => {
        const code = linkCodeFrom(bytes);
        expect(code).toMatch(/^\d{6}$/);
        expect(parseLinkCode(showLinkCode(code))).toBe(code);
        expect(parseLinkCode([...code].join(' - '))).toBe(code);
      }),
    );
  });

  test('is read from nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const code = parseLinkCode(text);
        if (code !== undefined) expect(code).toMatch(/^\d{6}$/);
      }),
    );
    for (const typed of ['', '12345', '1234567', '12345a', '493.027.1']) {
      expect(parseLinkCode(typed)).toBeUndefined();
    }
  });

  test('works once, for ten minutes, and not after a newer one', () =>
    withCity((city) => {
      const [ana, ben, eva] = ['1', '2', '3'].map((n) => city.join(`+1510555021${n}`));
      if (ana === undefined || ben === undefined || eva === undefined) throw new Error('nobody');
      const say = (identityId: number, code: string) =>
        refusalOf(
          city.run((context) =>
            sayLinkCode(context, atOf(city, identityId), { code, isPublic: false }),
          ),
        );
      const get = () =>
        city.run((context) => expectOk(beginLink(context, atOf(city, ana.identityId))));
      const first = get();
      const second = get();
      expect(first === second ? 'link-unknown' : say(ben.identityId, first)).toBe('link-unknown');
      city.clock.now += 10 * MINUTE_MS;
      expect(say(ben.identityId, second)).toBe('link-unknown');
      const third = get();
      expect(say(ana.identityId, third)).toBe('link-unknown');
      expect(say(ben.identityId, third)).toBeUndefined();
      expect(say(eva.identityId, third)).toBe('link-unknown');
      expect(ownerOf(city, ben.identityId)).toBe(ben.id);
    }));
});

describe('linking', () => {
  test('keeps the one with a public history, and gives them what the other had', () =>
    withCity((city) => {
      const ana = city.join('+15105550211');
      const ben = city.join('+15105550212');
      city.run((context) => {
        expectOk(joinTask(context, ana, newTask(city)));
        supposeLanguage(context, ana.id, 'en');
        setLanguage(context, ben.id, 'es');
        setAlerts(context, ben.identityId, { isOn: true, wording: 'alerts' });
        agreeToPublicEvidence(
          context,
          { identityId: ben.identityId, personId: ben.id },
          { wording: 'yes', consent: 'words' },
        );
        context.tx.sessions.put({
          identityId: ben.identityId,
          command: 'done',
          step: 'which',
          data: '',
          expiresAt: context.now + 1,
        });
      });
      const linked = expectOk(join(city, ben.identityId, ana.identityId));
      expect(linked.person).toMatchObject({
        id: ana.id,
        participantId: ana.participantId,
        language: 'es',
        publicEvidenceAt: city.clock.now,
      });
      expect(linked.addresses).toEqual([ana.identityId, ben.identityId]);
      expect(ownerOf(city, ben.identityId)).toBe(ana.id);
      city.run((context) => expect(seeAlerts(context, ben.identityId)).toBeNull());
      expect(city.store.read.sessions.get(ben.identityId)).toBeUndefined();
    }));

  test('moves roles; of two for the same partner one stays', () =>
    withCity((city) => {
      const ana = city.join('+15105550211');
      city.run((context) => expectOk(joinTask(context, ana, newTask(city))));
      expectOk(join(city, ana.identityId, city.organizer.identityId));
      expectOk(join(city, city.admin.identityId, ana.identityId));
      city.run((context) => {
        expect(rolesOf(context, ana.id)).toEqual({
          admin: true,
          issuers: ['The Issuer'],
          redeemers: [],
          rights: ['tasks', 'roster', 'reviews', 'invites'],
          reviewsInPlaceOf: [],
        });
        expect(rolesOf(context, city.organizer.id)).toMatchObject({ admin: false, issuers: [] });
      });
    }));

  test('of two with a history lets go only of one that has nothing left to lose', () =>
    withCity((city) => {
      const [ana, ben, eva] = ['1', '2', '3'].map((n) => city.join(`+1510555021${n}`));
      if (ana === undefined || ben === undefined || eva === undefined) throw new Error('nobody');
      for (const one of [ana, ben]) doWork(city, one, newTask(city));
      expect(refusalOf(join(city, ana.identityId, ben.identityId))).toBe('link-both');
      const task = newTask(city);
      city.run((context) => expectOk(joinTask(context, eva, task)));
      expect(refusalOf(join(city, eva.identityId, ana.identityId))).toBe('link-both');
      city.run((context) => expectOk(dropTask(context, eva.id, task)));
      expect(expectOk(join(city, eva.identityId, ana.identityId)).person.id).toBe(ana.id);
      expect(ownerOf(city, eva.identityId)).toBe(ana.id);
    }));
});

/** Credits of all people, and whatever would be lost with a person who has no address. */
function standing(city: TestCity) {
  const db = databaseOf(city.store);
  return {
    credits: db.get(sql`select sum(credits_posted - debits_posted) as credits,
      sum(debits_pending) as held from accounts where kind = 'person'`),
    transfers: city.store.read.ledger.head()?.position ?? 0,
    addresses: db.all(sql`select id from identities order by id`),
    roles: db.all(sql`select distinct partner_id from delegations
      join identities using (person_id) where revoked_at is null order by 1`),
    lost: db.all(sql`select persons.id from persons
      where not exists (select 1 from identities where person_id = persons.id)
        and (exists (select 1 from accounts where name = 'person:' || participant_id
            and (credits_posted > debits_posted or debits_pending > 0))
          or exists (select 1 from claims where person_id = persons.id
            and state in ('joined', 'standby', 'submitted'))
          or exists (select 1 from redemptions where person_id = persons.id and state = 'held')
          or exists (select 1 from delegations where person_id = persons.id
            and revoked_at is null))`),
  };
}

test('whatever people do and however they link, no credit, role or address is lost', async () => {
  const at = fc.nat(4);
  const link = fc.record({ code: at, said: at });
  await fc.assert(
    fc.asyncProperty(
      deeds,
      fc.array(link, { minLength: 5, maxLength: 20 }),
      fc.infiniteStream(fc.nat(9)),
      (all, links, when) =>
        withCity((city) => {
          const world = openWorld(city);
          const newcomer = city.join('+15105550399');
          const addresses = [...world.people, newcomer].map(({ identityId }) => identityId);
          /** The same addresses, and who has them by now. */
          const people = () =>
            addresses.slice(0, world.people.length).map((identityId) => {
              const person = city.store.read.people.get(ownerOf(city, identityId));
              if (person === undefined) throw new Error('an address of nobody');
              return { id: person.id, identityId, participantId: person.participantId };
            });
          const waiting = [...links];
          for (const one of all) {
            act({ ...world, people: people() }, one);
            if (when.next().value > 0) continue;
            const next = waiting.pop();
            if (next === undefined) break;
            const before = standing(city);
            join(city, addresses[next.code] ?? 0, addresses[next.said] ?? 0);
            expect(standing(city)).toEqual(before);
            expect(before.lost).toEqual([]);
          }
        }),
    ),
    { numRuns: runs(5, 15), endOnFailure: true },
  );
});
