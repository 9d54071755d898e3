/** What an object does for a city that moves into it or out of it. */
import { openKeys } from '../city/keys.ts';
import { ConfigError } from '../config/config.ts';
import { createKeys } from '../lib/crypto.ts';
import { systemRandom } from '../lib/random.ts';
import type { Spool } from '../media/spool-port.ts';
import { CITY_DID } from '../store/cursors.ts';
import type { OpenedDurable } from '../store/open-durable.ts';
import { fillTable, isEmptyDatabase, readTable, shapeVersion, tablesIn } from '../store/tables.ts';
import type { Movable } from '../web/operators/move-routes.ts';
import { type Kept, keepStanding, type Standing, standingIn } from './standing.ts';

/** What an object is, as far as a move needs it. */
export type MovableObject = {
  readonly kept: Kept;
  /** What operators know the database by. */
  readonly database: string;
  readonly opened: () => OpenedDurable;
  /** The secrets of the city. Throws where they are not set. */
  readonly secrets: () => Parameters<typeof openKeys>[2];
  readonly spool: Pick<Spool, 'keys' | 'get' | 'putBack' | 'remove'>;
  /** Ends all that the city does. */
  readonly close: () => Promise<void>;
  /** Removes everything from the object, and opens a new database in it. */
  readonly renew: () => Promise<void>;
};

/** A page is one answer of JSON: fewer rows than a machine takes at once. */
const ROWS_A_PAGE = 1000;

export function createMovable(object: MovableObject): Movable {
  const { kept, spool, opened } = object;
  /** Throws a sentence unless the city stands in one of these ways. */
  const only = (standings: readonly Standing[], sentence: string): void => {
    if (!standings.includes(standingIn(kept))) throw new ConfigError(sentence);
  };
  const standsStill = () =>
    only(['frozen', 'filling', 'left'], 'The city runs: freeze it, or it changes meanwhile.');
  const isFilled = () => only(['filling'], 'No city is moving here.');
  return {
    facts: async () => ({
      did: opened().store.read.cursors.get(CITY_DID) ?? null,
      keyId: keyIdOf(object),
      shape: shapeVersion(opened().db),
      isEmpty: isEmptyDatabase(opened().db),
    }),
    freeze: async () => {
      only(['running', 'frozen'], 'There is no city here that could stand still.');
      keepStanding(kept, 'frozen');
      await object.close();
    },
    goOn: async () => {
      only(['running', 'frozen'], 'There is no city here that stands still.');
      keepStanding(kept, 'running');
    },
    leave: async () => {
      only(['frozen', 'left'], 'The city runs: freeze it first.');
      keepStanding(kept, 'left');
    },
    clear: async (replace) => {
      const isFree = standingIn(kept) === 'filling' || isEmptyDatabase(opened().db);
      if (!isFree && !(replace && standingIn(kept) === 'left')) {
        throw new ConfigError(
          'There is a city here. One that has moved away is overwritten with --replace.',
        );
      }
      // From now on nobody opens it.
      keepStanding(kept, 'filling');
      await object.close();
      await object.renew();
      keepStanding(kept, 'filling');
      for (const key of await spool.keys()) await spool.remove(key);
    },
    finish: async () => {
      isFilled();
      openKeys(opened().store, object.database, object.secrets());
      keepStanding(kept, 'running');
    },
    tables: async () => {
      standsStill();
      return tablesIn(opened().db);
    },
    read: async (table, after) => {
      standsStill();
      return readTable(opened().db, table, { after, rowsMax: ROWS_A_PAGE });
    },
    write: async (page) => {
      isFilled();
      fillTable(opened().db, page);
    },
    pictures: async () => {
      standsStill();
      return await spool.keys();
    },
    picture: async (key) => {
      standsStill();
      return await spool.get(key);
    },
    putPicture: async (key, bytes) => {
      isFilled();
      await spool.putBack(key, bytes);
    },
  };
}

function keyIdOf({ secrets }: MovableObject): string {
  const { secretKey, previousSecretKey: previous } = secrets();
  if (secretKey === undefined) throw new ConfigError('The worker has no SECRET_KEY yet.');
  return createKeys(secretKey, systemRandom, { previous }).keyId;
}
