/**
 * Points of the account's write budget that a whole loop takes, from JOIN to the coffee, with the place
 * kept after the day's reminder and the code on site: counted, so that they are the same on every machine.
 */
import { POINTS } from '../src/account/rate-limits.ts';
import type { Channel } from '../src/channels/channel.ts';
import { DAY_MS, HOUR_MS } from '../src/lib/clock.ts';
import { setCap } from '../src/services/credits/set-cap.ts';
import { acceptInvite } from '../src/services/partners/accept-invite.ts';
import { addOffer } from '../src/services/partners/add-offer.ts';
import { inviteFirstAdmin } from '../src/services/partners/invite-first-admin.ts';
import { agreeToPublicEvidence } from '../src/services/people/agree-to-public-evidence.ts';
import { announceTask } from '../src/services/tasks/announce-task.ts';
import { checkInCode } from '../src/services/tasks/check-in-code.ts';
import { addPartner, expectOk, newPerson, TEST_NOW } from '../test/support/city.ts';
import { clockOf } from '../test/support/clock.ts';
import { testCity } from '../test/support/test-city.ts';
import { BENCH_CITY } from './city.ts';

const [ADMIN, RESIDENT, REVIEWER, OPERATOR] = [
  '+15105550100',
  '+15105560000',
  '+15105570000',
  '+15105580000',
] as const;
const CREDITS = 10;
const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

/** What somebody says, and the points of the records that it writes. */
export type Spent = { readonly message: string; readonly points: number };

/** The steps of one loop, in order. */
export async function countPoints(): Promise<readonly Spent[]> {
  let answer = '';
  const channel: Channel = {
    name: 'sms',
    hasPublicPlace: false,
    messagesPerSecond: null,
    send: async ({ reply, kind }) => {
      if (kind === 'reply') answer = reply.text;
      return { ok: true, providerId: null };
    },
  };
  let now = TEST_NOW;
  const clock = clockOf(() => now);
  const city = testCity({ city: BENCH_CITY, clock, channels: () => [channel] });
  const startsAt = now + 3 * DAY_MS;
  const { offerId, checkIn } = city.run((context) => {
    const admin = newPerson(context, ADMIN);
    expectOk(acceptInvite(context, admin.id, inviteFirstAdmin(context) ?? ''));
    const { id: personId, identityId } = newPerson(context, RESIDENT);
    const said = { wording: 'benchmark', consent: 'words' } as const;
    agreeToPublicEvidence(context, { identityId, personId }, said);
    const reviewer = newPerson(context, REVIEWER);
    addPartner(context, admin, { kind: 'issuer', name: 'Issuer', person: reviewer });
    expectOk(setCap(context, admin.id, { issuer: 'Issuer', amount: BENCH_CITY.policies.cityCap }));
    const operator = newPerson(context, OPERATOR);
    addPartner(context, admin, { kind: 'redeemer', name: 'Redeemer', person: operator });
    const facts = { title: 'Sweep the square', place: 'The square', credits: CREDITS, slots: 1 };
    const times = { startsAt, endsAt: startsAt + 2 * HOUR_MS };
    const { task } = expectOk(announceTask(context, reviewer.id, { ...facts, ...times }));
    const offer = { title: 'Coffee', credits: CREDITS, perDay: null };
    return {
      offerId: expectOk(addOffer(context, operator.id, offer)).offerId,
      checkIn: checkInCode(context, task),
    };
  });
  await city.idle();

  let counted = city.store.read.records.newest(1)[0]?.seq ?? 0;
  const spent: Spent[] = [];
  const say = async (sender: string, text: string, message = text): Promise<void> => {
    await city.receive({ sender, text, externalId: message });
    await city.core.idle();
    const written = city.store.read.records.after(counted, Number.MAX_SAFE_INTEGER);
    counted = written.at(-1)?.seq ?? counted;
    const points = written.reduce((sum, { operation }) => sum + POINTS[operation], 0);
    spent.push({ message, points });
  };
  await say(RESIDENT, 'JOIN 1');
  now = startsAt - DAY_MS + HOUR_MS;
  await say(RESIDENT, 'OK 1');
  now = startsAt;
  await say(RESIDENT, `HERE ${checkIn}`, 'HERE and the code');
  await say(RESIDENT, 'DONE 1 swept the whole square');
  await say(REVIEWER, 'APPROVE 1');
  await say(RESIDENT, `REDEEM ${offerId}`);
  await say(OPERATOR, `CONFIRM ${CODE.exec(answer)?.[0]}`, 'CONFIRM and the code');
  await city.stop();
  return spent;
}
