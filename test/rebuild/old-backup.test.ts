// A backup from before things were used up, ended and parted: nothing of it can be used a second time.
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { followMove } from '../../src/services/city/follow-move.ts';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { contextOf } from '../../src/services/context.ts';
import { confirmCode } from '../../src/services/credits/confirm-code.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { releaseCode } from '../../src/services/credits/release-code.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../../src/services/evidence/submit-evidence.ts';
import { acceptInvite } from '../../src/services/partners/accept-invite.ts';
import { choosePartner, seeOwnPartners } from '../../src/services/partners/choose-partner.ts';
import { inviteAdmin } from '../../src/services/partners/invite-admin.ts';
import { invitePartner } from '../../src/services/partners/invite-partner.ts';
import { publishDelegations } from '../../src/services/partners/record-partner.ts';
import { revoke, seeRevocable } from '../../src/services/partners/revoke.ts';
import { suspendPartner } from '../../src/services/partners/suspend-partner.ts';
import { beginMove } from '../../src/services/people/begin-move.ts';
import { joinPeople } from '../../src/services/people/join-people.ts';
import { renewRecoveryCode } from '../../src/services/people/recovery-code.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import type { Database } from '../../src/store/database.ts';
import type { Store } from '../../src/store/store.ts';
import {
  expectOk,
  newOffer,
  newPerson,
  newTask,
  type Person,
  refusalOf,
  type TestCity,
  withCity,
} from '../support/city.ts';
import { openPaperAudit } from '../support/paper-audit.ts';
import { newKey, signRepository } from '../support/paper-repository.ts';
import { backupNow, sourceOf, withRebuilt } from '../support/rebuilt.ts';
import { databaseOf } from '../support/store.ts';

/** Runs a use case in the city that was made anew. */
const inCity = <T>(
  city: TestCity,
  store: Store,
  work: (context: ReturnType<typeof contextOf>) => T,
): T => store.transact((tx) => work(contextOf(city.foundation, tx)));

/** Everybody who may act now, by participant id and role. */
const acting = (store: Store, now: number): readonly string[] =>
  [null, ...store.read.partners.every().map(({ id }) => id)].flatMap((id) =>
    store.read.partners
      .delegationsOf(id)
      .filter(({ delegation: { revokedAt, expiresAt } }) => {
        return revokedAt === null && (expiresAt ?? now + 1) > now;
      })
      .map(({ delegation: { role }, participantId }) => `${participantId} ${role} ${id}`),
  );

const idOf = (db: Database, { participantId }: Person): number =>
  db.get<{ id: number }>(sql`select id from persons where participant_id = ${participantId}`)?.id ??
  0;

test('invitations that were open then are void: one may have been used or taken back since', () =>
  withCity(async (city) => {
    city.run((context) => publishCity(context));
    const [ana, ben] = [city.join('+15105550211'), city.join('+15105550212')];
    const tokens = city.run((context) => {
      const counter = { name: 'The Redeemer', role: 'counter' } as const;
      return [
        expectOk(invitePartner(context, city.admin.id, counter)).token,
        // Asked for again in the same words it would be the same one.
        expectOk(invitePartner(context, city.admin.id, { ...counter, role: 'manager' })).token,
        expectOk(inviteAdmin(context, city.admin.id)).token,
      ];
    });
    const [used = '', revoked = '', admin = ''] = tokens;
    const backup = backupNow(databaseOf(city.store));
    city.clock.now += MINUTE_MS;
    city.run((context) => {
      for (const token of [used, admin]) expectOk(acceptInvite(context, ana.id, token));
      const open = seeRevocable(context, city.admin.id).find(({ kind }) => kind === 'invite');
      expectOk(revoke(context, city.admin.id, open ?? { kind: 'invite', id: 0 }));
    });
    city.clock.now += MINUTE_MS;
    const now = acting(city.store, city.clock.now);
    await withRebuilt(
      sourceOf(databaseOf(city.store)),
      (db, { lost }, store) => {
        expect(lost.invites).toBe(3);
        for (const token of [used, revoked, admin]) {
          const again = inCity(city, store, (context) =>
            acceptInvite(context, idOf(db, ben), token),
          );
          expect(refusalOf(again)).toBe('invite-unknown');
        }
        expect(acting(store, city.clock.now)).toEqual(now);
      },
      { backup },
    );
  }));

test('whoever became one with somebody else, and lost the role, does not get it back', () =>
  withCity(async (city) => {
    const [ana, other] = [city.join('+15105550211'), city.join('+15105550212')];
    city.run((context) => {
      publishCity(context);
      const manager = { name: 'The Issuer', role: 'manager' } as const;
      const { token } = expectOk(invitePartner(context, city.admin.id, manager));
      expectOk(acceptInvite(context, ana.id, token));
      const { token: asAdmin } = expectOk(inviteAdmin(context, city.admin.id));
      expectOk(acceptInvite(context, ana.id, asAdmin));
    });
    const backup = backupNow(databaseOf(city.store));
    city.clock.now += MINUTE_MS;
    city.run((context) => {
      const [stays, goes] = [context.tx.people.get(other.id), context.tx.people.get(ana.id)];
      if (stays === undefined || goes === undefined) throw new Error('nobody');
      joinPeople(context, stays, goes);
    });
    city.clock.now += MINUTE_MS;
    city.run((context) => {
      for (const role of ['manager', 'admin']) {
        const all = seeRevocable(context, city.admin.id);
        const found = all.find(
          (one) => one.role === role && one.participantId === other.participantId,
        );
        expectOk(revoke(context, city.admin.id, found ?? { kind: 'invite', id: 0 }));
      }
    });
    const now = acting(city.store, city.clock.now);
    expect(now.filter((line) => line.startsWith(ana.participantId))).toEqual([]);
    await withRebuilt(
      sourceOf(databaseOf(city.store)),
      (_db, _rebuilt, store) => expect(acting(store, city.clock.now)).toEqual(now),
      { backup },
    );
  }));

test('a role that began by a clock that was wrong, and was ended, does not come back', () =>
  withCity(async (city) => {
    const ana = city.join('+15105550211');
    city.run((context) => publishCity(context));
    city.clock.now += HOUR_MS;
    city.run((context) => {
      const manager = { name: 'The Issuer', role: 'manager' } as const;
      const { token } = expectOk(invitePartner(context, city.admin.id, manager));
      expectOk(acceptInvite(context, ana.id, token));
    });
    const backup = backupNow(databaseOf(city.store));
    const from = city.clock.now;
    city.clock.now -= HOUR_MS;
    city.run((context) => followMove(context, { from, to: city.clock.now }));
    city.clock.now += MINUTE_MS;
    city.run((context) => {
      const all = seeRevocable(context, city.admin.id);
      const manager = all.find(({ role }) => role === 'manager');
      expectOk(revoke(context, city.admin.id, manager ?? { kind: 'invite', id: 0 }));
    });
    const now = acting(city.store, from + DAY_MS);
    await withRebuilt(
      sourceOf(databaseOf(city.store)),
      (_db, _rebuilt, store) => expect(acting(store, from + DAY_MS)).toEqual(now),
      { backup },
    );
  }));

test('the partner that was chosen with AS is chosen still', () =>
  withCity(async (city) => {
    city.run((context) => {
      publishCity(context);
      const more = { name: 'Second', kind: 'issuer' } as const;
      const { token } = expectOk(invitePartner(context, city.admin.id, more));
      expectOk(acceptInvite(context, city.organizer.id, token));
      expectOk(choosePartner(context, city.organizer.id, 'Second'));
    });
    const chosen = (store: Store, id: number) =>
      inCity(city, store, ({ tx, now }) =>
        tx.partners
          .acting(id, now)
          .filter(({ chosenAt }) => chosenAt !== null)
          .map(({ partner }) => partner?.name),
      );
    expect(chosen(city.store, city.organizer.id)).toEqual(['Second']);
    const backup = backupNow(databaseOf(city.store));
    await withRebuilt(
      sourceOf(databaseOf(city.store)),
      (db, _rebuilt, store) => {
        const id = idOf(db, city.organizer);
        expect(chosen(store, id)).toEqual(['Second']);
        expect(inCity(city, store, (context) => seeOwnPartners(context, id))).toHaveLength(2);
      },
      { backup },
    );
  }));

test('a recovery code moves nothing while nobody hears of it, and an old one neither', () =>
  withCity(async (city) => {
    const ana = city.join('+15105550211');
    const old = city.run((context) => {
      publishCity(context);
      return expectOk(renewRecoveryCode(context, ana.id));
    });
    const backup = backupNow(databaseOf(city.store));
    city.run((context) => expectOk(renewRecoveryCode(context, ana.id)));
    await withRebuilt(
      sourceOf(databaseOf(city.store)),
      (db, _rebuilt, store) => {
        const begin = () =>
          inCity(city, store, (context) => {
            const thief = newPerson(context, '+15105550299');
            const at = { identityId: thief.identityId, personId: thief.id };
            return beginMove(context, at, { code: old, isPublic: false });
          });
        expect(refusalOf(begin())).toBe('move-unheard');
        // Once they have written and agreed again, they hear of it, and any word stops it.
        inCity(city, store, ({ tx, now }) => tx.people.setJoined(idOf(db, ana), now));
        expect(begin()).toMatchObject({ ok: true, value: { kind: 'waiting', old: [1 + 3] } });
      },
      { backup },
    );
  }));

/** A resident with 40 credits, an offer for 5 of them, and a city whose records tell who may act. */
function withCredits(city: TestCity) {
  const ana = city.join('+15105550211');
  city.run((context) => {
    publishCity(context);
    publishDelegations(context);
    context.tx.inbox.add({
      ...{ channel: 'sms', externalId: '1', identityId: 1, receivedAt: 0 },
      payload: { text: '', replyTo: null, pictures: 0 },
    });
  });
  const taskId = newTask(city, { credits: 40 });
  const offerId = newOffer(city, { credits: 5 });
  city.run((context) => {
    expectOk(joinTask(context, ana, taskId));
    const sent = { taskId, text: 'done', pictureIds: [], inboxId: 1 };
    const { evidenceId } = expectOk(submitEvidence(context, ana, sent));
    expectOk(reviewEvidence(context, city.organizer, { evidenceId, approved: true, note: '' }));
  });
  const redeem = (): string => {
    city.clock.now += 2 * MINUTE_MS;
    return city.run((context) => expectOk(redeemOffer(context, ana, offerId)).code);
  };
  return { ana, redeem };
}

test('codes that were honored or given back since are honored by nobody again', () =>
  withCity(async (city) => {
    const { ana, redeem } = withCredits(city);
    const [honored, released, live] = [redeem(), redeem(), redeem()];
    const backup = backupNow(databaseOf(city.store));
    city.run((context) => {
      expectOk(confirmCode(context, city.redeemer.id, honored));
      expectOk(releaseCode(context, ana.id, released));
    });
    const before = city.store.read.ledger.head();
    await withRebuilt(
      sourceOf(databaseOf(city.store)),
      (db, _rebuilt, store) => {
        const confirm = (code: string) =>
          inCity(city, store, (context) => confirmCode(context, idOf(db, city.redeemer), code));
        expect(confirm(honored)).toMatchObject({ ok: true, value: { repeated: true } });
        expect(refusalOf(confirm(released))).toBe('code-released');
        expect(store.read.ledger.head()).toEqual(before);
        expect(confirm(live)).toMatchObject({ ok: true, value: { repeated: false } });
      },
      { backup },
    );
  }));

test('a partner whose record is of before histories can be suspended later, and nothing before is red', () =>
  withCity(async (city) => {
    const { redeem } = withCredits(city);
    const source = sourceOf(databaseOf(city.store), {
      change: (records) =>
        records.map(({ value, ...record }) => {
          const { history: _history, delegations: _delegations, ...old } = value;
          const isPartner = record.collection.endsWith('.partner');
          return { ...record, value: isPartner ? old : value };
        }),
    });
    const backup = backupNow(databaseOf(city.store));
    expect(redeem()).toHaveLength(8);
    await withRebuilt(
      source,
      async (db, _rebuilt, store) => {
        city.clock.now += DAY_MS;
        inCity(city, store, (context) => {
          publishDelegations(context);
          const admin = idOf(db, city.admin);
          expectOk(suspendPartner(context, admin, 'The Issuer too few helpers'));
        });
        expect(await findings(city, db)).toEqual([]);
      },
      { backup },
    );
  }));

/** What the audit finds in the records of a database, signed as its account would. */
async function findings(city: TestCity, db: Database): Promise<readonly string[]> {
  const records = db.all<{ collection: string; rkey: string; value: string }>(
    sql`select collection, rkey, value from records as one where seq = (select max(seq)
      from records as other where other.collection = one.collection and other.rkey = one.rkey)`,
  );
  const audit = await openPaperAudit();
  try {
    const key = await newKey();
    const { did } = city.foundation;
    const values = records.map((record) => ({ ...record, value: JSON.parse(record.value) }));
    const { car } = await signRepository(values, { did, key, rev: city.foundation.newTid() });
    const { findings: found, complete } = await audit.car(car, { isOffline: true });
    expect(complete).toBe(true);
    return found.list.map(({ code, uri, sentence }) => `${code} ${uri} ${sentence}`);
  } finally {
    await audit.close();
  }
}
