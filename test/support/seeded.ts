// The demo city as a database: to seed it takes longer than most of what a test then says in it, so it
// is done once for each city of a process, and every other conversation begins with a copy.
import { openDatabase } from '#test-ground';
import type { City } from '../../src/domain/city.ts';
import { createTids } from '../../src/lib/ids.ts';
import type { Random } from '../../src/lib/random.ts';
import { createPhones } from '../../src/sandbox/phones.ts';
import { createSandboxChannels } from '../../src/sandbox/send.ts';
import { createStore } from '../../src/store/store.ts';
import { repeatableRandom, TUESDAY } from './city.ts';
import { standingClock } from './clock.ts';
import { testCity } from './test-city.ts';

type Seeded = {
  readonly content: ReturnType<ReturnType<typeof openDatabase>['content']>;
  /** How many bytes of chance it took: whoever goes on draws others. */
  readonly drawn: number;
};

const seeded = new WeakMap<City, Seeded>();

/** The demo city on that Tuesday, by `repeatableRandom()`. */
export function seededCity(city: City): Seeded {
  const before = seeded.get(city);
  if (before !== undefined) return before;
  const { db, inTransaction, content, close } = openDatabase();
  const chance = repeatableRandom();
  let drawn = 0;
  const random: Random = {
    bytes: (length) => {
      drawn += length;
      return chance.bytes(length);
    },
  };
  const clock = standingClock(TUESDAY);
  const whole = testCity({
    ...{ clock, random, city },
    channels: () =>
      createSandboxChannels({
        phones: createPhones(),
        newId: createTids(clock, random),
        now: clock.now,
      }),
    opened: { store: createStore(db, inTransaction), close: () => undefined },
  });
  whole.seed();
  const made = { content: content(), drawn };
  void whole.stop();
  close();
  seeded.set(city, made);
  return made;
}
