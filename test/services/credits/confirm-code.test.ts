import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/lib/clock.ts';
import { contextOf } from '../../../src/services/context.ts';
import { confirmCode } from '../../../src/services/credits/confirm-code.ts';
import { expireCodes } from '../../../src/services/credits/expire-codes.ts';
import { redeemOffer } from '../../../src/services/credits/redeem-offer.ts';
import { seeBalance } from '../../../src/services/credits/see-balance.ts';
import { reviewEvidence } from '../../../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../../../src/services/evidence/submit-evidence.ts';
import { joinTask } from '../../../src/services/tasks/join-task.ts';
import {
  expectOk,
  newOffer,
  newTask,
  type Person,
  refusalOf,
  type TestCity,
  withCity,
} from '../../support/city.ts';

const PRICE = 15;

/** Somebody with twenty credits and a code for fifteen of them. */
function openCode(city: TestCity, perDay: number | null = null) {
  const person = city.join('+15105550101');
  const taskId = newTask(city, { credits: 20 });
  const offerId = newOffer(city, { credits: PRICE, perDay });
  city.run((context) => {
    const { tx, now } = context;
    const inboxId = tx.inbox.add({
      ...{ channel: 'sms', externalId: '1', identityId: person.identityId, receivedAt: now },
      payload: { text: '', replyTo: null, pictures: 0 },
    });
    expectOk(joinTask(context, person, taskId));
    const sent = { taskId, text: 'clean', pictureIds: [], inboxId: inboxId ?? 0 };
    const { evidenceId } = expectOk(submitEvidence(context, person, sent));
    const review = { evidenceId, approved: true, note: 'seen' };
    expectOk(reviewEvidence(context, city.organizer, review));
  });
  const redeem = () => city.run((context) => redeemOffer(context, person, offerId));
  return { person, offerId, redeem, sentAt: city.clock.now, ...expectOk(redeem()) };
}

const confirm = (city: TestCity, code: string, sentAt: number) =>
  city.store.transact((tx) =>
    confirmCode(contextOf(city.foundation, tx, { sentAt }), city.redeemer.id, code),
  );
const expire = (city: TestCity) => city.run((context) => expireCodes(context, 10).length);
const balance = (city: TestCity, person: Person) =>
  city.run((context) => seeBalance(context, person.participantId));
const newestRedemption = (city: TestCity) =>
  city.run((context) => context.records.newest('redemption'));
const burns = (city: TestCity) =>
  city.run(({ tx }) => {
    const last = tx.ledger.head()?.position ?? 0;
    return Array.from({ length: last }, (_, at) => tx.ledger.transferAt(at + 1)).filter(
      (transfer) => transfer?.code === 'burn',
    );
  });

describe('a code that was sent in time', () => {
  test('is honored late while its credits are on hold', () =>
    withCity((city) => {
      const { code, person, sentAt } = openCode(city);
      city.clock.now += 20 * MINUTE_MS;
      expect(expectOk(confirm(city, code, sentAt + 14 * MINUTE_MS))).toMatchObject({
        isLate: true,
        repeated: false,
        honoredAt: city.clock.now,
      });
      expect(balance(city, person)).toEqual({ available: 5, held: 0 });
      expect(newestRedemption(city)?.late).toBe(true);
    }));

  test('is honored late once its credits went back, and burned once', () =>
    withCity((city) => {
      const { code, person, sentAt } = openCode(city);
      city.clock.now += 20 * MINUTE_MS;
      expect(expire(city)).toBe(1);
      expect(balance(city, person)).toEqual({ available: 20, held: 0 });
      const first = expectOk(confirm(city, code, sentAt + 14 * MINUTE_MS));
      expect(first.isLate).toBe(true);
      expect(balance(city, person)).toEqual({ available: 5, held: 0 });
      expect(newestRedemption(city)?.late).toBe(true);
      city.clock.now += MINUTE_MS;
      const again = expectOk(confirm(city, code, sentAt + 14 * MINUTE_MS));
      expect(again).toMatchObject({ repeated: true, honoredAt: first.honoredAt });
      expect(burns(city)).toMatchObject([{ kind: 'posted', id: 'late-burn:1', amount: PRICE }]);
      expect(expire(city)).toBe(0);
    }));

  test('is not honored when its holder has spent the credits since', () =>
    withCity((city) => {
      const { code, redeem, sentAt } = openCode(city);
      city.clock.now += 20 * MINUTE_MS;
      expire(city);
      expectOk(redeem());
      expect(refusalOf(confirm(city, code, sentAt))).toBe('code-expired');
      expect(burns(city)).toEqual([]);
    }));

  test('is not honored more than a day after its end', () =>
    withCity((city) => {
      const { code, sentAt } = openCode(city);
      city.clock.now += DAY_MS + 15 * MINUTE_MS + 1000;
      expect(refusalOf(confirm(city, code, sentAt + MINUTE_MS))).toBe('code-expired');
      expire(city);
      expect(refusalOf(confirm(city, code, sentAt + MINUTE_MS))).toBe('code-expired');
    }));

  test('counts on its day, also where others have had its place meanwhile', () =>
    withCity((city) => {
      const { code, offerId, sentAt } = openCode(city, 1);
      const day = () => city.run(({ tx }) => tx.offers.day(offerId, '2026-11-23'));
      city.clock.now += 20 * MINUTE_MS;
      expire(city);
      city.run(({ tx }) => tx.offers.takeDay(offerId, '2026-11-23', 1));
      expect(expectOk(confirm(city, code, sentAt)).isLate).toBe(true);
      expect(day()).toMatchObject({ taken: 2, capacity: 2 });
      city.run(({ tx }) => tx.offers.giveBackDay(offerId, '2026-11-23', 1));
      expect(day()).toMatchObject({ taken: 1, capacity: 1 });
    }));
});

test('a code that was sent after its end is not honored, whether its credits went back or not', () =>
  withCity((city) => {
    const { code, sentAt } = openCode(city);
    city.clock.now += HOUR_MS;
    expect(refusalOf(confirm(city, code, sentAt + 15 * MINUTE_MS))).toBe('code-expired');
    expire(city);
    expect(refusalOf(confirm(city, code, sentAt + 16 * MINUTE_MS))).toBe('code-expired');
  }));

test('wrong codes that waited while the city did not run were not typed all at once', () =>
  withCity((city) => {
    const { code, sentAt } = openCode(city);
    city.clock.now += 14 * MINUTE_MS;
    for (let minute = 0; minute < 10; minute += 1) {
      const said = refusalOf(confirm(city, '00000000', sentAt + minute * MINUTE_MS));
      expect(said).toBe('code-unknown');
    }
    expect(expectOk(confirm(city, code, sentAt + 12 * MINUTE_MS)).isLate).toBe(false);
  }));
