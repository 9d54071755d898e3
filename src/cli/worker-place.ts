/** A city's Durable Object as a place of a city, asked through the door of its operators. */
import * as z from 'zod';
import { ConfigError } from '../config/config.ts';
import type { ReadPage } from '../store/tables.ts';
import type { Filling, Home, NewHome, PlaceFacts } from '../tools/move/place.ts';
import { PageSchema, RowSchema } from '../tools/wire.ts';
import type { WorkerDoor } from './worker-door.ts';

const FactsSchema = z.strictObject({
  did: z.string().nullable(),
  keyId: z.string(),
  previousKeyId: z.string().nullable(),
  shape: z.number(),
  isEmpty: z.boolean(),
});
const TablesSchema = z.array(z.strictObject({ name: z.string(), rows: z.number() }));
const ReadPageSchema = PageSchema.extend({ next: RowSchema.nullable() });
const KeysSchema = z.array(z.string());

type Both = Omit<Home, 'name' | 'wayBack'> & Filling;

function requestsOf({ ask }: WorkerDoor): Both {
  const answerOf = async <T>(response: Response, schema: z.ZodType<T>): Promise<T> => {
    const parsed = schema.safeParse(await response.json().catch(() => undefined));
    if (parsed.success) return parsed.data;
    throw new ConfigError('That is no answer of a city’s worker: is it of the same version?');
  };
  const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> =>
    answerOf(await ask('GET', path), schema);
  const post = async (path: string, body?: string): Promise<void> => {
    const response = await ask('POST', path, body);
    await response.body?.cancel();
  };
  return {
    facts: () => get<PlaceFacts>('move', FactsSchema),
    freeze: (move) => post(`move/freeze?move=${move}`),
    thaw: (move) => post(`move/thaw?move=${move}`),
    leave: (move) => post(`move/leave?move=${move}`),
    tables: () => get('move/tables', TablesSchema),
    read: async (table, after) => {
      const body = JSON.stringify(after === undefined ? {} : { after });
      return answerOf<ReadPage>(await ask('POST', `move/tables/${table}`, body), ReadPageSchema);
    },
    write: (page) => post('move/tables', JSON.stringify(page)),
    pictures: () => get('move/pictures', KeysSchema),
    picture: async (key) => {
      const response = await ask('GET', `move/pictures/${key}`);
      // The answer for one that is gone has no bytes at all.
      return response.status === 204 ? undefined : new Uint8Array(await response.arrayBuffer());
    },
    putPicture: async (key, bytes) => {
      const response = await ask('PUT', `move/pictures/${key}`, new Uint8Array(bytes));
      await response.body?.cancel();
    },
  };
}

/** The city of a worker. */
export const openWorkerHome = (door: WorkerDoor): Home => ({
  ...requestsOf(door),
  name: door.url,
  wayBack: `npm run move -- --go-on ${door.url} --nowhere-else`,
});

/** Has the city of a worker go on that stands still. */
export async function goOnInWorker({ ask }: WorkerDoor, isNowhereElse: boolean): Promise<void> {
  const query = isNowhereElse ? '?nowhere-else=yes' : '';
  await (await ask('POST', `move/go-on${query}`)).body?.cancel();
}

/** Removes what a city has left in a worker. */
export async function emptyWorker({ ask }: WorkerDoor): Promise<void> {
  await (await ask('POST', 'move/empty')).body?.cancel();
}

/** An object in which no city is; with `replace` one from which its city has moved away. */
export function openWorkerNewHome(door: WorkerDoor, replace: boolean): NewHome {
  const requests = requestsOf(door);
  return {
    name: door.url,
    facts: async () => {
      const facts = await requests.facts();
      return replace ? { ...facts, isEmpty: true } : facts;
    },
    fill: async (work) => {
      await (await door.ask('POST', `move/clear?replace=${replace ? 'yes' : 'no'}`)).body?.cancel();
      const done = await work(requests);
      await (await door.ask('POST', 'move/finish')).body?.cancel();
      return done;
    },
  };
}
