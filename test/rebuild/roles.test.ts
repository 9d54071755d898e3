// Who may act after the disk was lost: what the public record says, not what the backup remembers.
import { expect, test } from 'vitest';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { contextOf } from '../../src/services/context.ts';
import { acceptInvite } from '../../src/services/partners/accept-invite.ts';
import { inviteFirstAdmin } from '../../src/services/partners/invite-first-admin.ts';
import { invitePartner } from '../../src/services/partners/invite-partner.ts';
import { revoke, seeRevocable } from '../../src/services/partners/revoke.ts';
import { expectOk, type TestCity, withCity } from '../support/city.ts';
import { backupNow, sourceOf, withRebuilt } from '../support/rebuilt.ts';
import { databaseOf } from '../support/store.ts';

const rolesIn = (store: TestCity['store'], now: number): readonly string[] =>
  store.read.partners
    .delegationsOf(1)
    .filter(
      ({ delegation: { revokedAt, expiresAt } }) =>
        revokedAt === null && (expiresAt ?? now + 1) > now,
    )
    .map(({ delegation }) => delegation.role);

test('a role that was ended after the backup stays ended, and a newer one is there', () =>
  withCity(async (city) => {
    const [ana, ben] = [city.join('+15105550211'), city.join('+15105550212')];
    const invite = (person: typeof ana, role: 'manager' | 'reviewer') =>
      city.run((context) => {
        const partner = { kind: 'issuer', name: 'The Issuer' } as const;
        const { token } = expectOk(invitePartner(context, city.admin.id, { ...partner, role }));
        expectOk(acceptInvite(context, person.id, token));
      });
    city.run((context) => publishCity(context));
    invite(ana, 'manager');
    const backup = backupNow(databaseOf(city.store));
    city.clock.now += 60_000;
    city.run((context) => {
      const all = seeRevocable(context, city.admin.id);
      const manager = all.find(({ role }) => role === 'manager');
      expectOk(revoke(context, city.admin.id, manager ?? { kind: 'invite', id: 0 }));
    });
    invite(ben, 'reviewer');
    city.clock.now += 60_000;
    expect(rolesIn(city.store, city.clock.now)).toEqual(['owner', 'reviewer']);
    const source = sourceOf(databaseOf(city.store));
    await withRebuilt(
      source,
      (_db, _rebuilt, store) => {
        expect(rolesIn(store, city.clock.now)).toEqual(['owner', 'reviewer']);
      },
      { backup },
    );
  }));

test('without a backup nobody can be reached, so that an admin is invited anew', () =>
  withCity(async (city) => {
    city.run((context) => publishCity(context));
    await withRebuilt(sourceOf(databaseOf(city.store)), (_db, _rebuilt, store) => {
      expect(rolesIn(store, city.clock.now)).toEqual(['owner']);
      const token = store.transact((tx) => inviteFirstAdmin(contextOf(city.foundation, tx)));
      expect(token).toMatch(/^[0-9A-Z]{12}$/);
    });
  }));
