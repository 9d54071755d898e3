// Evidence, reviews and what sums them up: each way in which they could say something else than
// happened is red, at the address of the record that says it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/audit/bytes.ts';
import { brokenIn, openPaperAudit, type PaperAudit } from '../support/paper-audit.ts';
import {
  CREDITS,
  type FoundedCity,
  foundPaperCity,
  NSID,
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

const broken = async (): Promise<readonly string[]> => brokenIn(await audit.city(city));
const REVIEWER = participantOf(700);
const SINCE = '2026-10-01T00:00:00.000Z';

/** The issuer has a reviewer, and the city an admin. */
const staff = (role = 'reviewer'): void => {
  city.replace(city.issuer, {
    delegations: [{ participant: REVIEWER, role, startsAt: SINCE }],
    history: [{ status: 'approved', decidedAt: SINCE }],
  } as never);
};

/** One person's work, decided about by the reviewer. */
const work = (person: number, decision: 'approved' | 'rejected' = 'approved') => {
  const participant = participantOf(person);
  const evidence = city.addEvidence(city.addClaim(city.task, participant));
  const review = city.addReview(evidence, decision, { by: REVIEWER, role: 'reviewer' });
  if (decision === 'approved') city.issue(city.issuer, participant, review);
  return { participant, evidence, review };
};

const score = (value: number, max: number) => ({
  ...{ min: '0', max: String(max), value: String(value) },
});
const FIGURES = `2 reviewed: 1 approved, 1 not approved; ${CREDITS} CITY issued; reviewed by ${REVIEWER}.`;

describe('evidence', () => {
  it('names the work on the task of its claim, before the claim or after it', async () => {
    const activity = city.writeActivity(city.task, []);
    for (const subjects of [(claim: Ref) => [activity, claim], (claim: Ref) => [claim, activity]]) {
      const claim = city.addClaim(city.task, participantOf(city.records().length));
      city.addEvidence(claim, { subjects: subjects(claim) });
    }
    expect(await broken()).toEqual([]);
  });

  it('names the work on no other task', async () => {
    const other = city.writeActivity(city.addTask(city.issuer), []);
    const claim = city.addClaim(city.task, participantOf(1));
    const evidence = city.addEvidence(claim, { subjects: [other, claim] });
    expect(await broken()).toEqual([`evidence-work ${evidence.uri}`]);
  });

  it('is about one claim', async () => {
    const claims = [1, 2].map((person) => city.addClaim(city.task, participantOf(person)));
    const evidence = city.addEvidence(claims[0] as Ref, { subjects: claims });
    expect(await broken()).toEqual([`evidence-work ${evidence.uri}`]);
  });

  it('names work that is there', async () => {
    const gone = city.writeActivity(city.task, []);
    city.remove(gone);
    const claim = city.addClaim(city.task, participantOf(1));
    const evidence = city.addEvidence(claim, { subjects: [gone, claim] });
    expect(await broken()).toEqual([`ref-missing ${evidence.uri}`]);
  });

  it('an update is about a project or an activity, and about something', async () => {
    const claim = city.addClaim(city.task, participantOf(1));
    const activity = city.writeActivity(city.task, []);
    const update = { contentType: 'update' };
    city.addEvidence(claim, { ...update, subjects: [activity] });
    expect(await broken()).toEqual([]);
    const ofClaim = city.addEvidence(claim, { ...update, subjects: [claim] });
    const ofNothing = city.addEvidence(claim, { ...update, subjects: [] });
    expect((await broken()).toSorted()).toEqual(
      [`record-invalid ${ofNothing.uri}`, `ref-collection ${ofClaim.uri}`].toSorted(),
    );
  });
});

describe('a review', () => {
  it('is by somebody who had a right to it, in a role that they had', async () => {
    const { review } = work(1);
    staff();
    expect(await broken()).toEqual([]);
    staff('owner');
    expect(await broken()).toEqual([`act-unauthorized ${review.uri}`]);
    staff('counter');
    expect(await broken()).toEqual([`act-unauthorized ${review.uri}`]);
  });

  it('is by no admin while the issuer acts for itself', async () => {
    const { review } = work(1);
    city.edit(review, { role: 'admin', by: participantOf(801) });
    staff();
    expect(await broken()).toContain(`act-unauthorized ${review.uri}`);
  });

  it('seconds an approval of the same evidence, and appeals from a decision about it', async () => {
    const claim = city.addClaim(city.task, participantOf(1));
    const evidence = city.addEvidence(claim);
    const first = city.addReview(evidence, 'rejected');
    const appeal = city.addReview(evidence, 'approved', { appeals: first });
    city.issue(city.issuer, participantOf(1), appeal);
    expect(await broken()).toEqual([]);
    const second = city.addReview(evidence, 'rejected', { seconds: first });
    expect(await broken()).toEqual([`review-earlier ${second.uri}`]);
    city.remove(second);
    const other = city.addEvidence(city.addClaim(city.task, participantOf(2)));
    const elsewhere = city.addReview(other, 'rejected', { appeals: first });
    expect(await broken()).toEqual([`review-earlier ${elsewhere.uri}`]);
  });

  it.each([
    ['approved', {}],
    ['approved', { reasonCode: 'other', note: 'well' }],
    ['rejected', {}],
    ['rejected', { reasonCode: 'verified' }],
    ['rejected', { reasonCode: 'dislike' }],
    ['rejected', { reasonCode: 'other' }],
    ['rejected', { reasonCode: 'not-verified', note: ' ' }],
  ] as const)('that is %s says why by a code that goes with it: %o does not', async (...told) => {
    const [decision, { reasonCode, note = '' }] = told as [string, Record<string, string>];
    const { review } = work(1, decision as 'approved');
    staff();
    expect(await broken()).toEqual([]);
    city.edit(review, { reasonCode, note } as never);
    expect(await broken()).toContain(`review-reason ${review.uri}`);
  });

  it('of before there were codes says why in words', async () => {
    const { review } = work(1, 'rejected');
    staff();
    city.edit(review, { reasonCode: 'not-verified', note: 'Another place.' });
    expect((await broken()).filter((found) => found.startsWith('review'))).toEqual([]);
  });

  it('decides about the evidence as it was looked at, in both forms', async () => {
    const own = work(1);
    const former = city.earn(2, { isFormer: true });
    city.edit(own.evidence, { title: 'Evidence: something else' });
    city.edit(former.evidence, { title: 'Evidence: something else' });
    staff();
    expect(await broken()).toEqual(
      expect.arrayContaining([`ref-changed ${own.review.uri}`, `ref-changed ${former.review.uri}`]),
    );
  });

  it('decides about nothing but evidence for a claim', async () => {
    const activity = city.writeActivity(city.task, []);
    const claim = city.addClaim(city.task, participantOf(1));
    const update = city.addEvidence(claim, { contentType: 'update', subjects: [activity] });
    const review = city.addReview(update, 'rejected', { by: participantOf(9) });
    expect(await broken()).toEqual([`review-evidence ${review.uri}`]);
  });

  it('of both forms in one repository credits evidence once', async () => {
    const { participant, evidence } = city.earn(1, { isFormer: true });
    expect(await broken()).toEqual([]);
    const again = city.issue(city.issuer, participant, city.addReview(evidence));
    expect(await broken()).toContain(`issue-twice ${again.uri}`);
  });
});

describe('a decision in the form that reviews had before', () => {
  it('comes before all reviews', async () => {
    work(1);
    const former = city.earn(2, { isFormer: true });
    staff();
    const found = await broken();
    expect(found).toContain(`review-former ${former.review.uri}`);
    // By the chain, which no other time than its own can be told for.
    expect(found).toContain(`review-former ${former.issue.uri}`);
  });

  it('is not put in where a head or a file of before had reviews', async () => {
    work(1);
    staff();
    const { head } = await audit.city(city);
    const { car } = await city.sign();
    const evidence = city.addEvidence(city.addClaim(city.task, participantOf(2)));
    const value = { ...city.read(city.addFormerReview(evidence, '0')), createdAt: SINCE };
    const old = city.put(NSID.evaluation, '3labcdefgh222', value as never);
    for (const since of [head ?? '', { car: bytesOf(car) }]) {
      const found = brokenIn(await audit.city(city, { since }));
      expect(found).toContain(`history-inserted ${old.uri}`);
    }
  });

  it('is not made of an evaluation that summed up', async () => {
    const { participant } = work(1);
    const activity = city.writeActivity(city.task, [participant]);
    const figures = `1 reviewed: 1 approved, 0 not approved; ${CREDITS} CITY issued; reviewed by ${REVIEWER}.`;
    const evaluation = city.addEvaluation(activity, figures, score(1, 1));
    staff();
    const { car } = await city.sign();
    const evidence = city.addEvidence(city.addClaim(city.task, participantOf(2)));
    city.edit(evaluation, { subject: evidence, summary: 'rejected: not-verified' });
    const found = brokenIn(await audit.city(city, { since: { car: bytesOf(car) } }));
    expect(found).toContain(`history-changed ${evaluation.uri}`);
  });
});

describe('an evaluation of the work on a task', () => {
  let activity: Ref;
  beforeEach(() => {
    const { participant } = work(1);
    work(2, 'rejected');
    activity = city.writeActivity(city.task, [participant]);
    staff();
  });

  it('has the figures of the reviews', async () => {
    city.addEvaluation(activity, `${FIGURES}\nTask 1 of Paperville`, score(1, 2));
    expect(await broken()).toEqual([]);
  });

  it('stays true when more is decided later', async () => {
    city.addEvaluation(activity, FIGURES, score(1, 2));
    work(3);
    staff();
    expect(await broken()).toEqual([]);
  });

  it('stays true where a clock was set back between two decisions', async () => {
    city.addEvaluation(activity, FIGURES, score(1, 2));
    const later = work(3);
    city.edit(later.review, { createdAt: '2026-10-05T12:00:01.000Z' });
    staff();
    expect((await broken()).filter((found) => found.startsWith('evaluation'))).toEqual([]);
  });

  it('leaves out nothing of more than a day ago', async () => {
    const evaluation = city.addEvaluation(activity, FIGURES, score(1, 2));
    work(3, 'rejected');
    staff();
    expect(await broken()).toEqual([]);
    city.wait(2);
    expect(await broken()).toEqual([`evaluation-figures ${evaluation.uri}`]);
  });

  it('is of nothing else where it has figures', async () => {
    const ofTask = city.addEvaluation(city.task, FIGURES, score(1, 2));
    const inWords = city.addEvaluation(city.task, 'Well done, everybody.', score(1, 2));
    expect(inWords.uri).not.toBe(ofTask.uri);
    expect(await broken()).toEqual([`evaluation-figures ${ofTask.uri}`]);
  });

  it('is there once, also by a further part of the work', async () => {
    const further = city.put(NSID.activity, `${rkeyOf(activity)}-2`, {
      ...city.read(activity),
      contributors: [],
    } as never);
    city.addEvaluation(activity, FIGURES, score(1, 2));
    const again = city.addEvaluation(further, FIGURES, score(1, 2));
    expect(await broken()).toEqual([`evaluation-twice ${again.uri}`]);
  });

  it('tells of reviews in the former form as well', async () => {
    city.earn(3, { isFormer: true });
    const figures = `3 reviewed: 2 approved, 1 not approved; ${2 * CREDITS} CITY issued; reviewed by ${REVIEWER}.`;
    city.addEvaluation(activity, figures, score(2, 3));
    expect((await broken()).filter((found) => found.startsWith('evaluation'))).toEqual([]);
  });

  it.each([
    ['more approvals', FIGURES.replace('1 approved, 1 not', '2 approved, 0 not'), score(2, 2)],
    ['more decisions', FIGURES.replace('2 reviewed', '3 reviewed'), score(1, 2)],
    ['fewer decisions', '1 reviewed: 1 approved, 0 not approved; 20 CITY issued.', score(1, 1)],
    ['other credits', FIGURES.replace(`${CREDITS} CITY`, `${CREDITS + 1} CITY`), score(1, 2)],
    ['other reviewers', FIGURES.replace(REVIEWER, participantOf(9)), score(1, 2)],
    ['more reviewers', FIGURES.replace(/\.$/, ' and 1 more.'), score(1, 2)],
    ['another kind of credit', FIGURES.replace('CITY', 'DOLLARS'), score(1, 2)],
    ['no reviewers', FIGURES.replace(/; reviewed by.*$/, '.'), score(1, 2)],
    ['another score', FIGURES, score(2, 2)],
    ['no score of their sort', FIGURES, { min: '1', max: '2', value: '1' }],
    ['words alone', 'Everybody did well.', score(1, 2)],
    [
      'a time, as one of the project has',
      FIGURES.replace(':', ' from 2026-10-01T00:00:00.000Z until 2026-11-01T00:00:00.000Z:'),
      score(1, 2),
    ],
  ])('is red with %s', async (_what, summary, figures) => {
    const evaluation = city.addEvaluation(activity, summary, figures);
    expect(await broken()).toEqual([`evaluation-figures ${evaluation.uri}`]);
  });

  it('is there once', async () => {
    city.addEvaluation(activity, FIGURES, score(1, 2));
    const again = city.addEvaluation(activity, FIGURES, score(1, 2));
    expect(await broken()).toEqual([`evaluation-twice ${again.uri}`]);
  });

  it('hides no telephone number in its first line, nor behind it', async () => {
    const evaluation = city.addEvaluation(activity, `${FIGURES}\n510-555-0199`, score(1, 2));
    expect(await broken()).toEqual([`personal-data ${evaluation.uri}`]);
    city.edit(evaluation, { summary: FIGURES.replace(REVIEWER, '510-555-0199') });
    expect(await broken()).toContain(`personal-data ${evaluation.uri}`);
  });

  it('credits nobody', async () => {
    const evaluation = city.addEvaluation(
      activity,
      `2 reviewed: 2 approved, 0 not approved; ${CREDITS} CITY issued.`,
      score(2, 2),
    );
    const issue = city.issue(city.issuer, participantOf(5), evaluation);
    expect(await broken()).toContain(`issue-evidence ${issue.uri}`);
  });

  it('may be replaced, and a decision of the former form may not', async () => {
    const former = city.earn(7, { isFormer: true });
    const figures = `3 reviewed: 2 approved, 1 not approved; ${2 * CREDITS} CITY issued; reviewed by ${REVIEWER}.`;
    const evaluation = city.addEvaluation(activity, figures, score(2, 3));
    const { head } = await audit.city(city);
    const then = { car: (await city.sign()).car };
    const since = async () =>
      [
        ...brokenIn(await audit.city(city, { since: head ?? '' })),
        ...brokenIn(await audit.city(city, { since: { car: bytesOf(then.car) } })),
      ].filter((found) => found.startsWith('history'));
    city.edit(evaluation, { summary: `${figures}\nTask 1` });
    expect(await since()).toEqual([]);
    city.edit(former.review, { summary: 'approved: verified\nindeed' });
    expect(new Set(await since())).toEqual(new Set([`history-changed ${former.review.uri}`]));
  });
});

describe('an evaluation of the project', () => {
  const BOUNDS = 'from 2026-10-01T07:00:00.000Z until 2026-11-01T07:00:00.000Z';
  let project: Ref;
  beforeEach(() => {
    const { participant } = work(1);
    const all = city.put(NSID.activity, 'city', {
      ...city.read(city.writeActivity(city.task, [participant])),
      title: 'Civic work in Paperville',
    } as never);
    project = city.add('org.hypercerts.collection', {
      ...{ type: 'project', title: 'Paperville', items: [{ itemIdentifier: all }] },
    } as never);
    staff();
  });
  const figures = (count: number, bounds = BOUNDS) =>
    `${count} reviewed ${bounds}: ${count} approved, 0 not approved; ${count * CREDITS} CITY issued; reviewed by ${REVIEWER}.`;

  it('has the figures of its month alone', async () => {
    city.wait(40);
    work(2);
    city.addEvaluation(project, figures(1), score(1, 1));
    staff();
    expect(await broken()).toEqual([]);
  });

  it('is red with those of another time', async () => {
    city.wait(40);
    work(2);
    staff();
    const evaluation = city.addEvaluation(project, figures(2), score(2, 2));
    expect(await broken()).toEqual([`evaluation-figures ${evaluation.uri}`]);
  });

  it('is there once, however its time is written', async () => {
    city.addEvaluation(project, figures(1), score(1, 1));
    const again = city.addEvaluation(
      project,
      figures(1, BOUNDS.replace('00:00.000Z until', '00:00.001Z until')),
      score(1, 1),
    );
    expect(await broken()).toEqual([`evaluation-twice ${again.uri}`]);
  });

  it('is there once for each time', async () => {
    const [one, other] = [BOUNDS, BOUNDS.replace('2026-11', '2026-12')].map((bounds) =>
      city.addEvaluation(project, figures(1, bounds), score(1, 1)),
    ) as [Ref, Ref];
    // The second has the same beginning: two evaluations would count its reviews twice.
    expect(await broken()).toEqual([`evaluation-twice ${other.uri}`]);
    expect(rkeyOf(one) < rkeyOf(other)).toBe(true);
  });
});
