/**
 * Whole loops per second, straight into the inbox: join, evidence, approval, redemption and
 * confirmation, five messages that each wait for the answer to the one before.
 */
import type { Channel } from '../src/channels/channel.ts';
import { HOUR_MS, systemClock } from '../src/lib/clock.ts';
import { systemRandom } from '../src/lib/random.ts';
import type { Context } from '../src/services/context.ts';
import { setCap } from '../src/services/credits/set-cap.ts';
import { acceptInvite } from '../src/services/partners/accept-invite.ts';
import { addOffer } from '../src/services/partners/add-offer.ts';
import { inviteFirstAdmin } from '../src/services/partners/invite-first-admin.ts';
import { agreeToPublicEvidence } from '../src/services/people/agree-to-public-evidence.ts';
import { announceTask } from '../src/services/tasks/announce-task.ts';
import { addPartner, expectOk, newPerson } from '../test/support/city.ts';
import { testCity } from '../test/support/test-city.ts';
import { BENCH_CITY, residentNumber } from './city.ts';

const PEOPLE = 64;
const CREDITS = 10;
const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

export type LoopFigures = {
  readonly loops: number;
  readonly loopsPerSecond: number;
  /** What a loop takes of the processor (µs), whatever else the machine does. */
  readonly processorUs: number;
  readonly peakMegabytes: number;
};

const address = {
  resident: residentNumber,
  reviewer: (at: number) => `+1510557${String(at).padStart(4, '0')}`,
  operator: (at: number) => `+1510558${String(at).padStart(4, '0')}`,
};

/**
 * `rounds` loops of each of 64 residents, each with a reviewer and a café operator of their own. `told`
 * is called when the first of them begins and when the last has ended.
 */
export async function measureLoops(
  rounds: number,
  told: (what: 'begin' | 'end') => void = () => undefined,
): Promise<LoopFigures> {
  const waiting = new Map<string, (text: string) => void>();
  const channel: Channel = {
    name: 'sms',
    hasPublicPlace: false,
    messagesPerSecond: null,
    send: async ({ to, reply, kind }) => {
      // Notices come unasked; only the answer to the last message moves a person on.
      const waiter = kind === 'reply' && to !== null ? waiting.get(to) : undefined;
      if (waiter !== undefined && to !== null) {
        waiting.delete(to);
        waiter(reply.text);
      }
      return { ok: true, providerId: null };
    },
  };
  const city = testCity({
    ...{ city: BENCH_CITY, clock: systemClock, random: systemRandom },
    channels: () => [channel],
    failed: (error) => {
      throw error;
    },
  });
  const { core, store } = city;
  const plans = city.run((context) => seed(context, rounds));

  const say = async (sender: string, text: string): Promise<string> => {
    const answer = new Promise<string>((resolve) => waiting.set(sender, resolve));
    await city.receive({ sender, text });
    return answer;
  };
  const need = (found: RegExpExecArray | null, text: string, group: number): string => {
    const value = found?.[group];
    if (value === undefined) throw new Error(`The benchmark cannot go on from: ${text}`);
    return value;
  };
  const loop = async (at: number, taskId: number, offerId: number): Promise<void> => {
    const resident = address.resident(at);
    await say(resident, `JOIN ${taskId}`);
    await say(resident, `DONE ${taskId} swept the whole square`);
    const evidenceId = evidenceOf(at, taskId);
    await say(address.reviewer(at), `APPROVE ${evidenceId}`);
    const redeemed = await say(resident, `REDEEM ${offerId}`);
    const code = need(CODE.exec(redeemed), redeemed, 0);
    const confirmed = await say(address.operator(at), `CONFIRM ${code}`);
    need(/^(GIVE IT)/.exec(confirmed), confirmed, 1);
  };
  /** The number of the evidence that a resident just sent, as the reviewer would read it. */
  const evidenceOf = (at: number, taskId: number): number => {
    const identityId = store.read.identities.idOf(
      'sms',
      core.foundation.keys.identityLookup('sms', address.resident(at)),
    );
    const identity = store.read.identities.get(identityId ?? 0);
    const claim = store.read.claims.on(identity?.personId ?? 0, taskId);
    const evidence = store.read.evidence.pendingOn(claim?.id ?? 0);
    if (evidence === undefined) throw new Error('The benchmark sent evidence that is not there.');
    return evidence.id;
  };

  told('begin');
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  await Promise.all(
    plans.map(async ({ taskIds, offerId }, at) => {
      for (const taskId of taskIds) await loop(at, taskId, offerId);
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  told('end');
  await core.idle();
  const { user, system } = process.cpuUsage(cpuBefore);
  await city.stop();
  const loops = PEOPLE * rounds;
  return {
    loops,
    loopsPerSecond: loops / seconds,
    processorUs: (user + system) / loops,
    peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
  };
}

/** For each resident an issuer with tasks and a café with an offer, so that nobody waits in line. */
function seed(context: Context, rounds: number) {
  const admin = newPerson(context, '+15105550100');
  expectOk(acceptInvite(context, admin.id, inviteFirstAdmin(context) ?? ''));
  const announce = (reviewerId: number): number => {
    const { task } = expectOk(
      announceTask(context, reviewerId, {
        title: 'Sweep the square',
        place: 'The square',
        credits: CREDITS,
        slots: 1,
        // Evidence of it is taken at once.
        startsAt: context.now,
        endsAt: context.now + 26 * HOUR_MS,
        isAnyTime: 1,
      }),
    );
    return task.id;
  };
  return Array.from({ length: PEOPLE }, (_, at) => {
    const { id: personId, identityId } = newPerson(context, address.resident(at));
    const said = { wording: 'benchmark', consent: 'words' } as const;
    agreeToPublicEvidence(context, { identityId, personId }, said);
    const reviewer = newPerson(context, address.reviewer(at));
    addPartner(context, admin, { kind: 'issuer', name: `Issuer ${at}`, person: reviewer });
    const cap = { issuer: `Issuer ${at}`, amount: BENCH_CITY.policies.cityCap };
    expectOk(setCap(context, admin.id, cap));
    const operator = newPerson(context, address.operator(at));
    addPartner(context, admin, { kind: 'redeemer', name: `Redeemer ${at}`, person: operator });
    const offer = { title: 'Coffee', credits: CREDITS, perDay: null };
    return {
      taskIds: Array.from({ length: rounds }, () => announce(reviewer.id)),
      offerId: expectOk(addOffer(context, operator.id, offer)).offerId,
    };
  });
}

if (import.meta.main) {
  const figures = await measureLoops(Number(process.argv[2] ?? 20));
  process.send?.(figures);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
