/**
 * A city full of people who hold what can be lost: credits, codes, tasks, evidence under review,
 * roles, open questions; and what moved in it since one looked last, read past the code under test.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { showCode } from '../../src/domain/code.ts';
import { ISSUER, REDEEMER, SEEDED } from '../../src/sandbox/seed.ts';
import type { Context } from '../../src/services/context.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { setCap } from '../../src/services/credits/set-cap.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../../src/services/evidence/submit-evidence.ts';
import { acceptInvite } from '../../src/services/partners/accept-invite.ts';
import { inviteAdmin } from '../../src/services/partners/invite-admin.ts';
import { invitePartner } from '../../src/services/partners/invite-partner.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import { expectOk, newPerson, TUESDAY, UNLIMITED } from './city.ts';
import { standingClock } from './clock.ts';
import type { Open } from './explained.ts';
import { createLook, type Moved } from './fuzz-look.ts';
import { rememberingChannel, testCity } from './test-city.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const RESIDENTS = 20;
const STRANGERS = 4;
const TASKS_AT_ONCE = 4;
const CODES_KNOWN = 6;
/** No task is refused for want of credits. */
const CAP = 1_000_000;
const RICH = { ...UNLIMITED, policies: { ...UNLIMITED.policies, cityCap: CAP } };

type Part = 'admin' | 'reviewer' | 'counter' | 'resident';
export type FuzzPerson = { readonly address: string; readonly part: Part };

const person = (part: Part, address: string): FuzzPerson => ({ address, part });
const phones = (from: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `+1510555${String(from + at)}`);

const SECOND_ADMIN = '+15105552001';
const REVIEWER = '+15105552002';
const COUNTER = '+15105552003';
const PEOPLE: readonly FuzzPerson[] = [
  person('admin', SEEDED.admin),
  person('admin', SECOND_ADMIN),
  ...[SEEDED.organizer, REVIEWER].map((address) => person('reviewer', address)),
  ...[SEEDED.redeemer, COUNTER].map((address) => person('counter', address)),
  ...phones(3000, RESIDENTS + STRANGERS).map((address) => person('resident', address)),
];

/** Tasks that begin in half an hour, when evidence may come already. */
function announceTasks(context: Context): readonly number[] {
  const organizer = newPerson(context, SEEDED.organizer);
  const startsAt = context.now + 30 * MINUTE_MS;
  return Array.from({ length: TASKS_AT_ONCE }).flatMap(() => {
    const announced = announceTask(context, organizer.id, {
      ...{ title: 'Clean the creek', place: 'Live Oak Park', credits: 20, slots: 20 },
      ...{ startsAt, endsAt: startsAt + 2 * HOUR_MS },
    });
    // The organizer may have given up the role.
    return announced.ok ? [announced.value.task.id] : [];
  });
}

/** One person joins, works, earns and redeems, as far as they may; the code that they got. */
function fillOne(
  context: Context,
  {
    identity,
    inboxId,
    tasks,
    below,
  }: {
    identity: number;
    inboxId: number | undefined;
    tasks: readonly number[];
    below: (max: number) => number;
  },
): string | undefined {
  const { tx } = context;
  const { personId = 0, stoppedAt } = tx.identities.get(identity) ?? {};
  const one = tx.people.get(personId);
  if (one?.joinedAt == null || stoppedAt !== null || inboxId === undefined) return undefined;
  const send = (taskId: number): number | undefined => {
    joinTask(context, one, taskId);
    const sent = { taskId, text: 'It is clean.', pictureIds: [], inboxId };
    const kept = submitEvidence(context, one, sent);
    return kept.ok ? kept.value.evidenceId : undefined;
  };
  const [paid = 0, waiting = 0, joined = 0] = tasks;
  const evidenceId = send(paid);
  const organizer = newPerson(context, SEEDED.organizer);
  if (evidenceId !== undefined) {
    reviewEvidence(context, organizer, { evidenceId, approved: true, note: '' });
  }
  if (below(2) === 0) send(waiting);
  joinTask(context, one, joined);
  const held = below(2) === 0 ? redeemOffer(context, one, 1) : undefined;
  return held?.ok === true ? held.value.code : undefined;
}

/** Opens the city; `below` picks a number below another one. */
export async function openFuzzCity(below: (max: number) => number) {
  const { channel, sent } = rememberingChannel();
  const steps = new Map<string, number>();
  const folder = mkdtempSync(join(tmpdir(), 'city-fuzz-'));
  const city = testCity({
    folder,
    ...{ city: RICH, clock: standingClock(TUESDAY), channels: () => [channel] },
    observe: (step, { count }) => steps.set(step, (steps.get(step) ?? 0) + count),
  });
  city.seed();
  city.run((context) => {
    for (const { address, part } of PEOPLE.slice(0, PEOPLE.length - STRANGERS)) {
      if (part === 'resident' || !Object.values<string>(SEEDED).includes(address)) {
        newPerson(context, address);
      }
    }
    const admin = newPerson(context, SEEDED.admin).id;
    const give = (address: string, token: string) =>
      expectOk(acceptInvite(context, newPerson(context, address).id, token));
    give(SECOND_ADMIN, expectOk(inviteAdmin(context, admin)).token);
    const reviewer = { kind: 'issuer', name: ISSUER, role: 'reviewer' } as const;
    give(REVIEWER, expectOk(invitePartner(context, admin, reviewer)).token);
    const counter = { kind: 'redeemer', name: REDEEMER, role: 'counter' } as const;
    give(COUNTER, expectOk(invitePartner(context, admin, counter)).token);
    expectOk(setCap(context, admin, { issuer: ISSUER, amount: CAP }));
  });
  await city.start();
  await city.idle();
  const look = createLook(join(city.folder, 'city.db'));
  const pick = <T>(all: readonly T[]): T | undefined => all[below(all.length || 1)];
  const codes: string[] = [];
  const seen = new Set<string>();
  const last = new Map<string, string>();
  /** What each person said since a question was asked, and just before. */
  const said = new Map<string, readonly string[]>();
  let read = 0;
  const readSent = (): void => {
    for (; read < sent.length; read += 1) {
      const { to, text } = sent[read] ?? { to: null, text: '' };
      if (to === null) continue;
      last.set(to, text);
      const [code] = /(?<![-\w])[0-9A-Z]{4}-[0-9A-Z]{4}(?![-\w])/u.exec(text) ?? [];
      if (code === undefined || seen.has(code)) continue;
      seen.add(code);
      look.sawCode(code);
      codes.unshift(code);
      codes.splice(CODES_KNOWN);
    }
  };
  const identityOf = (address: string): number =>
    city.store.read.identities.idOf(
      'sms',
      city.core.foundation.keys.identityLookup('sms', address),
    ) ?? 0;
  const task = () =>
    pick(look.numbers("select id from tasks where state = 'open' order by id desc limit 6"));
  const offer = () => pick(look.numbers("select id from offers where state = 'open' limit 3"));
  const evidence = () =>
    pick(look.numbers("select id from evidence where state = 'pending' order by id limit 6")) ?? 1;
  const correction = () =>
    pick(look.numbers('select id from corrections order by id desc limit 3')) ?? 1;
  const participant = () => pick(look.texts('select participant_id from persons')) ?? '';
  const code = () => pick(codes) ?? '7GK2-M4QX';
  /** What each may say in plain words, most of it with a question behind it. */
  const LINES: Readonly<Record<Part, readonly (() => string)[]>> = {
    resident: [
      ...[() => `JOIN ${task()}`, () => `DONE ${task()} picked up the trash`, () => 'DROP'],
      ...[() => `JOIN ${task()}`, () => `DONE ${task()} recogimos la basura`],
      ...[
        () => `REDEEM ${offer()}`,
        () => 'REDEEM coffee',
        () => `REDEEM ${offer()} and ${offer()}`,
      ],
      ...[() => `RELEASE ${code()}`, () => `DROP ${task()}`, () => 'DONE', () => 'JOIN'],
      ...[() => 'LINK', () => 'ALERTS', () => 'ME 2', () => 'FORGET ME', () => code()],
    ],
    reviewer: [
      ...[() => `APPROVE ${evidence()}`, () => `APPROVE ${evidence()}, ${evidence()}`],
      ...[() => `APPROVE ${evidence()} well done`, () => `APPROVE ${evidence()} or ${evidence()}`],
      ...[() => `REJECT ${evidence()}`, () => `REJECT ${evidence()} the photo is blurry`],
      ...[() => 'ANNOUNCE', () => `CLOSE ${task()}`, () => 'REVIEW', () => `ROSTER ${task()}`],
    ],
    counter: [...[() => code(), () => `CONFIRM ${code()}`, () => code(), () => 'OFFER']],
    admin: [
      ...[
        () => `ADJUST ${participant()} +5 because it was counted wrong`,
        () => `AGREE ${correction()}`,
      ],
      ...[() => `CAP ${ISSUER} ${CAP}`, () => `INVITE reviewer ${ISSUER}`, () => 'UNINVITE'],
      ...[() => `MUTE ${task()}`, () => 'ALIKE'],
    ],
  };
  const ANSWERS = [
    'yes',
    'sí, claro',
    'OK',
    '👍',
    'no',
    'none of those',
    '1',
    '2',
    '20',
    'any',
    'a good reason',
  ];
  return {
    ...{ city, look, people: PEOPLE, steps },
    /** Words that name what there is now. */
    names: (): readonly string[] =>
      [task(), offer(), evidence()].map(String).concat(code(), String(evidence()), code()),
    openOf: ({ address }: FuzzPerson): Open => ({
      ...look.open(identityOf(address)),
      before: said.get(address) ?? [],
    }),
    /** What such a person says in plain words. */
    line: ({ address, part }: FuzzPerson): string => {
      const identity = identityOf(address);
      if (look.isStopped(identity)) return 'START';
      const { question } = look.open(identity);
      if (question?.endsWith('.number-sent') === true) {
        return /\b\d{4}\b/u.exec(last.get(address) ?? '')?.[0] ?? '';
      }
      if (question !== undefined && below(2) === 0) return pick(ANSWERS) ?? '';
      return pick(LINES[below(4) === 0 ? 'resident' : part])?.() ?? '';
    },
    /** Says it, and tells what moved. */
    say: async ({ address }: FuzzPerson, text: string): Promise<readonly Moved[]> => {
      const { question } = look.open(identityOf(address));
      said.set(address, [...(question === undefined ? [] : (said.get(address) ?? [])), text]);
      await city.receive({ sender: address, text });
      await city.idle();
      readSent();
      return look.moved();
    },
    /** Fills the city again: tasks that begin soon, work under review, credits, codes. */
    fill: (): void => {
      const tasks = city.run((context) => announceTasks(context));
      for (const { address } of PEOPLE) {
        const identity = identityOf(address);
        const inboxId = look.newestMessage(identity);
        const code = city.run((context) => fillOne(context, { identity, inboxId, tasks, below }));
        if (code === undefined || seen.has(showCode(code))) continue;
        seen.add(showCode(code));
        look.sawCode(code);
        codes.unshift(showCode(code));
      }
      codes.splice(CODES_KNOWN);
      look.moved();
    },
    close: async (): Promise<void> => {
      look.close();
      await city.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
