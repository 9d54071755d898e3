import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { tellUpdatesJob } from '../../../src/jobs/tell-updates.ts';
import { CITY_KEY } from '../../../src/records/kinds/city.ts';
import { COLLECTIONS } from '../../../src/records/kinds/index.ts';
import { projectKey } from '../../../src/records/kinds/project.ts';
import { UPDATE_PICTURES_MAX } from '../../../src/records/kinds/update.ts';
import { publishCity } from '../../../src/services/city/publish-city.ts';
import { publishPresence } from '../../../src/services/city/publish-presence.ts';
import { tellUpdates } from '../../../src/services/city/tell-updates.ts';
import { confirmCode } from '../../../src/services/credits/confirm-code.ts';
import { openEpoch } from '../../../src/services/credits/open-epoch.ts';
import { redeemOffer } from '../../../src/services/credits/redeem-offer.ts';
import { setCap } from '../../../src/services/credits/set-cap.ts';
import { forgetPerson } from '../../../src/services/privacy/forget-person.ts';
import { evidence, pictures } from '../../../src/store/schema/index.ts';
import {
  expectOk,
  newOffer,
  newTask,
  type Person,
  TEST_DID,
  type TestCity,
  UNLIMITED,
  withCity,
} from '../../support/city.ts';
import { attachPicture } from '../../support/evidence.ts';
import { databaseOf } from '../../support/store.ts';
import { decide, doWork, sendWork, versionsOf } from '../../support/work.ts';

/** As a start does. */
const begin = (city: TestCity): void =>
  city.run((context) => {
    publishCity(context);
    publishPresence(context);
    openEpoch(context);
  });

const updatesOf = (city: TestCity) =>
  versionsOf(city, 'update').filter(({ value }) => value.contentType === 'update');
const titlesOf = (city: TestCity) => updatesOf(city).map(({ value }) => value.title);
const turn = (city: TestCity) => city.run(tellUpdatesJob.run);
const goTo = (city: TestCity, day: string): void => {
  city.clock.now = Date.parse(`${day}T12:00:00Z`);
};
const join = (city: TestCity, at: number): Person =>
  city.join(`+1510556${String(at).padStart(4, '0')}`);

/** Approved work of so many people on a task of its own, from the number `first` on. */
function work(city: TestCity, count: number, first = 0): readonly Person[] {
  const taskId = newTask(city, { slots: count, credits: 2 });
  const people = Array.from({ length: count }, (_, at) => join(city, first + at));
  for (const person of people) doWork(city, person, taskId);
  return people;
}

/** Attaches a picture that a message brought, in the state that it has. */
function addPicture(
  city: TestCity,
  evidenceId: number,
  { name, state }: { readonly name: string; readonly state: 'clean' | 'published' },
): void {
  const db = databaseOf(city.store);
  const [found] = db.select().from(evidence).where(eq(evidence.id, evidenceId)).all();
  const [added] = db
    .insert(pictures)
    .values({
      ...{ inboxId: found?.inboxId ?? null, spoolKey: name, cid: cidOf(name), state },
      ...{ mediaType: 'image/jpeg', sizeBytes: 10 },
    })
    .returning({ id: pictures.id })
    .all();
  attachPicture(db, evidenceId, added?.id ?? 0);
}

/** A CID of bytes, another for each letter. */
const cidOf = (letter: string): string =>
  `bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxh${letter}y`;

const shownIn = ({ value }: ReturnType<typeof updatesOf>[number]): readonly string[] =>
  (value.content ?? []).map((part) => {
    const { blob } = part as unknown as { readonly blob: { readonly ref: { $link: string } } };
    return blob.ref.$link;
  });

describe('the updates of the project', () => {
  it('are none before the project has a record', () =>
    withCity((city) => {
      work(city, 1);
      goTo(city, '2026-12-05');
      expect(turn(city)).toBe(false);
      expect(updatesOf(city)).toEqual([]);
    }));

  it('tell of a month once it is over, with its figures, and of nothing in a quiet one', () =>
    withCity((city) => {
      begin(city);
      const [ana] = work(city, 3) as [Person];
      const offerId = newOffer(city, { credits: 1 });
      const { code } = city.run((context) => expectOk(redeemOffer(context, ana, offerId)));
      city.run((context) => expectOk(confirmCode(context, city.redeemer.id, code)));
      expect(turn(city)).toBe(true);
      expect(titlesOf(city)).toEqual([
        'The first approved work in Testville',
        'The first credits redeemed in Testville',
      ]);
      expect(turn(city)).toBe(false);
      goTo(city, '2026-12-05');
      expect(turn(city)).toBe(true);
      goTo(city, '2027-02-05');
      turn(city);
      const project = city.run(({ records }) =>
        records.newestRef(
          'project',
          projectKey(Date.parse(records.get('city', CITY_KEY)?.createdAt ?? '')),
        ),
      );
      const [, , month, epoch, ...others] = updatesOf(city);
      expect(others).toEqual([]);
      expect(month?.value).toEqual({
        $type: 'org.hypercerts.context.attachment',
        title: 'November 2026 in Testville',
        contentType: 'update',
        subjects: [{ uri: project?.uri, cid: project?.cid }],
        shortDescription: '1 task with approved work, 3 people; 6 CITY issued, 1 CITY redeemed.',
        description: {
          $type: 'org.hypercerts.defs#descriptionString',
          value: expect.stringContaining('work on 1 task, done by 3 people'),
        },
        createdAt: '2026-12-05T12:00:00.000Z',
      });
      expect(project?.uri).toContain(`${TEST_DID}/${COLLECTIONS.project}/`);
      expect(epoch?.value).toMatchObject({
        title: 'Report on 2026-Q4 in Testville',
        shortDescription: '6 of 10,000 CITY issued, 1 redeemed, 0 expired.',
      });
    }));

  it('count for a month what was decided in it alone, by the midnights of the city', () =>
    withCity((city) => {
      begin(city);
      work(city, 1);
      // Still November in the city.
      city.clock.now = Date.parse('2026-12-01T07:59:59.999Z');
      work(city, 1, 1);
      city.clock.now = Date.parse('2026-12-01T08:00:00.000Z');
      work(city, 2, 2);
      city.clock.now = Date.parse('2027-01-01T08:00:00.000Z');
      for (let again = 0; again < 3; again += 1) turn(city);
      expect(updatesOf(city).map(({ value }) => [value.title, value.shortDescription])).toEqual([
        ['The first approved work in Testville', expect.any(String)],
        [
          'November 2026 in Testville',
          '2 tasks with approved work, 2 people; 4 CITY issued, 0 CITY redeemed.',
        ],
        [
          'December 2026 in Testville',
          '1 task with approved work, 2 people; 4 CITY issued, 0 CITY redeemed.',
        ],
        ['Report on 2026-Q4 in Testville', '8 of 10,000 CITY issued, 0 redeemed, 0 expired.'],
      ]);
    }));

  it('tell of every tenfold of approved pieces, also when all came at one moment', () =>
    withCity(
      (city) => {
        begin(city);
        const people = work(city, 9);
        const taskId = newTask(city);
        const refused = sendWork(city, people[0] as Person, taskId);
        expectOk(decide(city, refused, false));
        turn(city);
        expect(titlesOf(city)).toEqual(['The first approved work in Berkeley']);
        work(city, 1, 9);
        turn(city);
        expect(titlesOf(city)).toEqual([
          'The first approved work in Berkeley',
          '10 pieces of approved work in Berkeley',
        ]);
      },
      { city: UNLIMITED },
    ));

  it('are few at a time in a city that has much to tell, and none is told twice', () =>
    withCity((city) => {
      begin(city);
      for (let month = 0; month < 7; month += 1) {
        city.clock.now = Date.UTC(2026, 10 + month, 20);
        city.run(openEpoch);
        city.run((context) =>
          expectOk(setCap(context, city.admin.id, { issuer: 'The Issuer', amount: 100 })),
        );
        doWork(city, join(city, month), newTask(city, { credits: 1 }));
      }
      goTo(city, '2027-06-10');
      const counts = Array.from({ length: 6 }, () => {
        const before = updatesOf(city).length;
        turn(city);
        return updatesOf(city).length - before;
      });
      expect(counts).toEqual([2, 2, 2, 2, 2, 0]);
      expect(titlesOf(city)).toContain('May 2027 in Testville');
      expect(new Set(titlesOf(city)).size).toBe(10);
      // As after a rebuild, which knows the records alone.
      databaseOf(city.store).run(sql`delete from cursors`);
      for (let again = 0; again < 4; again += 1) turn(city);
      expect(updatesOf(city)).toHaveLength(10);
    }));

  it('show pictures of that work which are published, four at most', () =>
    withCity((city) => {
      begin(city);
      const taskId = newTask(city);
      const sent = ['a', 'b'].map((letter, at) => {
        const evidenceId = sendWork(city, join(city, at), taskId);
        for (const one of ['2', '3', '4']) {
          addPicture(city, evidenceId, { name: `${letter}${one}`.slice(-1), state: 'published' });
        }
        return evidenceId;
      });
      const rejected = sendWork(city, join(city, 7), taskId);
      addPicture(city, rejected, { name: 'q', state: 'published' });
      addPicture(city, sent[0] ?? 0, { name: 'w', state: 'clean' });
      addPicture(city, sent[1] ?? 0, { name: '5', state: 'published' });
      addPicture(city, sent[1] ?? 0, { name: '6', state: 'published' });
      for (const evidenceId of sent) {
        city.clock.now += 1000;
        expectOk(decide(city, evidenceId));
      }
      expectOk(decide(city, rejected, false));
      goTo(city, '2026-12-05');
      turn(city);
      const [first, month] = updatesOf(city);
      expect(first && shownIn(first)).toEqual(['2', '3', '4'].map(cidOf));
      expect(month && shownIn(month)).toHaveLength(UPDATE_PICTURES_MAX);
      expect(month && shownIn(month)).not.toContain(cidOf('q'));
      expect(month && shownIn(month)).not.toContain(cidOf('w'));
    }));

  it('show no picture of whoever was forgotten, or of a post of their own', () =>
    withCity((city) => {
      begin(city);
      const taskId = newTask(city);
      const [ana, ben, eva] = [0, 1, 2].map((at) => join(city, at)) as [Person, Person, Person];
      const [anas = 0, bens = 0, evas = 0] = [ana, ben, eva].map((person, at) => {
        const evidenceId = sendWork(city, person, taskId);
        addPicture(city, evidenceId, { name: ['2', '3', '4'][at] ?? '', state: 'published' });
        return evidenceId;
      });
      for (const evidenceId of [anas, bens, evas]) expectOk(decide(city, evidenceId));
      databaseOf(city.store).run(
        sql`update inbox set post_uri = 'at://x' where id = (select inbox_id from evidence where id = ${bens})`,
      );
      const { identityId } = ana;
      city.run((context) =>
        expectOk(forgetPerson(context, { person: ana, identityId, inboxId: 1 })),
      );
      goTo(city, '2026-12-05');
      turn(city);
      expect(updatesOf(city).map(shownIn)).toEqual([[cidOf('4')], [cidOf('4')]]);
    }));

  it('are no more than is asked for', () =>
    withCity((city) => {
      begin(city);
      work(city, 1);
      goTo(city, '2027-01-05');
      expect([3, 1, 1].map((max) => city.run((context) => tellUpdates(context, max)))).toEqual([
        3, 0, 0,
      ]);
    }));
});
