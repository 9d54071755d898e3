/**
 * Whole loops per second, straight into the inbox: join, evidence, approval, redemption and
 * confirmation, five messages that each wait for the answer to the one before.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channel } from '../src/channels/channel.ts';
import { createBase } from '../src/city/base.ts';
import { createCore } from '../src/city/core.ts';
import { readCity } from '../src/config/config.ts';
import { HOUR_MS, systemClock } from '../src/lib/clock.ts';
import { createKeys } from '../src/lib/crypto.ts';
import { systemRandom } from '../src/lib/random.ts';
import type { Result } from '../src/lib/result.ts';
import { refuse } from '../src/lib/result.ts';
import { createSpool } from '../src/media/spool.ts';
import { type Context, contextOf } from '../src/services/context.ts';
import { setCap } from '../src/services/credits/set-cap.ts';
import { acceptInvite } from '../src/services/partners/accept-invite.ts';
import { addOffer } from '../src/services/partners/add-offer.ts';
import { inviteFirstAdmin, invitePartner } from '../src/services/partners/invite.ts';
import { agreeToMessages, agreeToPublicEvidence } from '../src/services/people/agree.ts';
import { findOrAddIdentity } from '../src/services/people/find-identity.ts';
import { announceTask } from '../src/services/tasks/announce-task.ts';
import { openStore } from '../src/store/open-node.ts';
import { BENCH_CITY, residentNumber } from './city.ts';

const DID = 'did:plc:benchville2345abcdefgh';
const PEOPLE = 64;
const CREDITS = 10;
const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

export type LoopFigures = {
  readonly loops: number;
  readonly loopsPerSecond: number;
  readonly peakMegabytes: number;
};

const expectOk = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
};

const address = {
  resident: residentNumber,
  reviewer: (at: number) => `+1510557${String(at).padStart(4, '0')}`,
  operator: (at: number) => `+1510558${String(at).padStart(4, '0')}`,
};

/** `rounds` loops of each of 64 residents, each with a reviewer and a café operator of their own. */
export async function measureLoops(rounds: number): Promise<LoopFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-bench-'));
  const { store, close } = openStore(join(folder, 'city.db'));
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
  const base = createBase({
    ...{ did: DID, clock: systemClock, random: systemRandom, store },
    city: readCity(JSON.stringify(BENCH_CITY), 'the benchmark'),
    keys: createKeys(systemRandom.bytes(32), systemRandom),
    spool: createSpool(join(folder, 'pictures')),
    checkPicture: async () => refuse('picture-broken'),
    observer: {
      observe: () => undefined,
      failed: (error) => {
        throw error;
      },
    },
  });
  const core = createCore({
    base,
    channels: [channel],
    jobs: () => [],
    publisher: { wake: () => undefined },
  });
  const plans = store.transact((tx) => seed(contextOf(core.foundation, tx), rounds));

  let messages = 0;
  const say = async (sender: string, text: string): Promise<string> => {
    const answer = new Promise<string>((resolve) => waiting.set(sender, resolve));
    messages += 1;
    await core.inbox.receive({
      channel: 'sms',
      externalId: `bench-${messages}`,
      sender,
      text,
      pictures: [],
      replyTo: null,
      isPublic: false,
      receivedAt: systemClock.now(),
    });
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
    need(/^(HONOR)/.exec(confirmed), confirmed, 1);
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

  const started = performance.now();
  await Promise.all(
    plans.map(async ({ taskIds, offerId }, at) => {
      for (const taskId of taskIds) await loop(at, taskId, offerId);
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  await core.idle();
  await core.stop();
  close();
  rmSync(folder, { recursive: true, force: true });
  const loops = PEOPLE * rounds;
  return {
    loops,
    loopsPerSecond: loops / seconds,
    peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
  };
}

/** For each resident an issuer with tasks and a café with an offer, so that nobody waits in line. */
function seed(context: Context, rounds: number) {
  const join = (number: string): number => {
    const identityId = findOrAddIdentity(context, { channel: 'sms', address: number }, () => 'en');
    const personId = context.tx.identities.get(identityId)?.personId ?? 0;
    agreeToMessages(context, { identityId, personId }, 'benchmark');
    agreeToPublicEvidence(
      context,
      { identityId, personId },
      { wording: 'benchmark', isPost: false },
    );
    return personId;
  };
  const adminId = join('+15105550100');
  expectOk(acceptInvite(context, adminId, inviteFirstAdmin(context) ?? ''));
  const partner = (kind: 'issuer' | 'redeemer', name: string, number: string): number => {
    const personId = join(number);
    const { token } = expectOk(invitePartner(context, adminId, { kind, name }));
    expectOk(acceptInvite(context, personId, token));
    return personId;
  };
  const announce = (reviewerId: number): number => {
    const { task } = expectOk(
      announceTask(context, reviewerId, {
        title: 'Sweep the square',
        place: 'The square',
        credits: CREDITS,
        slots: 1,
        startsAt: context.now + 24 * HOUR_MS,
        endsAt: context.now + 26 * HOUR_MS,
      }),
    );
    return task.id;
  };
  return Array.from({ length: PEOPLE }, (_, at) => {
    join(address.resident(at));
    const reviewerId = partner('issuer', `Issuer ${at}`, address.reviewer(at));
    expectOk(
      setCap(context, adminId, { issuer: `Issuer ${at}`, amount: BENCH_CITY.policies.cityCap }),
    );
    const operatorId = partner('redeemer', `Redeemer ${at}`, address.operator(at));
    const offer = { title: 'Coffee', credits: CREDITS, perDay: null };
    return {
      taskIds: Array.from({ length: rounds }, () => announce(reviewerId)),
      offerId: expectOk(addOffer(context, operatorId, offer)).offerId,
    };
  });
}

if (import.meta.main) {
  const figures = await measureLoops(Number(process.argv[2] ?? 20));
  process.send?.(figures);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
