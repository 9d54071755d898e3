import { expect, test } from 'vitest';
import { expireCodesJob } from '../../src/jobs/expire-codes.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import type { Mailer } from '../../src/outbox/mailer.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { transferCredits } from '../../src/services/credits/transfer-credits.ts';
import { expectOk, newOffer, type TestCity, withCity } from '../support/city.ts';

const mailer = { tell: () => undefined } as unknown as Mailer;

/** Somebody with a code that has ended by now. */
function openEndedCode(city: TestCity): { readonly isHeld: () => boolean } {
  const person = city.join('+15105550101');
  const offerId = newOffer(city, { credits: 10 });
  city.run((context) => {
    transferCredits(context, {
      ...{ id: 'issue:test', kind: 'posted', amount: 10, code: 'issue', reference: null },
      debit: { kind: 'issuance', name: 'issuance:x' },
      credit: { kind: 'person', name: `person:${person.participantId}` },
    });
    expectOk(redeemOffer(context, person, offerId));
  });
  city.clock.now += 16 * MINUTE_MS;
  return { isHeld: () => city.store.read.redemptions.live(person.id).length > 0 };
}

test('codes end once the channels have caught up, and not before', () =>
  withCity((city) => {
    const { isHeld } = openEndedCode(city);
    city.run(expireCodesJob(mailer, () => false).run);
    expect(isHeld()).toBe(true);
    city.run(expireCodesJob(mailer, () => true).run);
    expect(isHeld()).toBe(false);
  }));

test('codes wait for a message that was sent before their end, for ten minutes', () =>
  withCity((city) => {
    const { isHeld } = openEndedCode(city);
    const { run } = expireCodesJob(mailer, () => true);
    city.run(({ tx, now }) =>
      tx.inbox.add({
        ...{ channel: 'sms', externalId: '1', identityId: 1, receivedAt: now },
        sentAt: now - 5 * MINUTE_MS,
        payload: { text: 'CONFIRM', replyTo: null, pictures: 0 },
      }),
    );
    city.run(run);
    expect(isHeld()).toBe(true);
    city.clock.now += 8 * MINUTE_MS;
    city.run(run);
    expect(isHeld()).toBe(true);
    city.clock.now += 2 * MINUTE_MS;
    city.run(run);
    expect(isHeld()).toBe(false);
  }));
