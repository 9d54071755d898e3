import { describe, expect, test } from 'vitest';
import { openEpochJob } from '../../../src/jobs/open-epoch.ts';
import { DAY_MS } from '../../../src/lib/clock.ts';
import { contextOf } from '../../../src/services/context.ts';
import { openEpoch } from '../../../src/services/credits/open-epoch.ts';
import { seeCaps } from '../../../src/services/credits/see-caps.ts';
import { setCap } from '../../../src/services/credits/set-cap.ts';
import { acceptInvite } from '../../../src/services/partners/accept-invite.ts';
import { invitePartner } from '../../../src/services/partners/invite-partner.ts';
import { CITY_SCOPE } from '../../../src/store/caps.ts';
import type { AccountRow } from '../../../src/store/ledger.ts';
import { expectOk, newTask, TEST_CITY, type TestCity, withCity } from '../../support/city.ts';
import { decide, doWork, sendWork, versionsOf } from '../../support/work.ts';

/** The end of the epoch that the test cities begin in: midnight in Los Angeles. */
const NEW_YEAR = Date.UTC(2027, 0, 1, 8);

const cap = (city: TestCity, issuer: string, amount: number) =>
  city.run((context) => setCap(context, city.admin.id, { issuer, amount }));
const withPolicies = (city: TestCity, policies: Partial<typeof TEST_CITY.policies>) =>
  city.run((context) =>
    openEpoch({
      ...context,
      city: { ...TEST_CITY, policies: { ...TEST_CITY.policies, ...policies } },
    }),
  );

describe('the public record of an epoch', () => {
  test('says from when to when it lasts, and how much the city and each issuer may issue', () =>
    withCity((city) => {
      const [created, ...more] = versionsOf(city, 'epoch');
      expect(more).toEqual([]);
      expect(created).toMatchObject({ operation: 'create', rkey: '2026-Q4' });
      const issuer = city.store.read.partners.byName('issuer', 'THE ISSUER');
      expect(created?.value).toEqual({
        $type: 'org.city-sync.civic.epoch',
        name: '2026-Q4',
        startsAt: '2026-10-01T07:00:00.000Z',
        endsAt: '2027-01-01T08:00:00.000Z',
        caps: [
          { creditKind: 'CITY', amount: 10_000, decidedAt: '2026-11-23T18:00:00.000Z' },
          {
            issuer: {
              uri: `at://did:plc:testville2345abcdefghijk/org.city-sync.civic.partner/${issuer?.rkey}`,
              cid: issuer?.cid,
            },
            creditKind: 'CITY',
            amount: 1000,
            decidedAt: '2026-11-23T18:00:00.000Z',
            by: city.admin.participantId,
          },
        ],
        rejectionPolicy: 'withhold',
        createdAt: '2026-11-23T18:00:00.000Z',
      });
    }));

  test('is replaced when a cap changes, and not otherwise', () =>
    withCity((city) => {
      expect(withPolicies(city, {})).toBe(false);
      city.clock.now += 1000;
      expectOk(cap(city, 'The Issuer', 1000));
      expect(versionsOf(city, 'epoch')).toHaveLength(1);
      expectOk(cap(city, 'The Issuer', 1200));
      expect(withPolicies(city, { cityCap: 9000 })).toBe(true);
      const [first, second, third] = versionsOf(city, 'epoch');
      expect(second?.operation).toBe('update');
      expect(second?.value.caps[1]?.amount).toBe(1200);
      expect(third?.value.caps[0]?.amount).toBe(9000);
      expect(third?.value.createdAt).toBe(first?.value.createdAt);
      expect(third?.value.updatedAt).toBe('2026-11-23T18:00:01.000Z');
    }));

  test('has the issuers in the order in which they came, whoever was given a cap first', () =>
    withCity((city) => {
      const names = ['A later one', 'Another one'];
      city.run((context) => {
        for (const name of names) {
          const invited = expectOk(invitePartner(context, city.admin.id, { kind: 'issuer', name }));
          expectOk(acceptInvite(context, city.organizer.id, invited.token));
        }
      });
      expectOk(cap(city, 'Another one', 2));
      expectOk(cap(city, 'A later one', 1));
      const caps = versionsOf(city, 'epoch').at(-1)?.value.caps ?? [];
      expect(caps.map(({ amount }) => amount)).toEqual([10_000, 1000, 1, 2]);
    }));

  test('remembers that rejections could bring credits in it', () =>
    withCity((city) => {
      expect(withPolicies(city, { rejectionPolicy: 'credit' })).toBe(true);
      expect(withPolicies(city, { rejectionPolicy: 'withhold' })).toBe(false);
      expect(versionsOf(city, 'epoch').map(({ value }) => value.rejectionPolicy)).toEqual([
        'withhold',
        'credit',
      ]);
    }));

  test('never has a cap of the city below what was issued under it', () =>
    withCity((city) => {
      const keep = (cityCap: number) => {
        withPolicies(city, { cityCap });
        return city.store.read.caps.get(CITY_SCOPE, '2026-Q4')?.amount;
      };
      expect(keep(500)).toBe(500);
      city.run((context) => context.tx.caps.addIssued(0, '2026-Q4', 300));
      expect(keep(900)).toBe(900);
      expect(keep(100)).toBe(300);
      expect(versionsOf(city, 'epoch').at(-1)?.value.caps[0]?.amount).toBe(300);
    }));

  test('is there when an epoch turns in a running city', () =>
    withCity((city) => {
      const turn = () => city.run(openEpochJob.run);
      expect(turn()).toBe(false);
      city.clock.now = NEW_YEAR;
      expect(turn()).toBe(true);
      expect(turn()).toBe(false);
      expect(versionsOf(city, 'epoch').at(-1)).toMatchObject({
        operation: 'create',
        rkey: '2027-Q1',
        value: {
          caps: [
            { amount: 10_000, carriedFrom: '2026-Q4' },
            { amount: 1000, carriedFrom: '2026-Q4' },
          ],
          startsAt: '2027-01-01T08:00:00.000Z',
        },
      });
    }));

  test('comes before the first credits of the epoch', () =>
    withCity((city) => {
      const taskId = newTask(city);
      const evidenceId = sendWork(city, city.join('+15105550101'), taskId);
      city.clock.now = NEW_YEAR + DAY_MS;
      expectOk(decide(city, evidenceId));
      const written = city.store.read.records
        .after(0, 100)
        .map(({ collection, rkey }) => [collection.split('.').at(-1), rkey]);
      const epoch = written.findIndex(([, rkey]) => rkey === '2027-Q1');
      expect(epoch).toBeGreaterThan(0);
      expect(epoch).toBeLessThan(written.findIndex(([kind]) => kind === 'transfer'));
    }));
});

describe('the epoch that credits count against', () => {
  const issued = (city: TestCity, epoch: string) =>
    city.store.read.caps.get(CITY_SCOPE, epoch)?.issued ?? 0;

  test('turns with the midnight of the city', () =>
    withCity((city) => {
      const taskId = newTask(city, { credits: 20 });
      const [one, two] = ['1', '2'].map((digit) =>
        sendWork(city, city.join(`+1510555010${digit}`), taskId),
      ) as [number, number];
      city.clock.now = NEW_YEAR - 1;
      expectOk(decide(city, one));
      city.clock.now = NEW_YEAR;
      expectOk(decide(city, two));
      expect([issued(city, '2026-Q4'), issued(city, '2027-Q1')]).toEqual([20, 20]);
    }));

  test('is that of the transfer itself, also when the clock is set back over its beginning', () =>
    withCity((city) => {
      const person = city.join('+15105550101');
      city.clock.now = NEW_YEAR;
      expectOk(cap(city, 'The Issuer', 1000));
      const taskId = newTask(city, { credits: 20 });
      const other = newTask(city, { credits: 20 });
      doWork(city, person, taskId);
      city.clock.now = NEW_YEAR - 60_000;
      doWork(city, person, other);
      const times = versionsOf(city, 'transfer').map(({ value }) => value.timeUs);
      expect(times.every((timeUs) => timeUs >= NEW_YEAR * 1000)).toBe(true);
      expect([issued(city, '2026-Q4'), issued(city, '2027-Q1')]).toEqual([0, 40]);
      const caps = city.store.transact((tx) => seeCaps(contextOf(city.foundation, tx), 1));
      expect(caps).toMatchObject({ epoch: '2027-Q1', issuer: { amount: 1000, issued: 40 } });
    }));

  test('is the next one for a transfer that the last microsecond has no room for', () =>
    withCity((city) => {
      const taskId = newTask(city, { credits: 20 });
      const [one, two] = ['1', '2'].map((digit) =>
        sendWork(city, city.join(`+1510555010${digit}`), taskId),
      ) as [number, number];
      city.clock.now = NEW_YEAR;
      expectOk(cap(city, 'The Issuer', 1000));
      city.clock.now = NEW_YEAR - 1;
      expectOk(decide(city, one));
      // As if a thousand more had been made in this millisecond.
      const [{ cid } = { cid: '' }] = versionsOf(city, 'task');
      city.run(({ tx }) => {
        const [from, to] = ['adjustment', 'expired'].map((kind) =>
          tx.ledger.addAccount({ name: kind, kind: kind as 'expired', creditKind: 'CITY' }),
        ) as [AccountRow, AccountRow];
        tx.ledger.append({
          ...{ position: 2, id: 'last', kind: 'posted', code: 'adjust', amount: 1 },
          ...{ debitAccountId: from.id, creditAccountId: to.id, resolves: null, reference: null },
          ...{ timeUs: NEW_YEAR * 1000 - 1, cid, previousCid: tx.ledger.head()?.cid ?? null },
        });
      });
      expectOk(decide(city, two));
      const [first = 0, second = 0] = versionsOf(city, 'transfer').map(({ value }) => value.timeUs);
      expect(first).toBeLessThan(NEW_YEAR * 1000);
      expect(second).toBe(NEW_YEAR * 1000);
      expect([issued(city, '2026-Q4'), issued(city, '2027-Q1')]).toEqual([20, 20]);
    }));
});

describe('caps', () => {
  const NEXT_YEAR = Date.UTC(2028, 0, 1, 8);
  const capOf = (city: TestCity, epoch: string, scope = 'issuer:1') => {
    const found = city.store.read.caps.get(scope, epoch);
    return found && [found.amount, found.issued, found.carriedFrom];
  };
  const capNext = (city: TestCity, amount: number) =>
    city.run((context) =>
      setCap(context, city.admin.id, { issuer: 'The Issuer', amount, isNext: true }),
    );

  test('carry over to each epoch of a year, and nothing that was issued does', () =>
    withCity((city) => {
      doWork(city, city.join('+15105550101'), newTask(city, { credits: 20 }));
      for (let day = city.clock.now; day < NEXT_YEAR + DAY_MS; day += DAY_MS) {
        city.clock.now = day;
        city.run(openEpochJob.run);
      }
      const names = ['2026-Q4', '2027-Q1', '2027-Q2', '2027-Q3', '2027-Q4', '2028-Q1'];
      expect(names.map((name) => capOf(city, name))).toEqual([
        [1000, 20, null],
        ...names.slice(0, -1).map((before) => [1000, 0, before]),
      ]);
      expect(versionsOf(city, 'epoch').map(({ rkey }) => rkey)).toEqual(names);
    }));

  test('are those of before for a city that was asleep for several epochs', () =>
    withCity((city) => {
      const asked = newTask(city, { credits: 20 });
      const evidenceId = sendWork(city, city.join('+15105550101'), asked);
      expectOk(capNext(city, 700));
      city.clock.now = Date.UTC(2027, 7, 1);
      // The decision comes before the job that writes the epoch down.
      const seen = city.store.transact((tx) => seeCaps(contextOf(city.foundation, tx), 1));
      expect(seen).toMatchObject({ epoch: '2027-Q3', issuer: { amount: 700, issued: 0 } });
      expectOk(decide(city, evidenceId));
      expect(capOf(city, '2027-Q3')).toEqual([700, 20, '2027-Q1']);
      expect(capOf(city, '2027-Q3', CITY_SCOPE)).toEqual([10_000, 20, '2027-Q1']);
      expect(city.run(openEpochJob.run)).toBe(false);
    }));

  test('of the next epoch follow those of this one until an admin decides them', () =>
    withCity((city) => {
      city.run((context) => {
        const invited = expectOk(
          invitePartner(context, city.admin.id, { kind: 'issuer', name: 'Another one' }),
        );
        expectOk(acceptInvite(context, city.organizer.id, invited.token));
      });
      expectOk(capNext(city, 1000));
      expect(capOf(city, '2027-Q1')).toEqual([1000, 0, null]);
      const other = city.store.read.partners.byName('issuer', 'ANOTHER ONE')?.id;
      expectOk(cap(city, 'The Issuer', 800));
      expectOk(cap(city, 'Another one', 300));
      expectOk(cap(city, 'Another one', 200));
      const next = () => [capOf(city, '2027-Q1'), capOf(city, '2027-Q1', `issuer:${other}`)];
      expect(next()).toEqual([
        [1000, 0, null],
        [200, 0, '2026-Q4'],
      ]);
      const [record] = versionsOf(city, 'epoch')
        .filter(({ rkey }) => rkey === '2027-Q1')
        .slice(-1);
      expect(record?.value.caps.map(({ amount }) => amount)).toEqual([10_000, 1000, 200]);
      city.clock.now = NEW_YEAR;
      expect(city.run(openEpochJob.run)).toBe(false);
      expectOk(cap(city, 'Another one', 50));
      expect(next()[1]).toEqual([50, 0, null]);
      city.clock.now = NEW_YEAR + 120 * DAY_MS;
      city.run(openEpochJob.run);
      expect(capOf(city, '2027-Q2', `issuer:${other}`)).toEqual([50, 0, '2027-Q1']);
    }));

  test('of the city are carried over until its settings change', () =>
    withCity((city) => {
      city.clock.now = NEW_YEAR;
      withPolicies(city, {});
      expect(capOf(city, '2027-Q1', CITY_SCOPE)).toEqual([10_000, 0, '2026-Q4']);
      withPolicies(city, { cityCap: 9000 });
      expect(capOf(city, '2027-Q1', CITY_SCOPE)).toEqual([9000, 0, null]);
      expect(versionsOf(city, 'epoch').at(-1)?.value.caps[0]).toEqual({
        ...{ creditKind: 'CITY', amount: 9000 },
        decidedAt: '2027-01-01T08:00:00.000Z',
      });
    }));
});
