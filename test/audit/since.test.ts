// Heads: what changed since, and history that was rewritten by whoever has the key.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/audit/bytes.ts';
import { parseHead, timeOfTid } from '../../src/audit/head.ts';
import type { Report } from '../../src/audit/report.ts';
import { tidOf } from '../../src/lib/ids.ts';
import { brokenIn, openPaperAudit, type PaperAudit } from '../support/paper-audit.ts';
import { type FoundedCity, foundPaperCity, type Ref } from '../support/paper-city.ts';
import { newKey, signRepository } from '../support/paper-repository.ts';

let audit: PaperAudit;
let city: FoundedCity;
let loops: ReturnType<FoundedCity['loop']>[];
let head: string;
let car: Uint8Array;

beforeAll(async () => {
  audit = await openPaperAudit();
});
afterAll(() => audit.close());
beforeEach(async () => {
  city = await foundPaperCity();
  loops = [1, 2, 3].map((person) => city.loop(person));
  audit.know(city);
  car = (await city.sign()).car;
  head = (await audit.car(car)).head ?? '';
});

const lookSince = (since: string): Promise<Report> => audit.city(city, { since });
const lookSinceCar = (): Promise<Report> => audit.city(city, { since: { car: bytesOf(car) } });
const historyIn = (report: Report): readonly string[] =>
  brokenIn(report).filter((line) => line.startsWith('history-'));

/** The chain from a transfer on, written anew without a transfer: nothing in it is broken. */
function forgeWithout(gone: (typeof loops)[number]): void {
  for (const ref of [gone.claim, gone.evidence, gone.review, gone.issue]) city.remove(ref);
  for (const ref of [gone.hold, gone.burn, gone.redemption]) city.remove(ref);
}

describe('a head', () => {
  it('is one token, and can be read again', () => {
    expect(head).toMatch(/^[A-Za-z0-9:._~-]+$/);
    const read = parseHead(head);
    expect(read?.did).toBe(city.did);
    expect(read?.marks.get('transfer')?.count).toBe(9);
    expect(read?.marks.get('claim')).toMatchObject({
      count: 3,
      last: { rkey: expect.any(String) },
    });
  });

  it('of the first form can be read still', async () => {
    const former = head.replace('head2', 'head1').replace(/~claim\.[^~]*/, '~claim.3');
    expect(parseHead(former)?.marks.get('claim')).toEqual({ count: 3 });
    expect(brokenIn(await lookSince(former))).toEqual([]);
  });

  it.each(['', 'head1', 'head1~a~b~c', 'head2~x', 'nonsense'])('is not %j', (text) => {
    expect(parseHead(text)).toBeUndefined();
  });

  it('has a time', () => {
    expect(timeOfTid(tidOf(1_760_000_000_123_000, 9))).toBe(1_760_000_000_123);
  });

  it('of now is green, and nothing changed', async () => {
    const report = await audit.car(car, { since: head });
    expect(brokenIn(report)).toEqual([]);
    expect(Object.values(report.since?.added ?? {}).every((count) => count === 0)).toBe(true);
  });

  it('tells what came since, and what was replaced', async () => {
    city.loop(4);
    city.replace(city.task, { status: 'closed' });
    const report = await lookSince(head);
    expect(brokenIn(report)).toEqual([]);
    expect(report.since?.added).toMatchObject({ claim: 1, transfer: 3, redemption: 1, task: 0 });
    expect(report.since?.changed).toMatchObject({ task: 1, offer: 0 });
  });

  it('finds a chain that was rewritten, though it is unbroken', async () => {
    forgeWithout(loops[2] as (typeof loops)[number]);
    const last = (loops[1] as (typeof loops)[number]).burn;
    city.rewindTo(last, 6);
    city.loop(4);
    const report = await lookSince(head);
    expect(report.findings.counts['chain-broken']).toBeUndefined();
    expect(historyIn(report)).toContain(`history-removed ${loops[2]?.burn.uri}`);
    expect(historyIn(report)).toContain(`history-removed ${loops[2]?.redemption.uri}`);
  });

  it('finds a review that says something else now', async () => {
    const rejected = city.addReview(
      city.addEvidence(city.addClaim(city.task, 'p-000000000009')),
      'rejected',
    );
    const { head: withIt } = await audit.city(city);
    city.edit(rejected, { note: 'never mind' });
    expect(historyIn(await lookSince(withIt ?? ''))).toEqual([`history-changed ${rejected.uri}`]);
    city.remove(rejected);
    expect(historyIn(await lookSince(withIt ?? ''))).toEqual([`history-removed ${rejected.uri}`]);
  });

  it('finds a review put in between', async () => {
    const first = (loops[0] as (typeof loops)[number]).evidence;
    city.put('org.city-sync.civic.review', tidOf(1, 1), {
      ...city.read((loops[0] as (typeof loops)[number]).review),
      decision: 'rejected',
      evidence: first,
    });
    expect(historyIn(await lookSince(head))).toEqual([`history-inserted ${loops[2]?.review.uri}`]);
  });

  it('finds that tasks were taken away', async () => {
    const task = city.addTask(city.issuer);
    const { head: withIt } = await audit.city(city);
    city.remove(task);
    expect(historyIn(await lookSince(withIt ?? ''))).toEqual([
      `history-removed at://${city.did}/org.city-sync.civic.task`,
    ]);
  });

  it('tells that something was replaced also where nothing says so', async () => {
    const { head: then } = await audit.city(city);
    city.edit(city.epoch, { rejectionPolicy: 'credit' });
    const { since } = await lookSince(then ?? '');
    expect(since?.changed).toMatchObject({ epoch: 1, task: 0, claim: 0 });
  });

  it('finds evidence that was taken away with other evidence put in', async () => {
    const { claim } = loops[0] as (typeof loops)[number];
    const evidence = city.addEvidence(claim);
    const { head: withIt } = await audit.city(city);
    city.remove(evidence);
    city.addEvidence(claim);
    expect(historyIn(await lookSince(withIt ?? ''))).toEqual([`history-removed ${evidence.uri}`]);
  });

  it('says where it cannot tell, since some came in between', async () => {
    const other = city.addTask(city.issuer);
    city.writeActivity(other, []);
    const { head: then } = await audit.city(city);
    const people = loops.map(({ participant }) => participant);
    city.writeActivity(city.task, people);
    const report = await lookSince(then ?? '');
    expect(brokenIn(report)).toEqual([]);
    expect(report.since?.unclear).toEqual(['activity']);
  });

  it('finds a repository that was put back', async () => {
    city.earn(4);
    const { head: later } = await audit.city(city);
    const report = await audit.car(car, { since: later ?? '' });
    expect(historyIn(report)[0]).toBe(`history-removed at://${city.did}`);
  });

  it('of another city is not compared', async () => {
    const other = head.replace(city.did, 'did:plc:elsewhere234567abcdefghi');
    await expect(lookSince(other)).rejects.toThrow(/is of did:plc:elsewhere/);
  });

  it('that is none is not compared', async () => {
    await expect(lookSince('yesterday')).rejects.toThrow(/neither a head, nor a CID/);
  });
});

describe('an earlier CAR', () => {
  it('tells what came and what was replaced', async () => {
    city.loop(4);
    city.replace(city.task, { status: 'closed' });
    const report = await lookSinceCar();
    expect(brokenIn(report)).toEqual([]);
    expect(report.since?.added).toMatchObject({ claim: 1, transfer: 3, task: 0 });
    expect(report.since?.changed).toMatchObject({ task: 1, transfer: 0 });
  });

  it('names every record that is gone, and those that were changed', async () => {
    const last = loops[2] as (typeof loops)[number];
    forgeWithout(last);
    city.edit((loops[0] as (typeof loops)[number]).review, { note: 'twice' });
    const gone: readonly Ref[] = [last.claim, last.evidence, last.review, last.issue];
    const history = historyIn(await lookSinceCar());
    for (const { uri } of [...gone, last.hold, last.burn, last.redemption]) {
      expect(history).toContain(`history-removed ${uri}`);
    }
    expect(history).toContain(`history-changed ${loops[0]?.review.uri}`);
    expect(history).toHaveLength(8);
  });

  it('finds a replacement that does not say when', async () => {
    city.edit(city.epoch, { rejectionPolicy: 'credit' });
    expect(historyIn(await lookSinceCar())).toEqual([`history-changed ${city.epoch.uri}`]);
    city.replace(city.epoch, {});
    expect(historyIn(await lookSinceCar())).toEqual([]);
  });

  it('finds a claim that was given to somebody else', async () => {
    const claim = city.addClaim(city.task, 'p-000000000009');
    const then = (await city.sign()).car;
    city.replace(claim, { participant: 'p-00000000000a' });
    const report = await audit.city(city, { since: { car: bytesOf(then) } });
    expect(historyIn(report)).toEqual([`history-changed ${claim.uri}`]);
  });

  describe('with who may act', () => {
    const ended = {
      participant: 'p-00000000000a',
      role: 'owner',
      startsAt: '2026-10-01T00:00:00Z',
    };
    const owner = {
      participant: 'p-00000000000b',
      role: 'owner',
      startsAt: '2026-10-01T00:00:00Z',
    };
    const delegations = [{ ...ended, endsAt: '2026-10-02T00:00:00Z' }, owner];
    const approved = { status: 'approved', decidedAt: '2026-10-01T00:00:00Z' };
    const history = [
      ...[approved, { status: 'suspended', decidedAt: '2026-10-03T00:00:00Z', reason: 'why' }],
      { status: 'approved', decidedAt: '2026-10-04T00:00:00Z' },
    ];
    const later = { ...owner, participant: 'p-00000000000c' };
    const ending = { ...owner, endsAt: '2026-10-06T00:00:00Z' };
    const again = { ...ended, startsAt: '2026-10-06T00:00:00Z' };

    it.each<[string, string, object]>([
      ['green', 'more of it', { delegations: [...delegations, later] }],
      ['green', 'a role that ends', { delegations: [delegations[0], ending] }],
      ['green', 'a role that is given again', { delegations: [...delegations, again] }],
      ['green', 'another standing', { history: [...history, history[1]], status: 'suspended' }],
      ['red', 'a role that is gone', { delegations: [owner] }],
      ['red', 'a role that had ended', { delegations: [ended, owner] }],
      ['red', 'a role of another', { delegations: [delegations[0], later] }],
      [
        'red',
        'another giver',
        { delegations: [delegations[0], { ...owner, by: later.participant }] },
      ],
      ['red', 'a history without a suspension', { history: [approved] }],
      ['red', 'a history with nothing', { history: [], delegations: [] }],
      ['red', 'another reason', { history: history.map((one) => ({ ...one, reason: 'so' })) }],
    ])('is %s with %s', async (colour, _what, fields) => {
      city.replace(city.issuer, { delegations, history } as never);
      const then = (await city.sign()).car;
      city.replace(city.issuer, fields as never);
      const report = await audit.city(city, { since: { car: bytesOf(then) } });
      const broken = [`history-changed ${city.issuer.uri}`];
      expect(historyIn(report)).toEqual(colour === 'red' ? broken : []);
    });

    it('is red with an admin who is gone', async () => {
      city.writeCity({ admins: delegations } as never);
      const then = (await city.sign()).car;
      city.writeCity({ admins: [owner], updatedAt: city.inMinutes(0) } as never);
      const report = await audit.city(city, { since: { car: bytesOf(then) } });
      expect(historyIn(report)).toEqual([
        `history-changed at://${city.did}/org.city-sync.civic.city/self`,
      ]);
    });
  });

  it('names what was put in where nothing is ever put in', async () => {
    const ref = city.put('app.certified.location', tidOf(1, 1), {
      lpVersion: '1.0',
      srs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
      locationType: 'address',
      location: { $type: 'app.certified.location#string', string: 'Live Oak Park' },
      createdAt: '2026-10-05T12:00:00.000Z',
    });
    const { car: first } = await city.sign();
    city.put('app.certified.location', tidOf(0, 1), city.read(ref));
    const report = await audit.city(city, { since: { car: bytesOf(first) } });
    expect(historyIn(report)).toEqual([
      `history-inserted at://${city.did}/app.certified.location/${tidOf(0, 1)}`,
    ]);
  });

  it('counts also when it was signed with a key of former times', async () => {
    const key = await newKey();
    const rev = tidOf(Date.UTC(2026, 9, 6) * 1000, 1);
    const moved = await signRepository(city.records(), { did: city.did, key, rev });
    const since = { car: bytesOf(car) };
    audit.paper.accounts.set(city.did, { key: key.did() });
    await expect(audit.car(moved.car, { since })).rejects.toThrow(/proves nothing/);
    audit.paper.accounts.set(city.did, { key: key.did(), former: [city.key.did()] });
    expect(brokenIn(await audit.car(moved.car, { since }))).toEqual([]);
  });

  it('that nobody signed proves nothing', async () => {
    const forger = await foundPaperCity(city.did, await newKey());
    const forged = await forger.sign();
    await expect(audit.city(city, { since: { car: bytesOf(forged.car) } })).rejects.toThrow(
      /The earlier file proves nothing/,
    );
  });
});

describe('a CID', () => {
  it('of a transfer that is there is green, and tells how many came after', async () => {
    const report = await lookSince((loops[1] as (typeof loops)[number]).burn.cid);
    expect(brokenIn(report)).toEqual([]);
    expect(report.since?.added).toEqual({ transfer: 3 });
  });

  it('of the commit of now is green', async () => {
    const { commit } = await audit.car(car);
    expect((await audit.car(car, { since: commit })).ok).toBe(true);
  });

  it('of anything else proves nothing, and says so', async () => {
    const { commit } = await audit.car(car);
    city.loop(4);
    await expect(lookSince(commit)).rejects.toThrow(/a commit of former times proves nothing/);
  });
});
