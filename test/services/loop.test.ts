import { describe, expect, test } from 'vitest';
import { parseCode } from '../../src/domain/code.ts';
import { DAY_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { confirmCode } from '../../src/services/credits/confirm-code.ts';
import { expireCodes } from '../../src/services/credits/expire-codes.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { releaseCode } from '../../src/services/credits/release-code.ts';
import { seeBalance } from '../../src/services/credits/see-balance.ts';
import { seeCodes } from '../../src/services/credits/see-codes.ts';
import { setCap } from '../../src/services/credits/set-cap.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../../src/services/evidence/submit-evidence.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import { closeTask } from '../../src/services/tasks/close-task.ts';
import { dropTask } from '../../src/services/tasks/drop-task.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import { CITY_SCOPE, issuerScope } from '../../src/store/caps.ts';
import {
  expectOk,
  newOffer,
  newTask,
  type Person,
  refusalOf,
  TEST_CITY,
  TEST_NOW,
  type TestCity,
  withCity,
} from '../support/city.ts';

const join = (city: TestCity, person: Person, taskId: number) =>
  city.run((context) => joinTask(context, person, taskId));
const send = (city: TestCity, person: Person, taskId: number, text = 'It is clean.') =>
  city.run((context) => {
    const inboxId = context.tx.inbox.add({
      channel: 'sms',
      externalId: context.newTid(),
      identityId: person.identityId,
      payload: { text: '', replyTo: null, pictures: 0 },
      receivedAt: context.now,
    });
    return submitEvidence(context, person, { taskId, text, pictureIds: [], inboxId: inboxId ?? 0 });
  });
const review = (city: TestCity, reviewer: Person, evidenceId: number, approved = true, note = '') =>
  city.run((context) => reviewEvidence(context, reviewer, { evidenceId, approved, note }));
const redeem = (city: TestCity, person: Person, offerId: number) =>
  city.run((context) => redeemOffer(context, person, offerId));
const confirm = (city: TestCity, operator: Person, code: string) =>
  city.run((context) => confirmCode(context, operator.id, code));
const balance = (city: TestCity, person: Person) =>
  city.run((context) => seeBalance(context, person.participantId));

/** Somebody who earned the credits of one task. */
function earner(city: TestCity, address: string, credits = 20): Person {
  const person = city.join(address);
  const taskId = newTask(city, { credits });
  expectOk(join(city, person, taskId));
  expectOk(review(city, city.organizer, expectOk(send(city, person, taskId)).evidenceId));
  return person;
}

test('join, evidence, approval, code, confirmation: credits come and go, and every step is a record', () =>
  withCity((city) => {
    const person = earner(city, '+15105550101');
    expect(balance(city, person)).toEqual({ available: 20, held: 0 });
    const offerId = newOffer(city, { credits: 15 });
    const { code } = expectOk(redeem(city, person, offerId));
    expect(parseCode(code).ok).toBe(true);
    expect(balance(city, person)).toEqual({ available: 5, held: 15 });
    expect(expectOk(confirm(city, city.redeemer, code))).toMatchObject({
      title: 'Coffee',
      credits: 15,
      repeated: false,
    });
    expect(balance(city, person)).toEqual({ available: 5, held: 0 });
    const collections = city.store.read.records
      .after(0, 100)
      .map(({ collection }) => collection.split('.').at(-1));
    expect(collections.slice(-11)).toEqual([
      'claim',
      'activity',
      'attachment',
      'claim',
      'review',
      'claim',
      'transfer',
      'offer',
      'transfer',
      'transfer',
      'redemption',
    ]);
    const values = city.store.read.records.after(0, 100).map(({ value }) => value);
    expect(values.join()).not.toContain(code);
    expect(values.join()).not.toContain('5550101');
  }));

describe('joining', () => {
  test('is refused twice, stands by when full, and the first who stands by gets a freed slot', () =>
    withCity((city) => {
      const people = ['1', '2', '3'].map((digit) => city.join(`+1510555020${digit}`));
      const [first, second, third] = people as [Person, Person, Person];
      const taskId = newTask(city, { slots: 1 });
      expect(expectOk(join(city, first, taskId)).state).toBe('joined');
      expect(refusalOf(join(city, first, taskId))).toBe('joined-already');
      expect(expectOk(join(city, second, taskId))).toMatchObject({ state: 'standby', place: 1 });
      expect(expectOk(join(city, third, taskId))).toMatchObject({ state: 'standby', place: 2 });
      expect(refusalOf(join(city, second, taskId))).toBe('standby-already');
      const dropped = city.run((context) => dropTask(context, first.id, taskId));
      expect(expectOk(dropped).isFree).toBe(true);
      expect(city.store.read.claims.on(second.id, taskId)?.state).toBe('joined');
      expect(city.store.read.tasks.get(taskId)?.taken).toBe(1);
      expect(refusalOf(city.run((context) => dropTask(context, first.id, taskId)))).toBe(
        'not-joined',
      );
    }));

  test('is refused for unknown, closed and past tasks', () =>
    withCity((city) => {
      const person = city.join('+15105550201');
      expect(refusalOf(join(city, person, 999))).toBe('task-unknown');
      const closed = newTask(city);
      expectOk(city.run((context) => closeTask(context, city.organizer.id, closed)));
      expect(refusalOf(join(city, person, closed))).toBe('task-closed');
      const past = newTask(city);
      city.clock.now += 3 * DAY_MS;
      expect(refusalOf(join(city, person, past))).toBe('task-over');
    }));
});

describe('reviewing', () => {
  test.each([
    ['My number: 510 555', '0199 Ana', 'My number: […] Ana'],
    ['My code: 7GK2', 'M4QX, take it', 'My code: […], take it'],
    ['Telegram:', '@ana_bell', '[…]'],
  ])('shows nothing private that came in two messages: %s', (first, second, shown) =>
    withCity((city) => {
      const person = city.join('+15105550201');
      const taskId = newTask(city);
      expectOk(join(city, person, taskId));
      const { evidenceId } = expectOk(send(city, person, taskId, first));
      expectOk(send(city, person, taskId, second));
      expect(city.run(({ tx }) => tx.evidence.get(evidenceId)?.text)).toBe(shown);
    }),
  );

  test('is for reviewers of that issuer, never of their own evidence, and only once', () =>
    withCity((city) => {
      const person = city.join('+15105550201');
      const taskId = newTask(city);
      expectOk(join(city, person, taskId));
      const { evidenceId } = expectOk(send(city, person, taskId));
      expect(refusalOf(review(city, city.redeemer, evidenceId))).toBe('evidence-unknown');
      expect(refusalOf(review(city, person, evidenceId))).toBe('evidence-unknown');
      expectOk(join(city, city.organizer, taskId));
      const own = expectOk(send(city, city.organizer, taskId)).evidenceId;
      expect(refusalOf(review(city, city.organizer, own))).toBe('own-evidence');
      expectOk(review(city, city.organizer, evidenceId));
      expect(refusalOf(review(city, city.organizer, evidenceId))).toBe('reviewed-already');
      expect(balance(city, person).available).toBe(20);
    }));

  test('needs a reason to reject, and then withholds the credits', () =>
    withCity((city) => {
      const person = city.join('+15105550201');
      const taskId = newTask(city);
      expectOk(join(city, person, taskId));
      const { evidenceId } = expectOk(send(city, person, taskId));
      expect(refusalOf(review(city, city.organizer, evidenceId, false))).toBe('reason-missing');
      expect(
        expectOk(review(city, city.organizer, evidenceId, false, 'another place')).credits,
      ).toBe(0);
      expect(balance(city, person).available).toBe(0);
    }));

  test('credits a rejection where the city chose that policy', () =>
    withCity(
      (city) => {
        const person = city.join('+15105550201');
        const taskId = newTask(city);
        expectOk(join(city, person, taskId));
        const { evidenceId } = expectOk(send(city, person, taskId));
        expectOk(review(city, city.organizer, evidenceId, false, 'another place'));
        expect(balance(city, person).available).toBe(20);
      },
      { city: { ...TEST_CITY, policies: { ...TEST_CITY.policies, rejectionPolicy: 'credit' } } },
    ));

  test('never issues above the cap of the issuer, whatever was promised before', () =>
    withCity(
      (city) => {
        const taskId = newTask(city, { credits: 20, slots: 2 });
        const evidenceIds = ['+15105550201', '+15105550202'].map((address) => {
          const person = city.join(address);
          expectOk(join(city, person, taskId));
          return expectOk(send(city, person, taskId)).evidenceId;
        });
        expectOk(review(city, city.organizer, evidenceIds[0] ?? 0));
        expectOk(
          city.run((context) =>
            setCap(context, city.admin.id, { issuer: 'The Issuer', amount: 39 }),
          ),
        );
        expect(refusalOf(review(city, city.organizer, evidenceIds[1] ?? 0))).toBe('cap-issuer');
        const { issued } = city.store.read.caps.get(issuerScope(1), '2026-Q4') ?? { issued: -1 };
        expect(issued).toBe(20);
        expect(
          refusalOf(
            city.run((context) =>
              setCap(context, city.admin.id, { issuer: 'The Issuer', amount: 19 }),
            ),
          ),
        ).toBe('cap-below-issued');
      },
      { cap: 40 },
    ));

  test('never issues above the cap of the city', () =>
    withCity(
      (city) => {
        const taskId = newTask(city, { credits: 20, slots: 1 });
        const person = city.join('+15105550201');
        expectOk(join(city, person, taskId));
        const { evidenceId } = expectOk(send(city, person, taskId));
        city.store.transact((tx) => tx.caps.put(CITY_SCOPE, '2026-Q4', 19));
        expect(refusalOf(review(city, city.organizer, evidenceId))).toBe('cap-city');
        expect(balance(city, person).available).toBe(0);
      },
      { cap: 40 },
    ));
});

describe('codes', () => {
  test('hold the credits, can be given back, and then are good for nothing', () =>
    withCity((city) => {
      const person = earner(city, '+15105550101');
      const offerId = newOffer(city, { credits: 15, perDay: 1 });
      const { code } = expectOk(redeem(city, person, offerId));
      expect(expectOk(redeem(city, person, offerId)).code).toBe(code);
      city.clock.now += MINUTE_MS;
      expect(refusalOf(redeem(city, person, offerId))).toBe('offer-full');
      const stranger = city.join('+15105550202');
      const release = (who: Person) => city.run((context) => releaseCode(context, who.id, code));
      expect(refusalOf(release(stranger))).toBe('release-unknown');
      expect(expectOk(release(person)).credits).toBe(15);
      expect(refusalOf(release(person))).toBe('release-unknown');
      expect(balance(city, person)).toEqual({ available: 20, held: 0 });
      expect(refusalOf(confirm(city, city.redeemer, code))).toBe('code-released');
      expectOk(redeem(city, person, offerId));
    }));

  test('expire, and the job gives the credits back once', () =>
    withCity((city) => {
      const person = earner(city, '+15105550101');
      const { code } = expectOk(redeem(city, person, newOffer(city)));
      city.clock.now += 15 * MINUTE_MS;
      expect(refusalOf(confirm(city, city.redeemer, code))).toBe('code-expired');
      const expire = () => city.run((context) => expireCodes(context, 10));
      expect(expire()).toMatchObject([{ personId: person.id, credits: 10 }]);
      expect(expire()).toEqual([]);
      expect(balance(city, person)).toEqual({ available: 20, held: 0 });
      expect(refusalOf(confirm(city, city.redeemer, code))).toBe('code-expired');
    }));

  test('are told again to their holder, and stored nowhere', () =>
    withCity((city) => {
      const person = earner(city, '+15105550101');
      const { code } = expectOk(redeem(city, person, newOffer(city)));
      const codes = city.run((context) => seeCodes(context, person.id));
      expect(codes.map((one) => one.code)).toEqual([code]);
      const { redemption } = city.store.read.redemptions.live(person.id)[0] ?? {};
      expect(JSON.stringify(redemption)).not.toContain(code);
    }));

  test('are limited for each person', () =>
    withCity((city) => {
      const person = earner(city, '+15105550101', 100);
      const offerId = newOffer(city);
      for (const _ of [1, 2, 3]) {
        expectOk(redeem(city, person, offerId));
        city.clock.now += MINUTE_MS;
      }
      expect(refusalOf(redeem(city, person, offerId))).toBe('live-codes-max');
    }));

  test('confirmed twice by their redeemer give the same receipt and burn once', () =>
    withCity((city) => {
      const person = earner(city, '+15105550101');
      const { code } = expectOk(redeem(city, person, newOffer(city)));
      const first = expectOk(confirm(city, city.redeemer, code));
      city.clock.now += DAY_MS;
      expect(expectOk(confirm(city, city.redeemer, code))).toEqual({ ...first, repeated: true });
      expect(balance(city, person)).toEqual({ available: 10, held: 0 });
    }));

  test('cannot be confirmed by their own holder', () =>
    withCity((city) => {
      const taskId = newTask(city);
      expectOk(join(city, city.redeemer, taskId));
      const { evidenceId } = expectOk(send(city, city.redeemer, taskId));
      expectOk(review(city, city.organizer, evidenceId));
      const { code } = expectOk(redeem(city, city.redeemer, newOffer(city)));
      expect(refusalOf(confirm(city, city.redeemer, code))).toBe('code-own');
      expect(balance(city, city.redeemer)).toEqual({ available: 10, held: 10 });
    }));

  test('of others look like codes that never were, and guessing is soon over', () =>
    withCity((city) => {
      const person = earner(city, '+15105550101');
      const { code } = expectOk(redeem(city, person, newOffer(city)));
      // The organizer redeems for nobody: every code is foreign.
      for (const _ of [1, 2, 3, 4, 5]) {
        expect(refusalOf(confirm(city, city.organizer, code))).toBe('code-unknown');
      }
      expect(refusalOf(confirm(city, city.organizer, code))).toBe('guesses-wait');
      city.clock.now += MINUTE_MS + 1;
      expect(refusalOf(confirm(city, city.organizer, code))).toBe('code-unknown');
      expect(expectOk(confirm(city, city.redeemer, code)).repeated).toBe(false);
    }));

  test('are locked for an operator after a hundred failures in a day', () =>
    withCity((city) => {
      let failures = 0;
      let refusal: string | undefined;
      while (failures < 200 && refusal !== 'guesses-locked') {
        city.clock.now += 2 * MINUTE_MS + 1;
        refusal = refusalOf(confirm(city, city.organizer, '00000000'));
        if (refusal === 'code-unknown') failures += 1;
      }
      expect(failures).toBe(100);
      expect(refusal).toBe('guesses-locked');
    }));
});

describe('words that become public', () => {
  const draft = {
    title: 'Sweep the square',
    place: 'The square',
    credits: 5,
    slots: 1,
    startsAt: TEST_NOW + DAY_MS,
    endsAt: null,
  };
  test.each([
    { title: 'Call (510) 555-0101' },
    { title: 'Write to ana@city.example' },
    { place: 'Ring 510.555.0101 at the gate' },
    { title: 'Repair pump B029-C203' },
    { title: 'Lot 3 ①②③④⑤⑥⑦⑧⑨' },
    { place: '@ gate.example' },
  ])('name no phone number and no e-mail address: %o', (change) =>
    withCity((city) => {
      const announce = (facts: typeof draft) =>
        city.run((context) => announceTask(context, city.organizer.id, facts));
      expect(refusalOf(announce({ ...draft, ...change }))).toBe('names-contact');
      expectOk(announce({ ...draft, title: 'Sweep 3 squares on 2026-11-28' }));
    }),
  );
});
