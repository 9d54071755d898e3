/**
 * Statements and commits of a whole loop and of BALANCE, from the inbox to the recorded delivery:
 * counted, so that they are the same on every machine.
 */
import type { Channel } from '../src/channels/channel.ts';
import { HOUR_MS, MINUTE_MS } from '../src/lib/clock.ts';
import { setCap } from '../src/services/credits/set-cap.ts';
import { acceptInvite } from '../src/services/partners/accept-invite.ts';
import { addOffer } from '../src/services/partners/add-offer.ts';
import { inviteFirstAdmin } from '../src/services/partners/invite-first-admin.ts';
import { agreeToPublicEvidence } from '../src/services/people/agree-to-public-evidence.ts';
import { announceTask } from '../src/services/tasks/announce-task.ts';
import { checkInCode } from '../src/services/tasks/check-in-code.ts';
import { addPartner, expectOk, newPerson, TEST_NOW } from '../test/support/city.ts';
import { clockOf } from '../test/support/clock.ts';
import { openCountedStore } from '../test/support/counted-store.ts';
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

/** The statements of one message, and in how many commits they were. */
export type Counted = {
  readonly message: string;
  readonly statements: readonly string[];
  readonly commits: number;
};

/** The six messages of a loop, in order; then BALANCE; then the same message once more. */
export async function countStatements(): Promise<readonly Counted[]> {
  const { opened, taken } = openCountedStore();
  const answers: string[] = [];
  const channel: Channel = {
    name: 'sms',
    hasPublicPlace: false,
    messagesPerSecond: null,
    send: async ({ reply }) => {
      answers.push(reply.text);
      return { ok: true, providerId: null };
    },
  };
  let now = TEST_NOW;
  const city = testCity({
    ...{ city: BENCH_CITY, clock: clockOf(() => now), opened },
    channels: () => [channel],
  });
  const offerId = city.run((context) => {
    const admin = newPerson(context, ADMIN);
    expectOk(acceptInvite(context, admin.id, inviteFirstAdmin(context) ?? ''));
    const { id: personId, identityId } = newPerson(context, RESIDENT);
    agreeToPublicEvidence(
      context,
      { identityId, personId },
      { wording: 'benchmark', consent: 'words' },
    );
    const reviewer = newPerson(context, REVIEWER);
    addPartner(context, admin, { kind: 'issuer', name: 'Issuer', person: reviewer });
    expectOk(setCap(context, admin.id, { issuer: 'Issuer', amount: BENCH_CITY.policies.cityCap }));
    const operator = newPerson(context, OPERATOR);
    addPartner(context, admin, { kind: 'redeemer', name: 'Redeemer', person: operator });
    for (let number = 1; number <= 3; number += 1) {
      expectOk(
        announceTask(context, reviewer.id, {
          ...{ title: 'Sweep the square', place: 'The square', credits: CREDITS, slots: 1 },
          // Within the hour before it begins people can be checked in.
          startsAt: context.now + 50 * MINUTE_MS,
          endsAt: context.now + 2 * HOUR_MS,
        }),
      );
    }
    const offer = { title: 'Coffee', credits: CREDITS, perDay: null };
    return expectOk(addOffer(context, operator.id, offer)).offerId;
  });
  await city.idle();

  let sent = 0;
  const say = async (sender: string, text: string, externalId?: string): Promise<Counted> => {
    sent += 1;
    now += MINUTE_MS;
    taken();
    await city.receive({ sender, text, externalId: externalId ?? `said-${sent}` });
    await city.core.idle();
    const { statements, commits } = taken();
    return { message: text, statements, commits };
  };
  const codeOnSite = (number: number): string =>
    city.run((context) => {
      const task = context.tx.tasks.get(number);
      if (task === undefined) throw new Error(`There is no task ${number}.`);
      return checkInCode(context, task);
    });
  const loop = async (number: number): Promise<Counted[]> => {
    const joined = await say(RESIDENT, `JOIN ${number}`);
    const here = await say(RESIDENT, `HERE ${codeOnSite(number)}`);
    const shown = await say(RESIDENT, `DONE ${number} swept the whole square`);
    const approved = await say(REVIEWER, `APPROVE ${number}`);
    const redeemed = await say(RESIDENT, `REDEEM ${offerId}`);
    const [code] = CODE.exec(answers.at(-1) ?? '') ?? [];
    if (code === undefined) throw new Error(`There is no code in: ${answers.at(-1)}`);
    const confirmed = await say(OPERATOR, `CONFIRM ${code}`);
    return [
      joined,
      { ...here, message: 'HERE' },
      shown,
      approved,
      redeemed,
      { ...confirmed, message: 'CONFIRM' },
    ];
  };
  // The first credits of a person bring a recovery code, and what seldom changes is asked for once.
  await loop(1);
  await loop(2);
  const third = await loop(3);
  const balance = await say(RESIDENT, 'BALANCE', 'the-same');
  const again = await say(RESIDENT, 'BALANCE', 'the-same');
  await city.stop();
  return [...third, balance, { ...again, message: 'BALANCE, once more' }];
}
