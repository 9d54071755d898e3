import { expect, test } from 'vitest';
import { createChance } from '../../simulate/chance.ts';
import { createFigures } from '../../simulate/figures.ts';
import { LIMITS } from '../../simulate/limits.ts';
import { createPds } from '../../simulate/pds.ts';
import { createScheduler } from '../../simulate/scheduler.ts';
import { cidOfRecord } from '../../src/lib/cid.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';

const HOSTED = { perHour: 5000, perDay: 35_000 };
const COLLECTION = 'org.example.note';

function open(points: typeof HOSTED | undefined) {
  const chance = createChance(1);
  const scheduler = createScheduler(0, chance.next);
  const figures = createFigures();
  const pds = createPds({ scheduler, chance, figures, did: 'did:plc:example', points });
  const { clock, runUntil } = scheduler;
  /** Waits for an answer as long as that takes in the simulated time. */
  const after = async <T>(answer: Promise<T>): Promise<T> => {
    await runUntil(clock.now() + 10 * MINUTE_MS);
    return answer;
  };
  let written = 0;
  const records = (count: number) =>
    Array.from({ length: count }, () => {
      written += 1;
      const value = { $type: COLLECTION, number: written };
      const $type = 'com.atproto.repo.applyWrites#create';
      return { $type, collection: COLLECTION, rkey: `note-${written}`, value };
    });
  return { pds, figures, records, after, runUntil, clock };
}

test('it computes the CIDs itself, and gives out what it was given', async () => {
  const { pds, records, after } = open(undefined);
  const [one] = records(1);
  const answer = await after(pds.repository.applyWrites(JSON.stringify([one])));
  const cid = cidOfRecord(one?.value);
  expect(answer).toEqual({ kind: 'ok', value: [cid] });
  const current = await after(pds.repository.currentCid(COLLECTION, 'note-1'));
  expect(current).toEqual({ kind: 'ok', value: cid });
});

test('a hosted account takes 1,666 records in its hour, and as many in the next', async () => {
  const { pds, records, runUntil, clock } = open(HOSTED);
  const takenOf = async (count: number): Promise<number> => {
    const answers = records(count).map((one) => pds.repository.applyWrites(JSON.stringify([one])));
    await runUntil(clock.now() + MINUTE_MS);
    return (await Promise.all(answers)).filter(({ kind }) => kind === 'ok').length;
  };
  expect(await takenOf(1700)).toBe(1666);
  await runUntil(HOUR_MS + MINUTE_MS);
  expect(await takenOf(1700)).toBe(1666);
});

test('what is too much for the hour is refused, and told when there is room again', async () => {
  const { pds, records, runUntil, clock, figures } = open(HOSTED);
  const at = clock.now();
  const answers = Array.from({ length: 9 }, () =>
    pds.repository.applyWrites(JSON.stringify(records(200))),
  );
  await runUntil(at + MINUTE_MS);
  const kinds = (await Promise.all(answers)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'ok')).toHaveLength(8);
  expect(kinds.filter((kind) => kind === 'limited')).toHaveLength(1);
  expect(figures.now()).toMatchObject({ points: 4800, commits: 8, turnedAway: 1 });
  expect(pds.repository.pointsLeft()).toBe(0);
  expect(pds.repository.pointsAt(3)).toBeGreaterThan(at + HOUR_MS - MINUTE_MS);
});

test('it takes a thousand pictures a day of a hosted account, and any number of an own one', async () => {
  const picture = (at: number) => new TextEncoder().encode(`picture ${at}`);
  const uploaded = async (points: typeof HOSTED | undefined) => {
    const { pds, runUntil, clock } = open(points);
    const answers = Array.from({ length: LIMITS.pdsUploadsPerDay + 5 }, (_, at) =>
      pds.repository.upload(picture(at), 'image/jpeg'),
    );
    await runUntil(clock.now() + MINUTE_MS);
    const kinds = (await Promise.all(answers)).map(({ kind }) => kind);
    return kinds.filter((kind) => kind === 'ok').length;
  };
  expect(await uploaded(HOSTED)).toBe(LIMITS.pdsUploadsPerDay);
  expect(await uploaded(undefined)).toBe(LIMITS.pdsUploadsPerDay + 5);
});

test('a relay falls behind with more than 2,600 commits an hour, and catches up', async () => {
  const { pds, records, runUntil, clock } = open(undefined);
  const at = clock.now();
  const answers = Array.from({ length: 2 * LIMITS.relayCommitsPerHour }, () =>
    pds.repository.applyWrites(JSON.stringify(records(1))),
  );
  await runUntil(at + MINUTE_MS);
  await Promise.all(answers);
  expect(pds.relayMs() / HOUR_MS).toBeCloseTo(2 - 1 / 60, 1);
  await runUntil(at + DAY_MS);
  expect(pds.relayMs()).toBe(0);
});
