/** What an object does for a city that moves into it or out of it. */
import { openKeys } from '../city/keys.ts';
import { ConfigError } from '../config/config.ts';
import { createKeys } from '../lib/crypto.ts';
import { systemRandom } from '../lib/random.ts';
import type { Spool } from '../media/spool-port.ts';
import { CITY_DID } from '../store/cursors.ts';
import type { OpenedDurable } from '../store/open-durable.ts';
import { fillTable, isEmptyDatabase, readTable, shapeVersion, tablesIn } from '../store/tables.ts';
import type { PlaceFacts } from '../tools/move/place.ts';
import type { Movable } from '../web/operators/move-routes.ts';
import type { Standing, StandingOfObject } from './standing.ts';

/** What an object is, as far as a move needs it. */
export type MovableObject = {
  readonly standing: StandingOfObject;
  /** What operators know the database by. */
  readonly database: string;
  readonly opened: () => OpenedDurable;
  /** The secrets of the city. Throws where they are not set. */
  readonly secrets: () => Parameters<typeof openKeys>[2];
  readonly spool: Pick<Spool, 'keys' | 'get' | 'putBack' | 'remove'>;
  /** Ends all that the city does: from then on nothing is written any more. */
  readonly close: () => Promise<void>;
  /** Removes everything from the object, keeps this standing, and opens a new database in it. */
  readonly renew: (standing: Standing) => Promise<void>;
};

/** A page is one answer of JSON: fewer rows than a machine takes at once. */
const ROWS_A_PAGE = 1000;

export function createMovable(object: MovableObject): Movable {
  const { standing, opened } = object;
  /** Throws a sentence unless the city stands in one of these ways. */
  const only = (standings: readonly Standing[], sentence: string): void => {
    if (!standings.includes(standing.now())) throw new ConfigError(sentence);
  };
  const standsStill = () =>
    only(['frozen', 'filling', 'left'], 'The city runs: freeze it, or it changes meanwhile.');
  const isFilled = () => only(['filling'], 'No city is moving here.');
  const isOf = (move: string): void => {
    if (standing.move() !== move) throw new ConfigError('Another move has this city stand still.');
  };
  return {
    ...readingOf(object, standsStill),
    ...fillingOf(object, isFilled),
    facts: async () => factsOf(object),
    freeze: async (move) => {
      only(['running', 'frozen'], 'There is no city here that could stand still.');
      if (standing.now() === 'frozen') isOf(move);
      standing.keep('frozen', move);
      await object.close();
    },
    thaw: async (move) => {
      only(['running', 'frozen'], 'There is no city here that stands still.');
      if (standing.now() === 'frozen') isOf(move);
      standing.keep('running');
    },
    leave: async (move) => {
      only(['frozen'], 'The city runs: freeze it first.');
      isOf(move);
      standing.keep('left', move);
    },
    goOn: async (isNowhereElse) => {
      if (standing.now() === 'left' && !isNowhereElse) {
        throw new ConfigError(
          'The city has moved away from here. Only if it is nowhere else any more: --nowhere-else.',
        );
      }
      only(['running', 'frozen', 'left'], 'There is no city here that stands still.');
      standing.keep('running');
    },
    empty: async () => {
      only(['filling', 'left'], 'A city lives here: only one that has moved away is removed.');
      await object.close();
      await renewed(object, 'running');
    },
    clear: async (replace) => {
      const isFree = factsOf(object).isEmpty;
      if (!isFree && !(replace && standing.now() === 'left')) {
        throw new ConfigError(
          'There is a city here. One that has moved away is overwritten with --replace.',
        );
      }
      // From now on nobody opens it.
      standing.keep('filling');
      await object.close();
      await renewed(object, 'filling');
    },
    finish: async () => {
      isFilled();
      openKeys(opened().store, object.database, object.secrets());
      standing.keep('running');
    },
  };
}

async function renewed({ renew, spool }: MovableObject, standing: Standing): Promise<void> {
  await renew(standing);
  for (const key of await spool.keys()) await spool.remove(key);
}

const readingOf = (
  { opened, spool }: MovableObject,
  standsStill: () => void,
): Pick<Movable, 'tables' | 'read' | 'pictures' | 'picture'> => ({
  tables: async () => {
    standsStill();
    return tablesIn(opened().db);
  },
  read: async (table, after) => {
    standsStill();
    return readTable(opened().db, table, { after, rowsMax: ROWS_A_PAGE });
  },
  pictures: async () => {
    standsStill();
    return await spool.keys();
  },
  picture: async (key) => {
    standsStill();
    return await spool.get(key);
  },
});

const fillingOf = (
  { opened, spool }: MovableObject,
  isFilled: () => void,
): Pick<Movable, 'write' | 'putPicture'> => ({
  write: async (page) => {
    isFilled();
    fillTable(opened().db, page);
  },
  putPicture: async (key, bytes) => {
    isFilled();
    await spool.putBack(key, bytes);
  },
});

function factsOf({ opened, secrets, standing }: MovableObject): PlaceFacts {
  const { secretKey, previousSecretKey: previous } = secrets();
  if (secretKey === undefined) throw new ConfigError('The worker has no SECRET_KEY yet.');
  const keys = createKeys(secretKey, systemRandom, { previous });
  const { store, db } = opened();
  return {
    did: store.read.cursors.get(CITY_DID) ?? null,
    ...{ keyId: keys.keyId, previousKeyId: keys.previous?.keyId ?? null },
    shape: shapeVersion(db),
    // A move that broke off has left a half one, which is nobody's.
    isEmpty: standing.now() === 'filling' || isEmptyDatabase(db),
  };
}
