/** A city's Durable Object as a place of a city, asked through the door of its operators. */
import * as z from 'zod';
import { ConfigError } from '../config/config.ts';
import type { TablePage } from '../store/tables.ts';
import type { Filling, Home, NewHome, PlaceFacts } from '../tools/move/place.ts';
import type { WorkerDoor } from './worker-door.ts';

const FactsSchema = z.strictObject({
  did: z.string().nullable(),
  keyId: z.string(),
  shape: z.number(),
  isEmpty: z.boolean(),
});
const TablesSchema = z.array(z.strictObject({ name: z.string(), rows: z.number() }));
const PageSchema = z.strictObject({
  table: z.string(),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
});
const KeysSchema = z.array(z.string());

type Both = Omit<Home, 'name'> & Filling;

function requestsOf({ ask }: WorkerDoor): Both {
  const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
    const response = await ask('GET', path);
    const parsed = schema.safeParse(await response.json().catch(() => undefined));
    if (parsed.success) return parsed.data;
    throw new ConfigError('That is no answer of a city’s worker: is it of the same version?');
  };
  const post = async (path: string, body?: string): Promise<void> => {
    const response = await ask('POST', path, body);
    await response.body?.cancel();
  };
  return {
    facts: () => get<PlaceFacts>('move', FactsSchema),
    freeze: () => post('move/freeze'),
    goOn: () => post('move/go-on'),
    leave: () => post('move/leave'),
    tables: () => get('move/tables', TablesSchema),
    read: (table, after) => {
      const query =
        after === undefined ? '' : `?${new URLSearchParams({ after: JSON.stringify(after) })}`;
      return get<TablePage>(`move/tables/${table}${query}`, PageSchema);
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
});

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
