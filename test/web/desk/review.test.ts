// The review queue: decisions wait ten seconds, in which they can be taken back, and are made once.
import { expect, test } from 'vitest';
import { SEEDED } from '../../../src/sandbox/seed.ts';
import { browserOf, type DeskCity, signIn, withDesk } from '../../support/desk.ts';

const ANA = '+15105550141';
const BEN = '+15105550142';

const stateOf = ({ city }: DeskCity, evidence: number) =>
  city.store.read.evidence.get(evidence)?.state;

test('an approval is made ten seconds later, once, and told', () =>
  withDesk(async (desk) => {
    await desk.sendEvidence(ANA, 'Three bags');
    const browser = await signIn(desk, SEEDED.organizer);
    await browser.get('/desk/review');
    expect(browser.text()).toContain('Three bags');
    const form = { ...browser.fieldsOf('/desk/review/1'), decision: 'approve', words: '2 bags' };
    await browser.post('/desk/review/1', form);
    expect(browser.text()).toContain('Evidence 1: approved in a moment.');
    await browser.post('/desk/review/1', form);
    await desk.wait(9);
    expect(stateOf(desk, 1)).toBe('pending');
    await desk.wait(1);
    expect(stateOf(desk, 1)).toBe('approved');
    const review = desk.city.run(({ tx }) => tx.evidence.newestReview());
    expect(review).toMatchObject({ evidenceId: 1, decision: 'approved', note: '2 bags' });
    expect(desk.sentTo(ANA).at(-1)).toContain('2 bags');
    await desk.wait(60);
    expect(desk.city.run(({ tx }) => tx.evidence.newestReview())?.id).toBe(review?.id);
  }));

test('a decision that was undone in time was never made', () =>
  withDesk(async (desk) => {
    await desk.sendEvidence(ANA, 'Three bags');
    const browser = await signIn(desk, SEEDED.organizer);
    await browser.get('/desk/review');
    await browser.send('/desk/review/1', { decision: 'reject', words: 'Another park' });
    await browser.send('/desk/undo', {}, { evidence: '1' });
    expect(browser.text()).toContain('Undone.');
    expect(browser.text()).toContain('Three bags');
    await desk.wait(30);
    expect(stateOf(desk, 1)).toBe('pending');
    await browser.send('/desk/review/1', { decision: 'reject', words: 'Another park' });
    const undo = { ...browser.fieldsOf('/desk/undo') };
    await desk.wait(10);
    expect(stateOf(desk, 1)).toBe('rejected');
    await browser.post('/desk/undo', undo);
    expect(browser.text()).toContain('too late');
    expect(desk.sentTo(ANA).at(-1)).toContain('Another park');
  }));

test('a rejection needs words', () =>
  withDesk(async (desk) => {
    await desk.sendEvidence(ANA, 'Three bags');
    const browser = await signIn(desk, SEEDED.organizer);
    await browser.get('/desk/review');
    await browser.send('/desk/review/1', { decision: 'reject', words: '  ' });
    expect(browser.text()).toContain('Say why');
    await desk.wait(30);
    expect(stateOf(desk, 1)).toBe('pending');
  }));

test('what cannot be decided is told to the reviewer on their phone', () =>
  withDesk(async (desk) => {
    await desk.sendEvidence(ANA, 'Three bags');
    const browser = await signIn(desk, SEEDED.organizer);
    await browser.get('/desk/review');
    await browser.send('/desk/review/1', { decision: 'reject', words: '5' });
    await desk.wait(10);
    expect(stateOf(desk, 1)).toBe('pending');
    expect(desk.sentTo(SEEDED.organizer).at(-1)).toContain('evidence 1 was not made');
  }));

test('two reviewers decide about one piece of evidence once', () =>
  withDesk(async (desk) => {
    await desk.sendEvidence(ANA, 'Three bags');
    await desk.addReviewer(BEN);
    const [one, other] = [await signIn(desk, SEEDED.organizer), await signIn(desk, BEN)];
    await one.get('/desk/review');
    await other.get('/desk/review');
    await one.send('/desk/review/1', { decision: 'approve' });
    await other.send('/desk/review/1', { decision: 'reject', words: 'Blurry photo' });
    expect(other.text()).toContain('not waiting for you any more');
    await desk.wait(10);
    expect(stateOf(desk, 1)).toBe('approved');
  }));

test('nobody decides by words about what is held at the desk, not even with all of its task', () =>
  withDesk(async (desk) => {
    await desk.sendEvidence(ANA, 'Three bags');
    await desk.addReviewer(BEN);
    const browser = await signIn(desk, SEEDED.organizer);
    await browser.get('/desk/review');
    await desk.ask(BEN, 'APPROVE ALL 1');
    await browser.send('/desk/review/1', { decision: 'reject', words: 'Blurry photo' });
    expect(await desk.ask(BEN, 'OK')).toContain('deciding about evidence 1 right now');
    expect(await desk.ask(BEN, 'APPROVE 1')).toContain('deciding about evidence 1 right now');
    expect(await desk.ask(BEN, 'APPROVE ALL 1')).not.toContain('OK');
    await desk.wait(12);
    expect(stateOf(desk, 1)).toBe('rejected');
  }));

test('a decision that is held outlives the session, and a role that was lost ends it', () =>
  withDesk(async (desk) => {
    await desk.sendEvidence(ANA, 'Three bags');
    const browser = await signIn(desk, SEEDED.organizer);
    await browser.get('/desk/review');
    await browser.send('/desk/review/1', { decision: 'approve' });
    await desk.ask(SEEDED.organizer, 'LOGIN OFF');
    desk.city.run(({ tx, now }) => {
      const [person = 0] = tx.partners.personsActingFor(tx.partners.all('issuer')[0]?.id ?? 0, now);
      tx.forgetting.revokeAll(person, now);
    });
    await desk.wait(10);
    expect(stateOf(desk, 1)).toBe('pending');
  }));

test('photos are shown to those who review them, look-alikes beside them, and to nobody else', () =>
  withDesk(async (desk) => {
    await desk.sendEvidence(ANA, 'Three bags');
    await desk.sendEvidence(BEN, 'The same');
    const browser = await signIn(desk, SEEDED.organizer);
    const photo = await browser.get('/desk/pictures/1/1.jpg');
    expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(photo.headers.get('cache-control')).toBe('private, no-store');
    expect((await browser.get('/desk/pictures/1/2.jpg')).status).toBe(404);
    await browser.get('/desk/review/2');
    expect(browser.text()).toContain('Photos that look like these');
    expect(browser.html()).toContain('/evidence/1/1.jpg');
    const cafe = await signIn(desk, SEEDED.redeemer);
    for (const nobody of [cafe, browserOf(desk.app)]) {
      expect((await nobody.get('/desk/pictures/1/1.jpg')).status).toBe(404);
    }
  }));

test('a usual reason is chosen, and recorded by its code', () =>
  withDesk(async (desk) => {
    await desk.sendEvidence(ANA, 'Three bags');
    const browser = await signIn(desk, SEEDED.organizer);
    await browser.get('/desk/review');
    const form = { decision: 'reject', reason: 'NOT DONE', words: 'Half of it' };
    await browser.send('/desk/review/1', form);
    await desk.wait(10);
    const review = desk.city.run(({ tx }) => tx.evidence.newestReview());
    expect(review).toMatchObject({ reasonCode: 'not-done', note: 'Half of it' });
  }));

test('all evidence of a task is approved together, after it was read back', () =>
  withDesk(async (desk) => {
    await desk.sendEvidence(ANA, 'Three bags');
    await desk.sendEvidence(BEN, 'Four bags', 400);
    const browser = await signIn(desk, SEEDED.organizer);
    await browser.get('/desk/review');
    await browser.send('/desk/act/approve-all', {}, { task: '1' });
    await browser.send('/desk/answer', { choice: 'OK' });
    expect([stateOf(desk, 1), stateOf(desk, 2)]).toEqual(['approved', 'approved']);
  }));
