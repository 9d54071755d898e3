// Whatever people do, in whatever order: the books agree.
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { confirmCode } from '../../src/services/credits/confirm-code.ts';
import { expireCodes } from '../../src/services/credits/expire-codes.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { releaseCode } from '../../src/services/credits/release-code.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../../src/services/evidence/submit-evidence.ts';
import { finishForgetting } from '../../src/services/privacy/finish-forgetting.ts';
import { forgetPerson } from '../../src/services/privacy/forget-person.ts';
import { dropTask } from '../../src/services/tasks/drop-task.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import type { Database } from '../../src/store/database.ts';
import {
  expectOk,
  newOffer,
  newTask,
  type Person,
  TEST_CITY,
  type TestCity,
  unlimited,
  withCity,
} from '../support/city.ts';
import { expectEarlyReferences } from '../support/references.ts';
import { runs } from '../support/runs.ts';
import { databaseOf } from '../support/store.ts';

const PEOPLE = 4;
const TASKS = [
  { credits: 20, slots: 2 },
  { credits: 35, slots: 1 },
  { credits: 7, slots: 5 },
];
const OFFERS = [
  { credits: 10, perDay: null },
  { credits: 25, perDay: 2 },
];
const CAP = 120;

const who = fc.nat(PEOPLE - 1);
const task = fc.nat(TASKS.length - 1);
/** One of what there is by then, whatever number that is. */
const some = fc.nat(1000);
const deed = fc.oneof(
  { weight: 1, arbitrary: fc.record({ does: fc.constant('join' as const), who, task }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('drop' as const), who, task }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('send' as const), who, task }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('work' as const), who, task }) },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant('review' as const), some, approved: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('redeem' as const), who, offer: fc.nat(1) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('release' as const), who, some }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('confirm' as const), some }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('forget' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('wait' as const), minutes: fc.nat(10) }),
  },
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

type World = {
  readonly city: TestCity;
  readonly people: Person[];
  readonly tasks: readonly number[];
  readonly offers: readonly number[];
  readonly codes: string[];
};

/** Somebody is forgotten, and comes again as somebody new. */
function forget({ city, people }: World, who: number): void {
  const person = people[who] as Person;
  const { identityId } = person;
  city.run((context) => expectOk(forgetPerson(context, { person, identityId, inboxId: 1 })));
  city.run((context) => {
    expect(finishForgetting(context)).toBe(1);
    expect(context.tx.identities.of(person.id)).toEqual([]);
    expect(context.tx.redemptions.live(person.id)).toEqual([]);
    expect(context.tx.forgetting.openClaims(person.id)).toEqual([]);
  });
  people[who] = city.join(`+1510555030${who}`);
  expect(people[who]?.participantId).not.toBe(person.participantId);
}

function act(world: World, one: Deed): void {
  const { city, people, tasks, offers, codes } = world;
  const person = 'who' in one ? (people[one.who] as Person) : city.organizer;
  if (one.does === 'forget') {
    forget(world, one.who);
    return;
  }
  if (one.does === 'wait') {
    city.clock.now += one.minutes * MINUTE_MS;
    return;
  }
  const chosen = 'task' in one ? (tasks[one.task] ?? 0) : 0;
  city.run((context) => {
    if (one.does === 'join' || one.does === 'work') joinTask(context, person, chosen);
    if (one.does === 'drop') dropTask(context, person.id, chosen);
    if (one.does === 'send' || one.does === 'work') {
      const sent = { taskId: chosen, text: 'done', pictureIds: [], inboxId: 1 };
      submitEvidence(context, person, sent);
    }
    if (one.does === 'review') {
      const waiting = context.tx.evidence.waiting(1, 100);
      const evidenceId = waiting[one.some % Math.max(1, waiting.length)]?.evidence.id ?? 0;
      reviewEvidence(context, city.organizer, {
        evidenceId,
        approved: one.approved,
        note: 'seen',
      });
    }
    if (one.does === 'redeem') {
      const redeemed = redeemOffer(context, person, offers[one.offer] ?? 0);
      if (redeemed.ok) codes.push(redeemed.value.code);
    }
    const code = 'some' in one ? (codes[one.some % Math.max(1, codes.length)] ?? '') : '';
    if (one.does === 'release') releaseCode(context, person.id, code);
    if (one.does === 'confirm') confirmCode(context, city.redeemer.id, code);
    expireCodes(context, 10);
  });
}

type Sums = { debit: number; credit: number };

/** Recomputes every balance from the transfers alone, by its own arithmetic. */
function audit(db: Database): { readonly issued: number; readonly redeemed: number } {
  const transfers = db.all<{
    kind: string;
    debit: number;
    credit: number;
    amount: number;
    code: string;
    id: string;
  }>(sql`select id, kind, code, amount, debit_account_id as debit, credit_account_id as credit
    from transfers order by position`);
  const accounts = db.all<{
    id: number;
    kind: string;
    dp: number;
    dh: number;
    cp: number;
    ch: number;
  }>(sql`select id, kind, debits_posted as dp, debits_pending as dh,
    credits_posted as cp, credits_pending as ch from accounts`);
  const posted = new Map<number, Sums>();
  const pending = new Map<number, Sums>();
  const add = (sums: Map<number, Sums>, id: number, side: keyof Sums, amount: number) => {
    const sum = sums.get(id) ?? { debit: 0, credit: 0 };
    sums.set(id, { ...sum, [side]: sum[side] + amount });
  };
  for (const { kind, debit, credit, amount } of transfers) {
    const moves = [
      kind === 'posted' || kind === 'post' ? ([posted, amount] as const) : undefined,
      kind === 'pending' ? ([pending, amount] as const) : undefined,
      kind === 'post' || kind === 'void' ? ([pending, -amount] as const) : undefined,
    ];
    for (const move of moves) {
      if (move === undefined) continue;
      add(move[0], debit, 'debit', move[1]);
      add(move[0], credit, 'credit', move[1]);
    }
  }
  const none: Sums = { debit: 0, credit: 0 };
  for (const { id, kind, dp, dh, cp, ch } of accounts) {
    const [real, held] = [posted.get(id) ?? none, pending.get(id) ?? none];
    expect({ dp, dh, cp, ch }).toEqual({
      dp: real.debit,
      dh: held.debit,
      cp: real.credit,
      ch: held.credit,
    });
    if (kind === 'person') expect(cp - dp - dh).toBeGreaterThanOrEqual(0);
  }
  const total = (kind: string, of: (row: (typeof accounts)[number]) => number) =>
    accounts.filter((row) => row.kind === kind).reduce((sum, row) => sum + of(row), 0);
  const issued = total('issuance', (row) => row.dp - row.cp);
  expect(issued).toBe(
    total('person', (row) => row.cp - row.dp) + total('redeemed', (row) => row.cp),
  );
  expect(issued).toBeLessThanOrEqual(CAP);
  const approved = db.get<{ credits: number }>(sql`select coalesce(sum(tasks.credits), 0) as credits
    from reviews join evidence on evidence.id = reviews.evidence_id
    join claims on claims.id = evidence.claim_id join tasks on tasks.id = claims.task_id
    where reviews.decision = 'approved'`);
  expect(issued).toBe(approved.credits);
  const counted = db.all<{ issued: number }>(sql`select issued from caps where issued > 0`);
  for (const cap of counted) expect(cap.issued).toBe(issued);
  const heldByCodes = db.get<{ credits: number }>(
    sql`select coalesce(sum(credits), 0) as credits from redemptions where state = 'held'`,
  );
  expect(total('person', (row) => row.dh)).toBe(heldByCodes.credits);
  const slots = db.all<{ taken: number; claims: number }>(sql`select taken, (select count(*)
    from claims where claims.task_id = tasks.id
    and claims.state in ('joined', 'submitted', 'verified', 'rejected')) as claims from tasks`);
  for (const { taken, claims } of slots) expect(taken).toBe(claims);
  return { issued, redeemed: total('redeemed', (row) => row.cp) };
}

test('issued = held + redeemed, stored = recomputed, nobody below zero, no cap or slot exceeded', async () => {
  const seen = { issued: 0, redeemed: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 20, maxLength: 120, size: 'max' }), (deeds) =>
      withCity(
        (city) => {
          const world = {
            city,
            people: Array.from({ length: PEOPLE }, (_, at) => city.join(`+1510555030${at}`)),
            tasks: TASKS.map((facts) => newTask(city, facts)),
            offers: OFFERS.map((facts) => newOffer(city, facts)),
            codes: [],
          };
          city.run((context) =>
            context.tx.inbox.add({
              channel: 'sms',
              externalId: '1',
              identityId: 1,
              payload: { text: '', replyTo: null, pictures: 0 },
              receivedAt: 0,
            }),
          );
          for (const one of deeds) act(world, one);
          expectEarlyReferences(city.store.read.records.after(0, Number.MAX_SAFE_INTEGER));
          const { issued, redeemed } = audit(databaseOf(city.store));
          seen.issued += issued;
          seen.redeemed += redeemed;
        },
        { cap: CAP, city: unlimited(TEST_CITY) },
      ),
    ),
    { numRuns: runs(15, 60) },
  );
  // The deeds came to something, or the above would prove nothing.
  expect(seen.issued).toBeGreaterThan(runs(200, 1000));
  expect(seen.redeemed).toBeGreaterThan(runs(1, 100));
});
