// What the audit proves of people's parts in tasks: each step is one that a claim can take, at a time
// at which it can, with room for it, and with the evidence and the decision that it tells of.
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { HOUR_MS } from '../../src/lib/clock.ts';
import { brokenIn, openPaperAudit, type PaperAudit } from '../support/paper-audit.ts';
import {
  type FoundedCity,
  foundPaperCity,
  NSID,
  participantOf,
  type Ref,
} from '../support/paper-city.ts';

/** The work of these tests begins then, and takes two hours. */
const STARTS = Date.UTC(2026, 9, 12, 16);
const ENDS = 2;
const SECOND = 1 / 3600;

/** A state, so many hours after the start of the work, and what else its step tells. */
type Step = readonly [
  status: string,
  hours: number,
  more?: Readonly<Record<string, string | number>>,
];

let audit: PaperAudit;
let city: FoundedCity;
let people: number;

beforeAll(async () => {
  audit = await openPaperAudit();
});
afterAll(() => audit.close());
beforeEach(async () => {
  city = await foundPaperCity();
  people = 0;
});

const at = (hours: number): string => new Date(STARTS + hours * HOUR_MS).toISOString();
const broken = async (): Promise<readonly string[]> => brokenIn(await audit.city(city));

const taskWith = (fields: Parameters<FoundedCity['addTask']>[1] = {}): Ref =>
  city.addTask(city.issuer, { startsAt: at(0), endsAt: at(ENDS), slots: 1000, ...fields });

const told = (steps: readonly Step[]) =>
  steps.map(([status, hours, more = {}]) => ({ status, decidedAt: at(hours), ...more }));

/** Somebody's part in a task, as its record tells it. */
function claimWith(
  task: Ref,
  steps: readonly Step[],
  fields: Readonly<Record<string, string | number>> = {},
): Ref {
  people += 1;
  return city.add(NSID.claim, {
    ...{ task, participant: participantOf(people), steps: told(steps) },
    ...{ status: steps.at(-1)?.[0] ?? '', ...fields },
  });
}

/** Evidence for a claim, decided about where `decision` says how. */
function evidenceFor(claim: Ref, decision?: 'approved' | 'rejected'): void {
  const evidence = city.addEvidence(claim);
  if (decision === undefined) return;
  const review = city.addReview(evidence, decision);
  const { participant } = city.read(claim);
  if (decision === 'approved') city.issue(city.issuer, String(participant), review);
}

const STANDBY: Step = ['standby', -90];
const JOINED: Step = ['joined', -80];

describe('a whole life', () => {
  it.each<readonly [string, readonly Step[], 'approved' | 'rejected' | null]>([
    [
      'from joining to the approval',
      [
        JOINED,
        ['confirmed', -23],
        ['checked-in', -0.5, { way: 'code' }],
        ['submitted', 3],
        ['verified', 9],
      ],
      'approved',
    ],
    ['with a rejection', [JOINED, ['submitted', 1], ['rejected', 9]], 'rejected'],
    ['from the waitlist', [STANDBY, ['joined', -40], ['left', -30, { startsAt: at(0) }]], null],
    [
      'with an offer that passed and one that was taken',
      [
        STANDBY,
        ['offered', -20, { expiresAt: at(-18) }],
        ['standby', -18],
        ['confirmed', -0.5],
        ['checked-in', 0, { way: 'location' }],
      ],
      null,
    ],
    [
      'of somebody absent whom the organizer had seen',
      [JOINED, ['absent', 4], ['checked-in', 50, { way: 'organizer', by: participantOf(900) }]],
      null,
    ],
    ['of a task that was closed', [JOINED, ['closed', 2]], null],
    ['of a task that was called off', [STANDBY, ['called-off', -5]], null],
  ])('%s is green', async (_, steps, decision) => {
    const claim = claimWith(taskWith(), steps);
    if (decision !== null) evidenceFor(claim, decision);
    expect(await broken()).toEqual([]);
  });

  it('without a fixed time is green', async () => {
    const task = taskWith({ anyTime: true, endsAt: at(200) });
    claimWith(task, [
      ['joined', 1],
      ['lapsed', 73],
    ]);
    claimWith(task, [
      ['joined', 1],
      ['confirmed', 30],
      ['lapsed', 102],
    ]);
    expect(await broken()).toEqual([]);
  });
});

/** The table of domain.md, by hand: what may follow on each state. */
const MAY_FOLLOW: Readonly<Record<string, string>> = {
  joined: 'confirmed checked-in submitted left absent lapsed closed called-off',
  confirmed: 'checked-in submitted left absent lapsed closed called-off',
  standby: 'joined offered confirmed left closed called-off',
  offered: 'confirmed standby left closed called-off',
  'checked-in': 'submitted left closed called-off',
  submitted: 'verified rejected left',
  verified: '',
  rejected: '',
  left: '',
  absent: 'checked-in submitted',
  lapsed: '',
  closed: '',
  'called-off': '',
};
const STATES = Object.keys(MAY_FOLLOW);
/** How a claim gets to each state. */
const WAY_TO: Readonly<Record<string, readonly string[]>> = {
  joined: [],
  confirmed: ['joined'],
  standby: [],
  offered: ['standby'],
  'checked-in': ['joined'],
  submitted: ['joined'],
  verified: ['joined', 'submitted'],
  rejected: ['joined', 'submitted'],
  left: ['joined'],
  absent: ['joined'],
  lapsed: ['joined'],
  closed: ['joined'],
  'called-off': ['joined'],
};

describe('the order of steps', () => {
  /** The addresses of claims at which `claim-steps` is found. */
  const outOfOrder = async (): Promise<ReadonlySet<string>> =>
    new Set((await broken()).flatMap((line) => /^claim-steps (.+)$/.exec(line)?.[1] ?? []));

  it('is that of the state machine: every pair of states', async () => {
    const task = taskWith();
    const expected = new Map<string, string>();
    for (const before of STATES) {
      for (const after of STATES) {
        const states = [...(WAY_TO[before] ?? []), before, after];
        const { uri } = claimWith(
          task,
          states.map((state, index) => [state, index - 90]),
        );
        const isRight = MAY_FOLLOW[before]?.split(' ').includes(after) === true;
        expected.set(uri, `${before} → ${after}: ${isRight ? 'right' : 'wrong'}`);
      }
    }
    const found = await outOfOrder();
    const seen = [...expected].map(([uri, what]) =>
      what.replace(/\w+$/, found.has(uri) ? 'wrong' : 'right'),
    );
    expect(seen).toEqual([...expected.values()]);
  });

  it('begins with joining or the waitlist', async () => {
    const task = taskWith();
    const claims = STATES.map((state) => [state, claimWith(task, [[state, -1]]).uri] as const);
    const found = await outOfOrder();
    expect(claims.filter(([, uri]) => !found.has(uri)).map(([state]) => state)).toEqual([
      ...['joined', 'standby'],
      // All that is known of what was over before claims told their steps.
      ...['left', 'closed'],
    ]);
    const more = claimWith(task, [
      ['left', -2],
      ['closed', -1],
    ]);
    expect((await outOfOrder()).has(more.uri)).toBe(true);
  });

  it('is that of time', async () => {
    const { uri } = claimWith(taskWith(), [JOINED, ['confirmed', -81]]);
    expect(await broken()).toEqual([`claim-steps ${uri}`]);
  });

  it('ends where the claim stands', async () => {
    const { uri } = claimWith(taskWith(), [JOINED], { status: 'confirmed' });
    expect(await broken()).toEqual([`claim-steps ${uri}`]);
  });

  it('names nobody by anything but a participant id', async () => {
    const { uri } = claimWith(taskWith(), [
      JOINED,
      ['checked-in', 0, { way: 'organizer', by: 'Ana' }],
    ]);
    expect(await broken()).toEqual([`participant-invalid ${uri}`]);
  });
});

describe('the time of steps', () => {
  const ORGANIZER = { way: 'organizer', by: participantOf(900) };
  const LATEST = ENDS + 2 + 24;
  /** Each step at the last moment at which it can be, and the first at which it cannot. */
  it.each<
    readonly [
      string,
      readonly Step[],
      string,
      readonly [right: number, wrong: number],
      NonNullable<Step[2]>,
    ]
  >([
    ['a spot off the waitlist', [STANDBY], 'joined', [ENDS - SECOND, ENDS], {}],
    ['an offer', [STANDBY], 'offered', [-1 - SECOND, -1], {}],
    ['an early check-in', [JOINED], 'checked-in', [-1, -1 - SECOND], {}],
    ['a late check-in', [JOINED], 'checked-in', [LATEST, LATEST + SECOND], {}],
    [
      'a check-in by the organizer',
      [JOINED],
      'checked-in',
      [LATEST + 72, LATEST + 72 + SECOND],
      ORGANIZER,
    ],
    ['an absence', [JOINED], 'absent', [ENDS + 2, ENDS + 2 - SECOND], {}],
  ])('%s has its hours', async (_, before, status, [right, wrong], more) => {
    const task = taskWith();
    claimWith(task, [...before, [status, right, more]]);
    const { uri } = claimWith(task, [...before, [status, wrong, more]]);
    expect(await broken()).toEqual([`claim-time ${uri}`]);
  });

  it('is six hours long where no end is told', async () => {
    const task = city.addTask(city.issuer, { startsAt: at(0) });
    claimWith(task, [JOINED, ['absent', 8]]);
    const { uri } = claimWith(task, [JOINED, ['absent', 8 - SECOND]]);
    expect(await broken()).toEqual([`claim-time ${uri}`]);
  });

  it('marks nobody absent who got the spot in the last hour', async () => {
    const task = taskWith();
    claimWith(task, [STANDBY, ['confirmed', -1 - SECOND], ['absent', 4]]);
    const { uri } = claimWith(task, [STANDBY, ['confirmed', -1], ['absent', 4]]);
    expect(await broken()).toEqual([`claim-time ${uri}`]);
  });

  it('marks nobody absent where there is no fixed time, and lets no other claim lapse', async () => {
    const anyTime = taskWith({ anyTime: true, endsAt: at(200) });
    const wrong = [
      claimWith(anyTime, [
        ['joined', -80],
        ['absent', 202],
      ]),
      claimWith(anyTime, [
        ['joined', 0],
        ['lapsed', 72 - SECOND],
      ]),
      claimWith(anyTime, [
        ['joined', 0],
        ['confirmed', 1],
        ['lapsed', 72],
      ]),
      claimWith(taskWith(), [JOINED, ['lapsed', 1]]),
      claimWith(anyTime, [STANDBY, ['offered', 200]]),
    ];
    expect(await broken()).toEqual(wrong.map(({ uri }) => `claim-time ${uri}`));
  });

  it('is that of the task as it was then', async () => {
    // It was put off by a day, an hour after it was to begin.
    const changes = [{ changedAt: at(1), startsAt: at(0), endsAt: at(ENDS) }];
    const times = { startsAt: at(24), endsAt: at(24 + ENDS) };
    const task = taskWith({ ...times, changes });
    claimWith(task, [JOINED, ['checked-in', 0.5, { way: 'code' }]]);
    claimWith(task, [JOINED, ['checked-in', 23.5, { way: 'code' }]]);
    const early = claimWith(task, [JOINED, ['checked-in', 1.1, { way: 'code' }]]);
    const unchanged = claimWith(taskWith(times), [JOINED, ['checked-in', 0.5, { way: 'code' }]]);
    expect(await broken()).toEqual([early, unchanged].map(({ uri }) => `claim-time ${uri}`));
  });
});

describe('the spots of a task', () => {
  const LEFT: Step = ['left', -50];

  it('go to as many people as there are spots', async () => {
    const task = taskWith({ slots: 2 });
    claimWith(task, [JOINED, LEFT]);
    claimWith(task, [JOINED]);
    claimWith(task, [STANDBY, ['joined', -50]]);
    claimWith(task, [STANDBY]);
    expect(await broken()).toEqual([]);
  });

  it.each<readonly [string, earlier: readonly Step[], later: readonly Step[]]>([
    ['one who joined', [JOINED], [['joined', -60]]],
    ['one who came off the waitlist too early', [JOINED, LEFT], [STANDBY, ['joined', -51]]],
    ['one for whom a spot is kept', [JOINED], [STANDBY, ['offered', -40]]],
  ])('are not given twice: %s', async (_, earlier, later) => {
    const task = taskWith({ slots: 2 });
    claimWith(task, [JOINED]);
    claimWith(task, earlier);
    claimWith(task, later);
    expect(await broken()).toEqual([`claim-slots ${task.uri}`]);
  });

  it('are taken by the people who are brought, too', async () => {
    const task = taskWith({ slots: 3 });
    const brings = claimWith(task, [['joined', -80, { guests: 1 }]], { guests: 1 });
    claimWith(task, [JOINED]);
    expect(await broken()).toEqual([]);
    city.edit(brings, { guests: 2 });
    expect(await broken()).toEqual([`claim-steps ${brings.uri}`]);
    city.edit(brings, { guests: 1 });
    claimWith(task, [['joined', -70]]);
    expect(await broken()).toEqual([`claim-slots ${task.uri}`]);
  });

  it('are those of the people who are brought at the time', async () => {
    const task = taskWith({ slots: 2 });
    const brings = [JOINED, ['joined', -60, { guests: 1 }], ['confirmed', -50]] as const;
    claimWith(task, brings);
    claimWith(task, [['joined', -70], LEFT]);
    expect(await broken()).toEqual([`claim-slots ${task.uri}`]);
  });

  it('are free again when a claim lapses', async () => {
    const task = taskWith({ anyTime: true, endsAt: at(200), slots: 1 });
    claimWith(task, [
      ['joined', 0],
      ['lapsed', 72],
    ]);
    claimWith(task, [['joined', 73]]);
    expect(await broken()).toEqual([]);
  });

  it('are those of the task as it was then', async () => {
    const before = { changedAt: at(-60), startsAt: at(0), endsAt: at(ENDS), slots: 3 };
    const task = taskWith({ slots: 1, changes: [before] });
    // Who has a spot keeps it, and who leaves makes it no worse.
    for (const more of [[], [], [LEFT]]) claimWith(task, [JOINED, ...more]);
    expect(await broken()).toEqual([]);
    claimWith(task, [['joined', -59]]);
    expect(await broken()).toEqual([`claim-slots ${task.uri}`]);
  });
});

describe('what a claim tells of evidence', () => {
  const SUBMITTED: readonly Step[] = [JOINED, ['submitted', 1]];

  it('is shown by evidence, and by a decision of that kind', async () => {
    const task = taskWith();
    evidenceFor(claimWith(task, SUBMITTED));
    evidenceFor(claimWith(task, [...SUBMITTED, ['verified', 2]]), 'approved');
    evidenceFor(claimWith(task, [...SUBMITTED, ['rejected', 2]]), 'rejected');
    expect(await broken()).toEqual([]);
  });

  it.each<readonly [string, readonly Step[], 'none' | 'waits' | 'approved' | 'rejected']>([
    ['sent, and there is none', SUBMITTED, 'none'],
    ['approved, and there is none', [...SUBMITTED, ['verified', 2]], 'none'],
    ['approved, and it waits', [...SUBMITTED, ['verified', 2]], 'waits'],
    ['approved, and it was rejected', [...SUBMITTED, ['verified', 2]], 'rejected'],
    ['rejected, and it waits', [...SUBMITTED, ['rejected', 2]], 'waits'],
    ['rejected, and it was approved', [...SUBMITTED, ['rejected', 2]], 'approved'],
  ])('is not %s', async (_, steps, evidence) => {
    const claim = claimWith(taskWith(), steps);
    if (evidence === 'waits') evidenceFor(claim);
    else if (evidence !== 'none') evidenceFor(claim, evidence);
    expect(await broken()).toContain(`claim-unfounded ${claim.uri}`);
  });
});

describe('a claim without steps', () => {
  test('is one of a version before steps', async () => {
    city.loop(801);
    claimWith(taskWith(), [JOINED]);
    expect(await broken()).toEqual([]);
  });

  test('is not newer than one that tells them', async () => {
    claimWith(taskWith(), [JOINED]);
    const { uri } = city.addClaim(city.task, participantOf(801));
    expect(await broken()).toEqual([`claim-steps ${uri}`]);
  });

  test('may wait for its steps longer than an older one that went on', async () => {
    const [older, newer] = [801, 802].map((person) =>
      city.addClaim(city.task, participantOf(person)),
    ) as [Ref, Ref];
    city.replace(older, { status: 'left', steps: told([JOINED, ['left', -70]]) });
    expect(await broken()).toEqual([]);
    city.replace(newer, { status: 'left' });
    expect(await broken()).toEqual([`claim-steps ${newer.uri}`]);
  });
});
