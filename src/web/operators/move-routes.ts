/** The way in and out for a city that moves, behind the door: pages of its tables, and its pictures. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { readText, readUpTo } from '../../lib/read-up-to.ts';
import type { TablePage } from '../../store/tables.ts';
import type { Filling, Home } from '../../tools/move/place.ts';
import { sentenceFor } from '../../tools/tool.ts';
import { PageSchema, RowSchema } from '../../tools/wire.ts';
import { DATA_HEADERS } from '../security.ts';
import { answer, DOOR } from './door.ts';

/** A page has one megabyte, and its rows may all be long ones. */
const PAGE_BYTES_MAX = 8_000_000;
const KEY_BYTES_MAX = 64_000;
const PICTURE_BYTES_MAX = 12_000_000;

const AfterSchema = z.strictObject({ after: RowSchema.optional() });

/** What a worker's city can do for its move. */
export type Movable = Omit<Home, 'name' | 'wayBack'> &
  Filling & {
    /** The city goes on, since somebody says so: where it has left only if it is nowhere else. */
    readonly goOn: (isNowhereElse: boolean) => Promise<void>;
    /** Removes what a city has left, or what has come of one. */
    readonly empty: () => Promise<void>;
    /** Empties the place, to be filled. With `replace` a city may be there that has moved away. */
    readonly clear: (replace: boolean) => Promise<void>;
    /** The city that has come in may run. Throws where its secrets are others. */
    readonly finish: () => Promise<void>;
  };

export function moveRoutes(movable: Movable): Hono {
  const app = new Hono();
  const at = `${DOOR}move`;
  const done = (): Response => Response.json({ done: true }, { headers: DATA_HEADERS });
  const said = (value: unknown): Response => Response.json(value, { headers: DATA_HEADERS });
  const doing = (work: (c: Context) => Promise<unknown>) => async (c: Context) => {
    await work(c);
    return done();
  };

  app.get(at, async () => said(await movable.facts()));
  const moveIn = (c: Context): string => c.req.query('move') ?? '';
  app.post(
    `${at}/freeze`,
    doing((c) => movable.freeze(moveIn(c))),
  );
  app.post(
    `${at}/thaw`,
    doing((c) => movable.thaw(moveIn(c))),
  );
  app.post(
    `${at}/leave`,
    doing((c) => movable.leave(moveIn(c))),
  );
  app.post(
    `${at}/go-on`,
    doing((c) => movable.goOn(c.req.query('nowhere-else') === 'yes')),
  );
  app.post(`${at}/empty`, doing(movable.empty));
  app.post(`${at}/finish`, doing(movable.finish));
  app.post(
    `${at}/clear`,
    doing((c) => movable.clear(c.req.query('replace') === 'yes')),
  );
  app.get(`${at}/tables`, async () => said(await movable.tables()));
  app.post(`${at}/tables/:name`, async (c) => {
    const body = await readText(KEY_BYTES_MAX, c.req.raw);
    const after = body.ok ? AfterSchema.safeParse(parsed(body.value)) : undefined;
    if (after?.success !== true) return answer(400, 'That is no place in a table.');
    return said(await movable.read(c.req.param('name'), after.data.after));
  });
  app.post(`${at}/tables`, async (c) => {
    const page = pageIn(await readText(PAGE_BYTES_MAX, c.req.raw));
    if (page === undefined) return answer(400, 'That is no page of a table.');
    await movable.write(page);
    return done();
  });
  app.get(`${at}/pictures`, async () => said(await movable.pictures()));
  app.get(`${at}/pictures/:key`, async (c) => {
    const bytes = await movable.picture(c.req.param('key'));
    const headers = { ...DATA_HEADERS, 'Content-Type': 'application/octet-stream' };
    return bytes === undefined
      ? new Response(null, { status: 204 })
      : new Response(new Uint8Array(bytes), { headers });
  });
  app.put(`${at}/pictures/:key`, async (c) => {
    const body = await readUpTo(PICTURE_BYTES_MAX, c.req.raw);
    if (body === undefined) return answer(413, 'That is more than a picture may have.');
    await movable.putPicture(c.req.param('key'), new Uint8Array(await body.arrayBuffer()));
    return done();
  });
  app.onError((error) => {
    const sentence = sentenceFor(error);
    if (sentence === undefined) throw error;
    return answer(409, sentence);
  });
  return app;
}

function pageIn(body: Awaited<ReturnType<typeof readText>>): TablePage | undefined {
  return body.ok ? PageSchema.safeParse(parsed(body.value)).data : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
