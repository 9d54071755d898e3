import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personalDataIn } from '../../src/audit/privacy.ts';
import { publicWords } from '../../src/domain/public-words.ts';
import {
  nextMilestone,
  type Told,
  tellApproved,
  tellEpoch,
  tellFirstRedemption,
  tellMonth,
} from '../../src/domain/update.ts';

const teller = { city: 'Berkeley', creditKind: 'CITY', timeZone: 'America/Los_Angeles' };
const EVENING = Date.parse('2026-11-25T07:30:00Z');

describe('an update', () => {
  it('of a month tells how much was done, by how many, and what came of it', () => {
    const figures = { tasks: 12, people: 1, issued: 1480, redeemed: 120, expired: 0 };
    expect(tellMonth(teller, { name: 'November 2026' }, figures)).toMatchObject({
      title: 'November 2026 in Berkeley',
      short: '12 tasks with approved work, 1 person; 1,480 CITY issued, 120 CITY redeemed.',
      text: expect.stringContaining('work on 12 tasks, done by 1 person.'),
    });
  });

  it('of a milestone tells the day of the city on which it was reached', () => {
    expect(tellApproved(teller, 1, EVENING)).toMatchObject({
      title: 'The first approved work in Berkeley',
      short: 'The first piece of evidence was approved on 2026-11-24.',
    });
    expect(tellApproved(teller, 1000, EVENING)).toMatchObject({
      title: '1,000 pieces of approved work in Berkeley',
      short: 'Piece 1,000 of evidence was approved on 2026-11-24.',
    });
    expect(tellFirstRedemption(teller, EVENING)).toMatchObject({
      title: 'The first credits redeemed in Berkeley',
      short: 'A local business honored CITY credits for the first time on 2026-11-24.',
    });
  });

  it('of an epoch tells what was issued, of how much, and what became of it', () => {
    const figures = { issued: 480, cap: 20_000, redeemed: 120, expired: 0 };
    expect(tellEpoch(teller, { name: '2026-Q4' }, figures)).toMatchObject({
      title: 'Report on 2026-Q4 in Berkeley',
      short: '480 of 20,000 CITY issued, 120 redeemed, 0 expired.',
    });
  });

  it('has no figure that could be a telephone number, however much there is to tell', () => {
    const count = fc.oneof(fc.nat(1_000), fc.nat(20_000_000_000));
    const figures = fc.record({
      ...{ tasks: count, people: count, issued: count },
      ...{ redeemed: count, expired: count, cap: count },
    });
    const milestone = fc.nat(9).map((power) => 10 ** power);
    const at = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2040, 0) });
    fc.assert(
      fc.property(figures, milestone, at, (all, approved, time) => {
        const told: readonly Told[] = [
          tellMonth(teller, { name: 'November 2026' }, all),
          tellEpoch(teller, { name: '2026-Q4' }, all),
          tellApproved(teller, approved, time),
          tellFirstRedemption(teller, time),
        ];
        for (const { title, short, text } of told) {
          for (const words of [title, short, text]) {
            expect(publicWords(words, 2000)).toBe(words);
            expect(personalDataIn(words, 'US')).toBeUndefined();
          }
        }
      }),
    );
  });
});

it('milestones are the powers of ten', () => {
  expect([1, 10, 100].map(nextMilestone)).toEqual([10, 100, 1000]);
});
