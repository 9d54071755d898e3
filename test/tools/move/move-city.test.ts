// What becomes of a city when its move breaks off, at each of its steps: it is in one place, or in none
// and somebody is told how to bring it back; never in two.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedResidents } from '../../../bench/seed.ts';
import { openNodeHome, openNodeNewHome } from '../../../src/cli/node-place.ts';
import { createKeys } from '../../../src/lib/crypto.ts';
import { openDatabase } from '../../../src/node/database.ts';
import { openStore } from '../../../src/store/open-node.ts';
import { moveCity } from '../../../src/tools/move/move-city.ts';
import type { Home, NewHome } from '../../../src/tools/move/place.ts';
import { repeatableRandom, TEST_KEY, testFoundation } from '../../support/city.ts';
import { clockOf } from '../../support/clock.ts';

const SECRET_KEY = Buffer.from(TEST_KEY).toString('base64');
const TRANSFERS = 2500;

let folder: string;
let [here, there] = ['', ''];
let home: Home & AsyncDisposable;
let newHome: NewHome;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-move-'));
  [here, there] = [join(folder, 'here.db'), join(folder, 'there.db')];
  const { store, close } = openStore(here);
  const random = repeatableRandom();
  const foundation = testFoundation({
    ...{ clock: clockOf(() => 1_795_000_000_000), random, keys: createKeys(TEST_KEY, random) },
  });
  seedResidents(store, foundation, { people: 20, transfers: TRANSFERS });
  close();
  home = openNodeHome({ SECRET_KEY, DATABASE_PATH: here });
  newHome = openNodeNewHome({ SECRET_KEY, DATABASE_PATH: there });
});
afterEach(async () => {
  await home[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const move = (from: Home = home, to: NewHome = newHome) =>
  moveCity(from, to, { move: 'one', tell: () => undefined });

/** Whether a city would start at a path: it opens its database for itself. */
async function starts(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  await using ends = new AsyncDisposableStack();
  try {
    const { store } = openDatabase(path, ends);
    return store.read.ledger.head() !== undefined;
  } catch {
    return false;
  }
}

const places = async () => ({ here: await starts(here), there: await starts(there) });
const fails = (): Promise<never> => Promise.reject(new Error('the line is cut'));

test('a city that moves is there, whole, and does not start where it was', async () => {
  expect(await move()).toMatchObject({
    head: { position: TRANSFERS, cid: `bafyreibench${TRANSFERS}` },
  });
  expect(existsSync(`${here}.moved`)).toBe(true);
  await using ends = new AsyncDisposableStack();
  expect(() => openDatabase(here, ends)).toThrow(/has moved away/);
  expect(await places()).toEqual({ here: false, there: true });
});

describe('a move that breaks off', () => {
  test.each([
    ['while it is frozen', () => ({ ...home, freeze: fails })],
    ['while it is read', () => ({ ...home, read: fails })],
    ['while pictures are copied', () => ({ ...home, pictures: fails })],
  ])('%s leaves the city where it was', async (_, from) => {
    await expect(move(from())).rejects.toThrow('the line is cut');
    await home[Symbol.asyncDispose]();
    expect(await places()).toEqual({ here: true, there: false });
  });

  test('before the new place is whole leaves the city where it was', async () => {
    const cut: NewHome = {
      ...newHome,
      fill: (work) => newHome.fill((filling) => work({ ...filling, tables: fails })),
    };
    await expect(move(home, cut)).rejects.toThrow('the line is cut');
    expect(await places()).toEqual({ here: true, there: false });
    await move();
    expect(await places()).toEqual({ here: false, there: true });
  });

  test('once it was left says that it may be there, and how it comes back', async () => {
    // Whether the new place has it by then is what nobody knows.
    const inDoubt: NewHome = {
      ...newHome,
      fill: async (work) => {
        await newHome.fill(work);
        return fails();
      },
    };
    await expect(move(home, inDoubt)).rejects.toThrow(
      /the line is cut\n.*was left\. Look whether the city lives in .*there\.db.*its name .*here\.db again/s,
    );
    expect(await places()).toEqual({ here: false, there: true });
  });

  test('and cannot go on where it was says both', async () => {
    const stuck: Home = { ...home, read: fails, thaw: () => Promise.reject(new Error('no')) };
    await expect(move(stuck)).rejects.toThrow(/the line is cut\n.*stands still/);
  });
});

test('a row that arrives as another one is found', async () => {
  const lying: NewHome = {
    ...newHome,
    fill: (work) =>
      newHome.fill((filling) =>
        work({
          ...filling,
          write: ({ table, rows }) =>
            filling.write({
              table,
              rows: table === 'persons' ? rows.map((row) => ({ ...row, language: 'es' })) : rows,
            }),
        }),
      ),
  };
  await expect(move(home, lying)).rejects.toThrow('What arrived of persons is not what was sent.');
  expect(await places()).toEqual({ here: true, there: false });
});

test.each([
  [{ keyId: 'another' }, /different SECRET_KEYs/],
  [{ shape: 1 }, /different versions/],
  [{ isEmpty: false }, /There is a city in .*there.db already/],
])('a place with %j takes no city', async (facts, sentence) => {
  const unfit = { ...newHome, facts: async () => ({ ...(await newHome.facts()), ...facts }) };
  await expect(move(home, unfit)).rejects.toThrow(sentence);
  expect(await places()).toEqual({ here: true, there: false });
});

test('a key of before moves along while codes need it', async () => {
  const rekeying = {
    ...home,
    facts: async () => ({ ...(await home.facts()), previousKeyId: 'before' }),
  };
  await expect(move(rekeying)).rejects.toThrow(/has a SECRET_KEY_PREVIOUS that .* has not/);
});
