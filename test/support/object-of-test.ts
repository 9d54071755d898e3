// The Durable Object that the tests of whole cities run in, inside workerd: only who runs in an object
// may use its storage, and `setup.workerd.ts` runs each test there.
import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';

const ID = env.CITY.newUniqueId();
let storage: DurableObjectStorage | undefined;

/** Calls `run` inside the object, which is the same for all tests of one workerd. */
export const runInObject = (run: () => Promise<void>): Promise<void> =>
  runInDurableObject(env.CITY.get(ID), async (_city, state) => {
    storage = state.storage;
    await run();
  });

/** The storage of the object that this runs in. */
export function storageOfTest(): DurableObjectStorage {
  if (storage === undefined) throw new Error('This does not run inside the object of the tests.');
  return storage;
}
