// Every way in which a city could cheat or err, each signed with the city's own key: red, and at the
// address of the link that is broken.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Report, reportLines } from '../../src/audit/report.ts';
import { brokenIn, openPaperAudit, type PaperAudit } from '../support/paper-audit.ts';
import {
  CREDITS,
  type FoundedCity,
  foundPaperCity,
  NSID,
  PRICE,
  participantOf,
  type Ref,
  rkeyOf,
} from '../support/paper-city.ts';

let audit: PaperAudit;
let city: FoundedCity;

beforeAll(async () => {
  audit = await openPaperAudit();
});
afterAll(() => audit.close());
beforeEach(async () => {
  city = await foundPaperCity();
});

const look = (): Promise<Report> => audit.city(city);

/** Expects the first broken link to be this one. */
async function expectBroken(code: string, at: Ref | string): Promise<Report> {
  const report = await look();
  const uri = typeof at === 'string' ? at : at.uri;
  expect(`${report.first?.code} ${report.first?.uri}`).toBe(`${code} ${uri}`);
  expect(report.ok).toBe(false);
  return report;
}

describe('an honest city', () => {
  it('is green, and its totals are what happened', async () => {
    const [one, two] = [city.loop(1), city.earn(2)];
    const back = city.hold(two.participant, city.redeemer, city.offer);
    city.resolve(back, 'release');
    city.hold(two.participant, city.redeemer, city.offer);
    city.writeActivity(city.task, [one.participant, two.participant]);
    const report = await look();
    expect(brokenIn(report)).toEqual([]);
    expect(report).toMatchObject({
      ok: true,
      first: null,
      signature: 'verified',
      complete: true,
      city: { name: 'Paperville' },
      records: { city: 1, epoch: 1, partner: 2, task: 1, offer: 1, claim: 2, transfer: 7 },
      totals: [
        {
          creditKind: 'CITY',
          issued: 2 * CREDITS,
          held: 2 * CREDITS - PRICE,
          onHold: PRICE,
          redeemed: PRICE,
          expired: 0,
          adjusted: 0,
        },
      ],
      issuers: [{ name: 'Creek Friends', epochs: [{ epoch: '2026-Q4', issued: 2 * CREDITS }] }],
      redeemers: [
        { name: 'Northside Café', burned: [{ creditKind: 'CITY', amount: PRICE }], redemptions: 1 },
      ],
    });
  });

  it('may replace what is meant to be replaced, and says when', async () => {
    city.loop(1);
    city.replace(city.task, { status: 'closed' });
    city.replace(city.offer, { credits: PRICE + 5 });
    city.replace(city.issuer, { status: 'suspended' });
    expect(brokenIn(await look())).toEqual([]);
  });

  it('may correct by further transfers, and each is told of', async () => {
    const { participant, issue } = city.earn(1);
    const person = `person:${participant}`;
    const more = city.adjust('adjustment', person, 5, issue);
    const less = city.adjust(person, 'adjustment', 7, issue);
    const report = await look();
    expect(brokenIn(report)).toEqual([]);
    const adjusted = { adjusted: -2, adjustedIn: 5, adjustedOut: 7 };
    expect(report.totals).toMatchObject([{ issued: CREDITS, held: CREDITS - 2, ...adjusted }]);
    const notes = report.notes.list.filter(({ code }) => code === 'adjusted');
    expect(notes.map(({ uri }) => uri)).toEqual([more.uri, less.uri]);
    expect(reportLines(report)).toContain('  sum      20 + 5 − 7 = 18 + 0 + 0');
  });

  it('may let credits expire that nobody used for 365 days', async () => {
    const person = `person:${city.loop(1).participant}`;
    city.wait(365);
    city.transfer({ kind: 'posted', code: 'expire', debit: person, credit: 'expired', amount: 10 });
    const report = await look();
    expect(brokenIn(report)).toEqual([]);
    expect(report.totals).toMatchObject([{ issued: CREDITS, held: 0, redeemed: 10, expired: 10 }]);
  });

  it('may know fields that this audit does not', async () => {
    const { claim } = city.earn(1);
    city.replace(claim, { shirtSize: 'M', extra: { deep: [1, 'two'] } });
    const report = await look();
    expect(brokenIn(report)).toEqual([]);
    expect(report.unknownFields).toBe(2);
  });

  it('may take down the post that announced a task', async () => {
    const uri = `at://${city.did}/app.bsky.feed.post/3kabcdefgh234`;
    city.edit(city.task, { post: { uri, cid: city.task.cid } });
    const report = await look();
    expect(brokenIn(report)).toEqual([]);
    expect(report.notes.list).toMatchObject([{ code: 'post-deleted', uri: city.task.uri }]);
  });

  it('may post on Bluesky besides', async () => {
    city.loop(1);
    city.put('app.bsky.feed.post', '3kabcdefgh234', { text: 'Call 510 555 0199' });
    const report = await look();
    expect(brokenIn(report)).toEqual([]);
    expect(report.otherRecords).toEqual({ 'app.bsky.feed.post': 1 });
  });
});

describe('the chain', () => {
  it('misses a transfer that was taken out', async () => {
    city.loop(1);
    const { issue } = city.earn(2);
    const next = city.earn(3).issue;
    city.remove(issue);
    const report = await expectBroken('chain-gap', next);
    expect(report.first?.sentence).toContain('Position 4 is missing');
  });

  it('misses the last transfer, when what it rests on is there', async () => {
    city.loop(1);
    const { issue, review } = city.earn(2);
    city.remove(issue);
    await expectBroken('issue-missing', review);
  });

  it('misses the burn that a redemption names', async () => {
    const { burn, redemption } = city.loop(1);
    city.remove(burn);
    await expectBroken('ref-missing', redemption);
  });

  it('has no position twice', async () => {
    const { issue } = city.earn(1);
    city.earn(2);
    city.rewindTo(issue, 1);
    const { issue: second } = city.earn(3);
    const report = await look();
    expect(report.first).toMatchObject({ uri: second.uri, code: 'chain-double' });
  });

  it('names the one before by its CID', async () => {
    const { issue } = city.earn(1);
    const { issue: next } = city.earn(2);
    city.edit(issue, { note: 'another version' });
    await expectBroken('chain-broken', next);
  });

  it('begins with position 1 and nothing before it', async () => {
    const { issue } = city.earn(1);
    city.edit(issue, { previous: issue.cid });
    await expectBroken('chain-start', issue);
  });

  it('has keys that are the times of the transfers', async () => {
    const { issue } = city.earn(1);
    city.edit(issue, { timeUs: 1_760_000_000_000_000 });
    await expectBroken('transfer-key', issue);
  });

  it('is not of a time after the commit', async () => {
    city.loop(1);
    city.wait(1);
    const { issue } = city.earn(2);
    city.wait(-1);
    await expectBroken('chain-time', issue);
  });

  it('may be of a clock that is some minutes ahead of the server', async () => {
    city.wait(5 / 1440);
    city.earn(1);
    city.wait(-5 / 1440);
    expect(brokenIn(await look())).toEqual([]);
  });

  it('tells one time', async () => {
    const { issue } = city.earn(1);
    city.edit(issue, { createdAt: '2026-10-05T00:00:00.000Z' });
    await expectBroken('transfer-time', issue);
  });
});

describe('the ledger', () => {
  it('takes nobody below zero', async () => {
    const { participant } = city.earn(1);
    city.hold(participant, city.redeemer, city.offer);
    city.hold(participant, city.redeemer, city.offer);
    const third = city.hold(participant, city.redeemer, city.offer);
    await expectBroken('overdraft', third);
  });

  it('resolves a hold once', async () => {
    const { participant } = city.earn(1);
    const hold = city.hold(participant, city.redeemer, city.offer);
    city.resolve(hold, 'release');
    const again = city.resolve(hold, 'burn');
    city.addRedemption(city.offer, city.redeemer, again);
    await expectBroken('resolve-twice', again);
  });

  it('resolves a hold of the same accounts and amount', async () => {
    const { participant } = city.earn(1);
    const hold = city.hold(participant, city.redeemer, city.offer);
    const burn = city.resolve(hold, 'burn', { amount: PRICE - 1 });
    city.addRedemption(city.offer, city.redeemer, burn);
    await expectBroken('resolve-differs', burn);
  });

  it('resolves only what is pending', async () => {
    const { participant, issue } = city.earn(1);
    const hold = city.hold(participant, city.redeemer, city.offer);
    const release = city.resolve(hold, 'release', { resolves: issue });
    await expectBroken('resolve-unknown', release);
  });

  it.each([
    ['a code that nobody knows', { code: 'gift' }],
    ['a kind that does not go with it', { kind: 'pending' }],
    ['nothing that it rests on', { reference: undefined }],
    ['accounts that do not go with it', { credit: 'expired' }],
  ])('refuses a transfer with %s', async (_what, fields) => {
    const { issue } = city.earn(1);
    city.edit(issue, fields);
    await expectBroken('transfer-kind', issue);
  });

  it.each([
    ['no account', { debit: 'the-mayor' }],
    ['an account to itself', { debit: `person:${participantOf(1)}` }],
    ['an issuer that nobody is', { debit: 'issuance:nobody' }],
  ])('refuses a transfer from %s', async (_what, fields) => {
    const { issue } = city.earn(1);
    city.edit(issue, fields);
    await expectBroken('account-invalid', issue);
  });

  it('names a person by nothing but a participant id', async () => {
    const { issue } = city.earn(1);
    city.edit(issue, { credit: 'person:Ana' });
    await expectBroken('participant-invalid', issue);
  });

  it('adds up exactly or says so', async () => {
    for (const person of [1, 2]) {
      const { issue } = city.earn(person);
      city.edit(issue, { amount: Number.MAX_SAFE_INTEGER });
    }
    expect((await look()).findings.counts['amount-invalid']).toBe(1);
  });
});

describe('a correction', () => {
  const redeemed = () => `redeemed:${rkeyOf(city.redeemer)}`;
  const person = (number: number) => `person:${participantOf(number)}`;

  it('names what it corrects', async () => {
    city.earn(1);
    await expectBroken('transfer-kind', city.adjust('adjustment', person(1), 5));
  });

  it('does not lead into another repository', async () => {
    const { issue } = city.earn(1);
    const elsewhere = { ...issue, uri: issue.uri.replace(city.did, `${city.did.slice(0, -1)}z`) };
    const adjust = city.adjust('adjustment', person(1), 5, elsewhere);
    await expectBroken('ref-foreign', adjust);
  });

  it('corrects the very transfer that stands there', async () => {
    const { issue } = city.earn(1);
    const other = { uri: issue.uri, cid: city.task.cid };
    await expectBroken('ref-changed', city.adjust('adjustment', person(1), 5, other));
  });

  it('is of no more than what it corrects, all of them together', async () => {
    const { issue } = city.earn(1);
    city.adjust('adjustment', person(1), CREDITS - 5, issue);
    city.adjust(person(1), 'adjustment', CREDITS, issue);
    expect(brokenIn(await look())).toEqual([]);
    await expectBroken('transfer-kind', city.adjust('adjustment', person(1), 6, issue));
  });

  it('is of an account of what it corrects: nobody is robbed for another', async () => {
    const { issue } = city.earn(1);
    city.earn(2);
    await expectBroken('transfer-kind', city.adjust(person(2), 'adjustment', CREDITS, issue));
  });

  it('corrects no correction, and nothing that moved nothing', async () => {
    const { issue, participant } = city.earn(1);
    const first = city.adjust('adjustment', person(1), CREDITS, issue);
    const again = city.adjust('adjustment', person(1), CREDITS, first);
    await expectBroken('transfer-kind', again);
    city.rewindTo(issue, 1);
    for (const { uri, cid } of [first, again]) city.remove({ uri, cid });
    const hold = city.hold(participant, city.redeemer, city.offer);
    await expectBroken('transfer-kind', city.adjust('adjustment', person(1), 5, hold));
  });

  const [asker, agrees] = [participantOf(801), participantOf(802)];
  it.each([
    ['without a reason', { askedBy: asker, agreedBy: agrees }],
    ['with an empty reason', { reason: ' ', askedBy: asker, agreedBy: agrees }],
    ['of one admin', { reason: 'a bag', askedBy: asker }],
    ['that nobody asked for', { reason: 'a bag', agreedBy: agrees }],
    ['of one admin twice', { reason: 'a bag', askedBy: asker, agreedBy: asker }],
    ['of somebody by another name', { reason: 'a bag', askedBy: 'Ana', agreedBy: agrees }],
    ['of own credits', { reason: 'a bag', askedBy: participantOf(1), agreedBy: agrees }],
    ['of own credits, agreed to', { reason: 'a bag', askedBy: asker, agreedBy: participantOf(1) }],
  ])('is none %s', async (_name, fields) => {
    const { issue } = city.earn(1);
    await expectBroken('transfer-kind', city.adjust('adjustment', person(1), 5, issue, fields));
  });

  it('is one of admins of that time', async () => {
    const { issue } = city.earn(1);
    const fields = { reason: 'a bag', askedBy: asker, agreedBy: participantOf(803) };
    await expectBroken('act-unauthorized', city.adjust('adjustment', person(1), 5, issue, fields));
  });

  it('takes a redeemer below zero no more than a person', async () => {
    const { burn } = city.loop(1);
    city.adjust(redeemed(), 'adjustment', PRICE, burn);
    const report = await look();
    expect(brokenIn(report)).toEqual([]);
    expect(report.totals).toMatchObject([{ issued: CREDITS, redeemed: 0, adjustedOut: PRICE }]);
    const other = city.earn(2);
    city.spend(other.participant);
    city.adjust(person(2), 'adjustment', CREDITS - PRICE, other.issue);
    const third = city.adjust(person(2), 'adjustment', 1, other.issue);
    await expectBroken('overdraft', third);
  });

  it('mints nothing through the account of a redeemer', async () => {
    const { burn, issue } = city.loop(1);
    const first = city.adjust(redeemed(), 'adjustment', 5000, burn);
    city.adjust('adjustment', person(1), 5000, issue);
    const report = await expectBroken('overdraft', first);
    expect(report.totals).toMatchObject([{ adjusted: 0, adjustedIn: 5000, adjustedOut: 5000 }]);
  });

  it.each(['redeemed:nobody', 'issuance:nobody'])('is not of %s', async (account) => {
    const { burn } = city.loop(1);
    const adjust = city.adjust(account, 'adjustment', 5, burn);
    expect(brokenIn(await look())).toContain(`account-invalid ${adjust.uri}`);
  });

  it('lets nothing expire that was used less than 365 days before', async () => {
    city.earn(1);
    city.wait(364);
    const amount = CREDITS;
    const fields = { kind: 'posted', code: 'expire', debit: person(1), credit: 'expired', amount };
    await expectBroken('transfer-kind', city.transfer(fields));
  });
});

describe('an issue', () => {
  it('rests on a review that approves', async () => {
    const { issue, review } = city.earn(1);
    const no = city.edit(review, { decision: 'rejected', reasonCode: 'not-done' });
    city.edit(issue, { reference: no });
    await expectBroken('issue-unfounded', issue);
    const former = city.earn(2, { isFormer: true });
    const nor = city.edit(former.review, { score: { min: '0', max: '1', value: '0' } });
    city.edit(former.issue, { reference: nor });
    expect(brokenIn(await look())).toContain(`issue-unfounded ${former.issue.uri}`);
  });

  it.each(['pending', 'suspended'])('is not by an issuer that is %s', async (status) => {
    city.replace(city.issuer, { status });
    await expectBroken('issue-issuer', city.earn(1).issue);
    city.replace(city.issuer, { status });
    expect(brokenIn(await look())).toEqual([]);
  });

  it.each([
    { min: '0', max: '1.0', value: '1' },
    { min: '0', max: '5', value: '5' },
  ])('follows an approval however it is written: %o', async (score) => {
    const { issue, review } = city.earn(1, { isFormer: true });
    city.remove(issue);
    city.edit(review, { score });
    await expectBroken('issue-missing', review);
  });

  it('rests on evidence that says it is evidence', async () => {
    const { evidence, issue } = city.earn(1);
    city.remove(issue);
    city.edit(evidence, { contentType: 'testimonial' });
    const report = await expectBroken('record-invalid', evidence);
    expect(report.findings.counts['issue-missing']).toBe(1);
  });

  it('may rest on a rejection where that was the policy', async () => {
    const { issue, review } = city.earn(1);
    const no = city.edit(review, { score: { min: '0', max: '1', value: '0' } });
    city.edit(issue, { reference: no });
    city.replace(city.epoch, { rejectionPolicy: 'credit' });
    expect(brokenIn(await look())).toEqual([]);
  });

  it('rests on a review as it stands, not as it stood', async () => {
    const { issue, review } = city.earn(1);
    city.edit(review, { note: 'after all' });
    await expectBroken('ref-changed', issue);
  });

  it('finds a review that was pointed at other evidence', async () => {
    const one = city.earn(1);
    const other = city.addClaim(city.task, participantOf(2));
    const review = city.edit(one.review, { evidence: city.addEvidence(other) });
    city.edit(one.issue, { reference: review });
    await expectBroken('issue-person', one.issue);
    city.edit(one.issue, { reference: one.review });
    await expectBroken('ref-changed', one.issue);
  });

  it('rests on evidence as the reviewer saw it', async () => {
    const { evidence, review } = city.earn(1);
    city.edit(evidence, { title: 'Evidence: something else' });
    await expectBroken('ref-changed', review);
  });

  it('rests on evidence for a claim', async () => {
    const { evidence, issue, review } = city.earn(1);
    const shown = city.edit(evidence, { subjects: [] });
    const decided = city.edit(review, { evidence: shown });
    city.edit(issue, { reference: decided });
    await expectBroken('review-evidence', decided);
    expect(brokenIn(await look())).toContain(`issue-evidence ${issue.uri}`);
  });

  it('is to who made the claim', async () => {
    const { issue } = city.earn(1);
    city.edit(issue, { credit: `person:${participantOf(2)}` });
    await expectBroken('issue-person', issue);
  });

  it('is by the issuer of the task', async () => {
    const other = city.addPartner('issuer', 'Friends of Friends');
    const { issue } = city.earn(1);
    city.replace(city.epoch, {
      caps: [city.issuer, other, undefined].map((issuer) => ({
        ...(issuer === undefined ? {} : { issuer }),
        creditKind: 'CITY',
        amount: 100,
      })),
    });
    city.edit(issue, { debit: `issuance:${rkeyOf(other)}` });
    await expectBroken('issue-issuer', issue);
  });

  it('is of the credits that the task brings', async () => {
    const { issue } = city.earn(1);
    city.edit(issue, { amount: CREDITS + 1 });
    await expectBroken('issue-amount', issue);
  });

  it('credits a review once', async () => {
    const { participant, review } = city.earn(1);
    await expectBroken('issue-twice', city.issue(city.issuer, participant, review));
  });

  it('credits evidence and a claim once, also by two reviews', async () => {
    const { participant, evidence, claim } = city.earn(1);
    const again = city.issue(city.issuer, participant, city.addReview(evidence));
    const report = await expectBroken('issue-twice', again);
    expect(report.findings.counts['issue-twice']).toBe(2);
    const more = city.issue(city.issuer, participant, city.addReview(city.addEvidence(claim)));
    expect(brokenIn(await look())).toContain(`issue-twice ${more.uri}`);
  });

  it('credits a person once for a task, also by two claims', async () => {
    const { participant } = city.earn(1);
    const claim = city.addClaim(city.task, participant);
    const review = city.addReview(city.addEvidence(claim));
    await expectBroken('issue-twice', city.issue(city.issuer, participant, review));
  });

  describe('on a post', () => {
    const AUTHOR = 'did:plc:author234567abcdefghijkl';
    const uri = `at://${AUTHOR}/app.bsky.feed.post/3kabcdefgh234`;
    const show = (participant: string): Ref => {
      const post = { uri, cid: city.task.cid };
      const description = { $type: 'com.atproto.repo.strongRef', ...post };
      const evidence = city.addEvidence(city.addClaim(city.task, participant), { description });
      return city.issue(city.issuer, participant, city.addReview(evidence));
    };

    it('credits it once', async () => {
      show(participantOf(1));
      expect(brokenIn(await look())).toEqual([]);
      await expectBroken('issue-twice', show(participantOf(2)));
    });

    it('credits its author, where a person is known by a DID', async () => {
      show(AUTHOR);
      expect(brokenIn(await look())).toEqual([]);
      const other = show('did:plc:another34567abcdefghijkl');
      expect(brokenIn(await look())).toContain(`issue-person ${other.uri}`);
    });
  });

  it('is not for a claim that was given up', async () => {
    const { claim, issue } = city.earn(1);
    city.replace(claim, { status: 'left' });
    await expectBroken('issue-evidence', issue);
  });

  it('is within the cap of its issuer', async () => {
    const caps = [
      { creditKind: 'CITY', amount: 1000 },
      { issuer: city.issuer, creditKind: 'CITY', amount: CREDITS },
    ];
    city.writeEpoch(caps);
    city.earn(1);
    expect(brokenIn(await look())).toEqual([]);
    const { issue } = city.earn(2);
    city.earn(3);
    const report = await expectBroken('cap-issuer', issue);
    expect(report.findings.count).toBe(1);
    expect(report.issuers[0]?.epochs).toMatchObject([{ issued: 3 * CREDITS, cap: CREDITS }]);
  });

  it('is within the cap of the city', async () => {
    city.writeEpoch([
      { creditKind: 'CITY', amount: CREDITS },
      { issuer: city.issuer, creditKind: 'CITY', amount: 1000 },
    ]);
    city.earn(1);
    await expectBroken('cap-city', city.earn(2).issue);
  });

  it('counts against a cap that is that of the epoch before, or an admin decided', async () => {
    const [admin, stranger] = [participantOf(801), participantOf(9)];
    const all = (amount: number, source: object = {}) => [
      { creditKind: 'CITY', amount: 1000, ...source },
      { issuer: city.issuer, creditKind: 'CITY', amount, ...source },
    ];
    const decided = (at: string, by = admin) => ({ decidedAt: at, by });
    const [MARCH, MAY] = ['2027-03-01T00:00:00.000Z', '2027-05-01T00:00:00.000Z'];
    city.writeEpoch(all(CREDITS));
    city.earn(1);
    const [first, second] = ['2027-Q1', '2027-Q2'];
    const write = (name: string, caps: Parameters<typeof city.writeEpoch>[0]) =>
      city.writeLaterEpoch(name, caps);
    const from = (carriedFrom: string) => ({ carriedFrom });
    write(first, all(CREDITS, from('2026-Q4')));
    write(second, all(CREDITS, from(first)));
    expect(brokenIn(await look())).toEqual([]);
    write(second, [
      { creditKind: 'CITY', amount: 5, decidedAt: MARCH },
      { issuer: city.issuer, creditKind: 'CITY', amount: 7, ...decided(MARCH) },
    ]);
    expect(brokenIn(await look())).toEqual([]);
    const broken = [
      // More than before, from an epoch that is not the one before, of nobody knows where.
      all(CREDITS + 1, from(first)),
      all(CREDITS, from('2026-Q4')),
      all(CREDITS),
      // Decided by nobody, by somebody who was no admin, too late; or left out.
      all(CREDITS, { decidedAt: MARCH }),
      all(CREDITS, decided(MARCH, stranger)),
      all(CREDITS, decided('2027-07-02T00:00:00.000Z')),
      all(CREDITS, { ...from(first), ...decided(MAY) }),
      all(CREDITS, from(first)).slice(0, 1),
    ];
    for (const caps of broken) {
      await expectBroken('cap-unfounded', write(second, caps));
    }
    write(first, all(CREDITS));
    write(second, all(CREDITS + 1));
    expect(brokenIn(await look())).toEqual([]);
  });

  it('is within an epoch', async () => {
    const { issue } = city.earn(1);
    city.remove(city.epoch);
    await expectBroken('epoch-missing', issue);
  });
});

describe('a redemption', () => {
  it('has a burn', async () => {
    const { participant } = city.earn(1);
    const hold = city.hold(participant, city.redeemer, city.offer);
    const release = city.resolve(hold, 'release');
    const redemption = city.addRedemption(city.offer, city.redeemer, release);
    await expectBroken('burn-missing', redemption);
  });

  it('is there for every burn', async () => {
    const { burn, redemption } = city.loop(1);
    city.remove(redemption);
    await expectBroken('burn-unredeemed', burn);
  });

  it('is there once', async () => {
    const { burn } = city.loop(1);
    const again = city.addRedemption(city.offer, city.redeemer, burn);
    await expectBroken('burn-twice', again);
  });

  describe('after the end of its hold', () => {
    /** Credits are held for a quarter of an hour, and this many minutes go by. */
    const holdFor = (minutes: number) => {
      const { participant } = city.earn(1);
      const expiresAt = city.inMinutes(15);
      const hold = city.hold(participant, city.redeemer, city.offer, PRICE, { expiresAt });
      city.wait(minutes / (24 * 60));
      return hold;
    };
    const redeem = (burn: Ref, fields = {}) =>
      city.addRedemption(city.offer, city.redeemer, burn, fields);

    it.each([
      ['while the credits are on hold', false],
      ['once they went back', true],
    ])('is late, %s', async (_when, isReleased) => {
      const hold = holdFor(20);
      if (isReleased) city.resolve(hold, 'release');
      redeem(isReleased ? city.burnAgain(hold) : city.resolve(hold, 'burn'), { late: true });
      expect(brokenIn(await look())).toEqual([]);
    });

    it('says that it is late', async () => {
      const hold = holdFor(20);
      await expectBroken('redemption-late', redeem(city.resolve(hold, 'burn')));
    });

    it('comes within a day', async () => {
      const hold = holdFor(15 + 24 * 60 + 1);
      city.resolve(hold, 'release');
      await expectBroken('redemption-late', redeem(city.burnAgain(hold), { late: true }));
    });

    it('burns once', async () => {
      const hold = holdFor(20);
      city.resolve(hold, 'release');
      redeem(city.burnAgain(hold), { late: true });
      const again = city.burnAgain(hold);
      redeem(again, { late: true });
      await expectBroken('resolve-twice', again);
    });

    it('burns nothing for what was burned in time', async () => {
      const hold = holdFor(1);
      redeem(city.resolve(hold, 'burn'));
      const again = city.burnAgain(hold);
      redeem(again, { late: true });
      await expectBroken('resolve-twice', again);
    });

    it('burns nothing for what is still on hold', async () => {
      const hold = holdFor(20);
      const early = city.burnAgain(hold);
      redeem(early, { late: true });
      await expectBroken('resolve-unknown', early);
    });

    it('is of the same credits', async () => {
      const hold = holdFor(20);
      city.resolve(hold, 'release');
      const burn = city.burnAgain(hold, { amount: PRICE - 1 });
      redeem(burn, { late: true });
      await expectBroken('resolve-differs', burn);
    });

    it('rests on a hold', async () => {
      const hold = holdFor(20);
      city.resolve(hold, 'release');
      const burn = city.burnAgain(hold, { reference: city.offer });
      redeem(burn, { late: true });
      await expectBroken('ref-collection', burn);
    });
  });

  it('is of the offer that was held for', async () => {
    const { redemption } = city.loop(1);
    city.edit(redemption, { offer: city.addOffer(city.redeemer) });
    await expectBroken('redemption-differs', redemption);
  });

  it('is at the price of the offer', async () => {
    const { participant } = city.earn(1);
    const hold = city.hold(participant, city.redeemer, city.offer, PRICE - 1);
    await expectBroken('hold-offer', hold);
  });

  it('is at a price that a later version of the offer does not tell: a note', async () => {
    const { participant } = city.earn(1);
    const hold = city.hold(participant, city.redeemer, city.offer, PRICE);
    city.replace(city.offer, { credits: PRICE + 5 });
    const report = await look();
    expect(brokenIn(report)).toEqual([]);
    expect(report.notes.list).toMatchObject([{ code: 'price-unknown', uri: hold.uri }]);
  });

  it('is by the redeemer of the offer', async () => {
    const other = city.addPartner('redeemer', 'Bakery');
    const { participant } = city.earn(1);
    await expectBroken('hold-offer', city.hold(participant, other, city.offer));
  });
});

describe('references', () => {
  it('do not lead into other repositories', async () => {
    const { claim } = city.earn(1);
    const uri = city.task.uri.replace(city.did, 'did:plc:elsewhere234567abcdefghi');
    city.edit(claim, { task: { ...city.task, uri } });
    expect(brokenIn(await look())[0]).toBe(`ref-foreign ${claim.uri}`);
  });

  it('do not lead to records of other kinds', async () => {
    const { claim } = city.earn(1);
    city.edit(claim, { task: city.offer });
    expect(brokenIn(await look())[0]).toBe(`ref-collection ${claim.uri}`);
  });

  it('may be older than what they lead to only if that says so', async () => {
    const { claim } = city.earn(1);
    city.edit(city.task, { title: 'Clean up two creeks' });
    expect(brokenIn(await look())).toContain(`ref-changed ${claim.uri}`);
    city.replace(city.task, { title: 'Clean up two creeks' });
    expect(brokenIn(await look())).toEqual([]);
  });

  it('name a version by the CID of a record', async () => {
    const { claim } = city.earn(1);
    city.replace(city.task, { title: 'Clean up two creeks' });
    const cid = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy';
    city.edit(claim, { task: { uri: city.task.uri, cid } });
    expect(brokenIn(await look())).toContain(`ref-changed ${claim.uri}`);
  });

  it('lead somewhere behind the first and where nothing rests on them, too', async () => {
    const { burn, claim } = city.loop(1);
    const nothing = { uri: `at://${city.did}/${NSID.location}/3kabcdefgh234`, cid: city.task.cid };
    const evidence = city.addEvidence(claim, { subjects: [claim, nothing] });
    city.edit(burn, { reference: nothing });
    const broken = brokenIn(await look());
    expect(broken).toContain(`ref-missing ${evidence.uri}`);
    expect(broken).toContain(`ref-missing ${burn.uri}`);
  });

  it('in fields that no rule is about lead somewhere, too', async () => {
    const uri = `at://${city.did}/${NSID.location}/3kabcdefgh234`;
    const { evidence } = city.earn(1);
    const shown = city.edit(evidence, { location: { uri, cid: city.task.cid } });
    expect(brokenIn(await look())).toContain(`ref-missing ${shown.uri}`);
  });
});

describe('records', () => {
  it('fit their lexicons', async () => {
    city.edit(city.task, { credits: 0 });
    const report = await expectBroken('record-invalid', city.task);
    expect(report.first?.sentence).toContain('credits');
  });

  it('have keys that their lexicons allow', async () => {
    const task = city.put(NSID.task, 'not-a-tid', city.read(city.task));
    await expectBroken('key-invalid', task);
  });

  it.each(['CITY\u200b', 'city', 'СITY'])('know no credits of the kind %j', async (creditKind) => {
    await expectBroken('record-invalid', city.addTask(city.issuer, { creditKind }));
  });

  it('name a did:web in small letters, so that nobody has two', async () => {
    const [one, other] = ['did:web:ana.example.com', 'did:web:Ana.example.com'];
    city.addClaim(city.task, one as string);
    expect(brokenIn(await look())).toEqual([]);
    await expectBroken('participant-invalid', city.addClaim(city.task, other as string));
  });

  it('say whose they are', async () => {
    city.remove({ uri: `at://${city.did}/${NSID.city}/self`, cid: '' });
    await expectBroken('city-missing', `at://${city.did}/${NSID.city}/self`);
  });

  it('name epochs that do not overlap', async () => {
    const other = city.put(NSID.epoch, '2026-Q5', {
      ...city.read(city.epoch),
      startsAt: '2026-12-01T00:00:00.000Z',
      endsAt: '2027-02-01T00:00:00.000Z',
    });
    await expectBroken('epoch-invalid', other);
  });

  it.each([
    ['task', { title: 'Call Ana: (510) 555-0199' }, 'telephone number'],
    ['offer', { title: 'Coffee, ask ana@mail.example' }, 'e-mail address'],
    ['issuer', { name: 'Friends on t.me/creekfriends' }, 'Telegram account'],
    ['offer', { title: 'For 7GK2-M4QX' }, 'code'],
    ['task', { note: { deep: ['+34 612 345 678'] } }, 'telephone number'],
  ] as const)('name nobody: a %s with %o', async (what, fields, kind) => {
    city.replace(city[what], fields);
    const report = await expectBroken('personal-data', city[what]);
    expect(report.first?.sentence).toContain(kind);
  });

  it('says nothing else about people beside the operator', async () => {
    const operator = {
      name: 'Paperville',
      contact: '+1 510 555 0100',
      residents: '+1 510 555 0199',
    };
    const record = city.writeCity({ operator });
    await expectBroken('personal-data', record);
  });

  it('may say how to reach the operator', async () => {
    const contact = { name: 'Civic Lab', contact: 'help@city.example, +1 510 555 0100' };
    city.writeCity({ operator: contact });
    expect(brokenIn(await look())).toEqual([]);
  });

  it('name people by participant ids', async () => {
    const { claim } = city.earn(1);
    city.edit(claim, { participant: 'Ana Maria' });
    expect(brokenIn(await look())[0]).toBe(`participant-invalid ${claim.uri}`);
  });
});

describe('an activity', () => {
  it('names those whose work was approved', async () => {
    const { participant } = city.earn(1);
    city.addClaim(city.task, participantOf(2));
    const activity = city.writeActivity(city.task, [participant, participantOf(2)]);
    const report = await expectBroken('activity-contributor', activity);
    expect(report.first?.sentence).toContain(participantOf(2));
  });

  it.each([
    { $type: 'org.example.x', name: 'Mayor Bob' },
    { $type: 'org.example.x', name: 'Mayor Bob', identity: participantOf(1) },
  ])('names nobody in ways of its own: %o', async (contributorIdentity) => {
    const { participant } = city.earn(1);
    const activity = city.writeActivity(city.task, [participant]);
    city.edit(activity, { contributors: [{ contributorIdentity }] });
    await expectBroken('activity-contributor', activity);
  });

  it('is about a task', async () => {
    await expectBroken('activity-task', city.writeActivity(city.offer, []));
  });
});

describe('who acts', () => {
  const OWNER = participantOf(901);
  const ADMIN = participantOf(902);
  const OTHER = participantOf(903);
  const SINCE = '2026-10-01T00:00:00.000Z';
  const LATER = '2026-10-20T00:00:00.000Z';
  const delegation = (participant: string, role: string, more = {}) => ({
    ...{ participant, role, startsAt: SINCE },
    ...more,
  });
  const approved = { status: 'approved', decidedAt: SINCE, by: ADMIN };

  /** The issuer's people and standings, and the city's admin: known when all is done. */
  const staff = (
    delegations: readonly object[],
    history: readonly object[] = [approved],
    more: object = {},
  ): void => {
    city.replace(city.issuer, { delegations, history, ...more } as never);
    city.writeCity({ admins: [delegation(ADMIN, 'admin')] } as never);
  };
  const reviewBy = (who: string): Ref => {
    const claim = city.addClaim(city.task, participantOf(1));
    const review = city.addReview(city.addEvidence(claim), 'approved', {
      ...{ by: who, note: 'well done' },
    });
    city.issue(city.issuer, participantOf(1), review);
    return review;
  };
  const acts = async () =>
    (await look()).findings.list.map(({ code, uri }) => `${code} ${uri.split('/').at(-2)}`);

  it.each([
    ['manager', 'act-unauthorized'],
    ['counter', 'act-unauthorized'],
    ['reviewer', undefined],
    ['owner', undefined],
  ])('reviews as %s: %s', async (role, code) => {
    const review = reviewBy(OWNER);
    staff([delegation(OWNER, role)]);
    if (code === undefined) expect(await acts()).toEqual([]);
    else await expectBroken(code, review);
  });

  it('announces as a manager, and not as somebody else', async () => {
    city.addTask(city.issuer, { by: OWNER });
    const other = city.addTask(city.issuer, { by: OTHER });
    staff([delegation(OWNER, 'manager'), delegation(OTHER, 'owner')]);
    expect(await acts()).toEqual([]);
    staff([delegation(OWNER, 'manager')]);
    await expectBroken('act-unauthorized', other);
  });

  it('does nothing before a role begins and after it ends', async () => {
    const task = city.addTask(city.issuer, { by: OWNER });
    staff([delegation(OWNER, 'owner', { endsAt: '2026-10-02T00:00:00.000Z' })]);
    await expectBroken('act-unauthorized', task);
    staff([delegation(OWNER, 'owner', { startsAt: LATER })]);
    expect(await acts()).toContain('act-unauthorized org.city-sync.civic.task');
  });

  it('does nothing for a partner that was not approved then, but for an admin who reviews', async () => {
    const suspended = {
      ...{ status: 'suspended', decidedAt: city.inMinutes(0) },
      ...{ by: ADMIN, reason: 'too few helpers' },
    };
    reviewBy(ADMIN);
    const status = { status: 'suspended' };
    staff([delegation(OWNER, 'owner')], [approved, suspended], status);
    expect(await acts()).toEqual([]);
    const task = city.addTask(city.replace(city.issuer, {}), { by: OWNER });
    await expectBroken('act-partner', task);
  });

  it('confirms codes as a counter, and not as a manager', async () => {
    const people = (role: string) =>
      city.replace(city.redeemer, {
        delegations: [delegation(OWNER, 'counter'), delegation(OTHER, role)],
        history: [{ status: 'approved', decidedAt: SINCE }],
      } as never);
    const { participant } = city.earn(1);
    const redeem = (by: string) => {
      const burn = city.resolve(city.hold(participant, city.redeemer, city.offer), 'burn');
      return city.addRedemption(city.offer, city.redeemer, burn, { by });
    };
    redeem(OWNER);
    const other = redeem(OTHER);
    people('owner');
    expect(await acts()).toEqual([]);
    people('manager');
    await expectBroken('act-unauthorized', other);
  });

  it('gives a role only as an owner or an admin', async () => {
    staff([delegation(OWNER, 'owner', { by: ADMIN }), delegation(OTHER, 'counter', { by: OWNER })]);
    expect(await acts()).toEqual([]);
    staff([delegation(OWNER, 'manager'), delegation(OTHER, 'counter', { by: OWNER })]);
    await expectBroken('act-unauthorized', city.issuer);
  });

  it('approves and suspends only as an admin, and stands as the history says', async () => {
    staff([], [{ ...approved, by: OTHER }]);
    await expectBroken('act-unauthorized', city.issuer);
    staff([], [{ ...approved, status: 'suspended' }]);
    await expectBroken('partner-standing', city.issuer);
  });

  const REASON = 'too few helpers';
  const suspendedAt = (decidedAt: string, more = {}) => ({
    ...{ status: 'suspended', decidedAt, by: ADMIN, reason: REASON },
    ...more,
  });
  const admins = (...list: readonly object[]) => city.writeCity({ admins: list } as never);
  const CITY = () => `at://${city.did}/${NSID.city}/self`;

  it('decides about nobody’s work of their own, nor confirms their own code', async () => {
    const { participant } = city.earn(1);
    city.loop(2);
    const claim = city.addClaim(city.task, OWNER);
    const review = city.addReview(city.addEvidence(claim), 'approved', { by: OWNER });
    city.issue(city.issuer, OWNER, review);
    staff([delegation(OWNER, 'owner')]);
    await expectBroken('act-unauthorized', review);
    city.edit(review, { by: participantOf(700) });
    const burn = city.resolve(city.hold(participant, city.redeemer, city.offer), 'burn');
    const own = city.addRedemption(city.offer, city.redeemer, burn, { by: participant });
    city.replace(city.redeemer, {
      delegations: [delegation(participant, 'counter')],
      history: [{ status: 'approved', decidedAt: SINCE }],
    } as never);
    expect(brokenIn(await look())).toContain(`act-unauthorized ${own.uri}`);
  });

  it('gives nobody a role by itself, nor two people one by another', async () => {
    admins(delegation(ADMIN, 'admin', { by: ADMIN }));
    await expectBroken('act-unauthorized', CITY());
    admins(
      delegation(ADMIN, 'admin', { by: OTHER }),
      delegation(OTHER, 'admin', { by: ADMIN, startsAt: SINCE }),
    );
    await expectBroken('act-unauthorized', CITY());
    staff([delegation(OWNER, 'owner', { by: OWNER })]);
    await expectBroken('act-unauthorized', city.issuer);
    staff([delegation(OWNER, 'owner', { by: OTHER }), delegation(OTHER, 'owner', { by: OWNER })]);
    await expectBroken('act-unauthorized', city.issuer);
    staff([
      delegation(OWNER, 'owner', { by: ADMIN, endsAt: LATER }),
      delegation(OTHER, 'owner', { by: OWNER }),
      delegation(OWNER, 'owner', { by: OWNER, startsAt: LATER }),
    ]);
    expect(await acts()).toEqual([]);
  });

  it('gives no role once the own one has ended, nor one that a stranger gave', async () => {
    const ended = '2026-10-02T00:00:00.000Z';
    staff([
      delegation(OWNER, 'owner', { endsAt: ended }),
      delegation(OTHER, 'counter', { by: OWNER, startsAt: LATER }),
    ]);
    await expectBroken('act-unauthorized', city.issuer);
    staff([delegation(OWNER, 'owner', { by: participantOf(999) })]);
    await expectBroken('act-unauthorized', city.issuer);
    staff([]);
    admins(delegation(ADMIN, 'admin', { endsAt: ended }), {
      ...delegation(OTHER, 'admin', { by: ADMIN, startsAt: LATER }),
    });
    await expectBroken('act-unauthorized', CITY());
  });

  it.each(['task', 'offer', 'review'])('is named in each %s once one names them', async (what) => {
    const partner = {
      delegations: [delegation(OWNER, 'owner')],
      history: [{ status: 'approved', decidedAt: SINCE }],
    };
    const make = (by: Record<string, string>): Ref => {
      if (what === 'task') return city.addTask(city.issuer, by);
      if (what === 'offer') return city.addOffer(city.redeemer, by);
      return 'by' in by ? reviewBy(OWNER) : city.earn(2).review;
    };
    const add = (by: Record<string, string>): Ref => {
      const made = make(by);
      city.replace(city.issuer, partner as never);
      city.replace(city.redeemer, partner as never);
      return made;
    };
    add({ by: OWNER });
    expect(await acts()).toEqual([]);
    await expectBroken('act-unauthorized', add({}));
  });

  it('is told of as a note where a redemption names nobody after one that does', async () => {
    const { participant } = city.earn(1);
    const burn = city.resolve(city.hold(participant, city.redeemer, city.offer), 'burn');
    city.addRedemption(city.offer, city.redeemer, burn, { by: OWNER });
    const { redemption } = city.loop(2);
    city.replace(city.redeemer, {
      delegations: [delegation(OWNER, 'owner')],
      history: [{ status: 'approved', decidedAt: SINCE }],
    } as never);
    const report = await look();
    expect(brokenIn(report)).toEqual([]);
    expect(report.notes.list).toMatchObject([{ code: 'act-unnamed', uri: redemption.uri }]);
  });

  it('does nothing for a partner that was not approved then, also where nobody is named', async () => {
    const review = city.earn(1).review;
    staff([], [suspendedAt(SINCE)], { status: 'suspended' });
    const broken = brokenIn(await look());
    expect(broken).toContain(`act-partner ${city.task.uri}`);
    expect(broken).toContain(`act-partner ${review.uri}`);
  });

  it.each(['suspended', 'pending', 'deferred', 'invited'])(
    'gives no code for a redeemer that is %s',
    async (status) => {
      const { participant } = city.earn(1);
      const code = city.hold(participant, city.redeemer, city.offer);
      const history = [
        { status: 'approved', decidedAt: SINCE },
        suspendedAt(city.inMinutes(0), { status, by: undefined }),
      ].map(({ ...entry }) => JSON.parse(JSON.stringify(entry)));
      city.replace(city.redeemer, { status, history } as never);
      expect(await acts()).toEqual([]);
      city.resolve(code, 'release');
      await expectBroken('act-partner', city.hold(participant, city.redeemer, city.offer));
    },
  );

  it('is held against the time of the burn, whatever the redemption says', async () => {
    const { participant } = city.earn(1);
    const endsAt = city.inMinutes(1);
    city.wait(1);
    const burn = city.resolve(city.hold(participant, city.redeemer, city.offer), 'burn');
    const late = city.addRedemption(city.offer, city.redeemer, burn, { by: OWNER });
    city.replace(city.redeemer, {
      delegations: [delegation(OWNER, 'counter', { endsAt })],
      history: [{ status: 'approved', decidedAt: SINCE }],
    } as never);
    await expectBroken('act-unauthorized', late);
    city.edit(late, { createdAt: endsAt });
    await expectBroken('redemption-differs', late);
  });

  it('may have happened before its time in the chain, once a clock was set back: a note', async () => {
    const { participant } = city.earn(1);
    const suspended = suspendedAt(city.inMinutes(0), { by: undefined });
    const history = [
      { status: 'approved', decidedAt: SINCE },
      JSON.parse(JSON.stringify(suspended)),
    ];
    const before = city.inMinutes(-60);
    city.wait(1);
    city.earn(2);
    const hold = city.follow(() => city.hold(participant, city.redeemer, city.offer));
    const burn = city.follow(() => city.resolve(hold, 'burn'));
    const redemption = city.addRedemption(city.offer, city.redeemer, burn);
    city.edit(redemption, { createdAt: before });
    city.replace(city.redeemer, { status: 'suspended', history } as never);
    const report = await look();
    expect(brokenIn(report)).toEqual([]);
    expect(report.notes.list).toMatchObject([
      { code: 'time-unsure', uri: hold.uri },
      { code: 'time-unsure', uri: redemption.uri },
    ]);
  });

  it('leaves a history: where it stood, and why it was suspended', async () => {
    city.replace(city.issuer, { delegations: [delegation(OWNER, 'owner')] } as never);
    await expectBroken('partner-standing', city.issuer);
    const suspended = suspendedAt(city.inMinutes(0), { reason: ' ' });
    staff([], [approved, suspended], { status: 'suspended' });
    await expectBroken('partner-standing', city.issuer);
    staff([], [approved, suspendedAt(city.inMinutes(0))], { status: 'suspended' });
    expect(await acts()).toEqual([]);
  });
});
