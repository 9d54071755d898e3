import { afterEach, describe, expect, test } from 'vitest';
import { tellCapsJob } from '../../src/jobs/tell-caps.ts';
import { DAY_MS, HOUR_MS } from '../../src/lib/clock.ts';
import { setCap } from '../../src/services/credits/set-cap.ts';
import { invitePartner } from '../../src/services/partners/invite-partner.ts';
import { setLanguage } from '../../src/services/people/set-language.ts';
import { issuerScope } from '../../src/store/caps.ts';
import { expectOk, TUESDAY } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { ADMIN, ORGANIZER } from '../support/conversation.ts';
import { rememberingChannel, testCity } from '../support/test-city.ts';

/** Midnight in Berkeley. */
const NEW_YEAR = Date.UTC(2027, 0, 1, 8);
const FRIENDS = 'Codornices Creek Friends';
let stop: () => Promise<void> = async () => {};
afterEach(() => stop());

async function openTown() {
  const clock = standingClock(TUESDAY);
  const { channel, sentTo } = rememberingChannel();
  const town = testCity({
    clock,
    channels: () => [channel],
    jobs: (mailer) => [tellCapsJob(mailer)],
  });
  stop = town.stop;
  town.seed();
  /** A start runs the jobs. */
  const at = async (time: number): Promise<void> => {
    clock.time = time;
    await town.start();
    await town.idle();
  };
  await at(TUESDAY);
  const issue = (credits: number) =>
    town.run(({ tx }) => {
      const partner = tx.partners.byName('issuer', FRIENDS.toUpperCase());
      tx.caps.addIssued(partner?.id ?? 0, '2026-Q4', credits);
    });
  const adminId = () => {
    const [id = 0] = town.store.read.partners.personsActingFor(null, clock.time);
    return id;
  };
  return { ...town, clock, sentTo, at, issue, adminId };
}

describe('two weeks before an epoch ends', () => {
  test('every admin is told once what was used, and how to change the next caps', async () => {
    const { sentTo, at, run, issue, adminId } = await openTown();
    issue(110);
    await at(NEW_YEAR - 14 * DAY_MS - 1);
    expect(sentTo(ADMIN)).toEqual([]);
    run((context) => {
      expectOk(invitePartner(context, adminId(), { kind: 'issuer', name: 'Food Shelf' }));
      const next = { issuer: 'Food Shelf', amount: 70, isNext: true };
      expectOk(setCap(context, adminId(), next));
    });
    await at(NEW_YEAR - 14 * DAY_MS);
    // Nobody is called on at midnight.
    expect(sentTo(ADMIN)).toEqual([]);
    await at(NEW_YEAR - 14 * DAY_MS + 10 * HOUR_MS);
    const text = sentTo(ADMIN).join('\n');
    expect(text).toContain('A new quarter begins on Jan 1');
    // 110 credits in 24 days are 422 in the 92 days of a quarter.
    expect(text).toMatch(
      /Codornices Creek Friends: 110 of [\d,]+\. At this pace you would need 4\d\d\./,
    );
    expect(text).toMatch(/Food Shelf: 0 of 0\. From then on: 70\.\n/);
    expect(text).toContain('what businesses can give is not known');
    expect(text).toContain(`CAP ${FRIENDS} 500 NEXT`);
    expect(sentTo(ORGANIZER)).toEqual([]);
    const count = sentTo(ADMIN).length;
    for (const day of [13, 5, 1]) await at(NEW_YEAR - day * DAY_MS + 10 * HOUR_MS);
    await at(NEW_YEAR + 10 * DAY_MS);
    expect(sentTo(ADMIN)).toHaveLength(count);
  });

  test('an admin is told in their language', async () => {
    const { sentTo, at, run, adminId } = await openTown();
    run((context) => setLanguage(context, adminId(), 'es'));
    await at(NEW_YEAR - 10 * DAY_MS + 10 * HOUR_MS);
    const text = sentTo(ADMIN).join('\n');
    expect(text).toMatch(/empieza otro trimestre/i);
    expect(text).toMatch(/PR[ÓO]XIMO/);
  });

  test('a city that slept over the end is told before the next one only', async () => {
    const { sentTo, at } = await openTown();
    await at(Date.UTC(2027, 7, 1, 20));
    expect(sentTo(ADMIN)).toEqual([]);
    await at(Date.UTC(2027, 8, 25, 20));
    expect(sentTo(ADMIN).join(' ')).toContain('A new quarter begins on Oct 1');
  });

  test('nobody is told anything where no organizer has a cap', async () => {
    const { sentTo, at, run } = await openTown();
    run(({ tx }) => {
      for (const { id } of tx.partners.all('issuer')) tx.caps.put(issuerScope(id), '2026-Q4', 0);
    });
    await at(NEW_YEAR - 10 * DAY_MS + 10 * HOUR_MS);
    expect(sentTo(ADMIN)).toEqual([]);
  });
});
