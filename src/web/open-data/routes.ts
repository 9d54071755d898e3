/** `/export/…`: the public records as files that open in a spreadsheet or a program. */
import { type Context, Hono } from 'hono';
import { cidOfBlob } from '../../lib/cid.ts';
import { foldWords } from '../../lib/text.ts';
import { systemWait, type Wait } from '../../lib/wait.ts';
import { wallClockOf } from '../../lib/zone.ts';
import {
  OPEN_DATA_FILES,
  OPEN_DATA_NAMES,
  type OpenDataName,
} from '../../records/open-data/files.ts';
import type { OpenData, Snapshot } from '../../records/open-data/open-data.ts';
import { isKnown } from '../etag.ts';
import { problem } from '../problem-page.ts';
import type { HomeCity } from '../public/home.ts';
import {
  FORMAT_NAMES,
  FORMATS,
  type FormatName,
  OPEN_DATA_PATHS,
  openDataPath,
  write,
} from './formats.ts';
import { createLimits } from './limits.ts';
import { createTurns, type Ending, streamOf } from './stream.ts';

export type OpenDataParts = {
  readonly data: OpenData;
  /** In ms. */
  readonly now: () => number;
  /** The system's where it is left out. */
  readonly wait?: Wait;
  /** Hears of every file that was begun, when it has come to an end. */
  readonly ended?: (file: string, ending: Ending) => void;
};

type Options = OpenDataParts & {
  /** Who asks; nobody is limited where it is left out. */
  readonly addressOf?: ((c: Context) => string | undefined) | undefined;
  readonly city: () => Pick<HomeCity, 'name' | 'timeZone'>;
  readonly failed: ((error: Error, path: string) => void) | undefined;
};

export function openDataRoutes(options: Options): Hono {
  const app = new Hono();
  const limits = createLimits();
  const turn = createTurns();

  const answer = async (c: Context, name: OpenDataName, format: FormatName): Promise<Response> => {
    const snapshot = options.data.now();
    const headers = headersOf(options, name, format, snapshot);
    if (isKnown(c.req.header('if-none-match'), headers['ETag'])) {
      return new Response(null, { status: 304, headers });
    }
    if (c.req.method === 'HEAD') return new Response(null, { headers });
    const admission = limits.admit(options.addressOf?.(c));
    if (!admission.ok) {
      c.header('Retry-After', String(admission.retrySeconds));
      return problem(c, admission.status);
    }
    const ended = (ending: Ending, error?: unknown): void => {
      admission.leave();
      options.ended?.(`${name}.${format}`, ending);
      if (error !== undefined) options.failed?.(asError(error), c.req.path);
    };
    const stream = { turn, wait: options.wait ?? systemWait, ended };
    try {
      const pages = snapshot === undefined ? [] : options.data.pages(name, snapshot);
      const pieces = write(format, OPEN_DATA_FILES[name].columns, pages);
      // What fails at once becomes a page that says so.
      const first = pieces.next();
      return new Response(streamOf(startingWith(first, pieces), stream), { headers });
    } catch (error) {
      admission.leave();
      options.ended?.(`${name}.${format}`, 'failed');
      throw error;
    }
  };

  for (const name of OPEN_DATA_NAMES) {
    for (const format of FORMAT_NAMES) {
      app.get(openDataPath(name, format), (c) => answer(c, name, format));
    }
  }
  app.all('/export/*', (c) => {
    if (!OPEN_DATA_PATHS.includes(c.req.path)) return problem(c, 404, OPEN_DATA_PATHS);
    c.header('Allow', 'GET, HEAD');
    return problem(c, 405);
  });
  return app;
}

/** The same bytes for everybody, as long as nothing is published and the columns are these. */
function headersOf(
  { city, now }: Pick<Options, 'city' | 'now'>,
  name: OpenDataName,
  format: FormatName,
  snapshot: Snapshot | undefined,
): Record<string, string> {
  const columns = new TextEncoder().encode(OPEN_DATA_FILES[name].columns.join());
  const state = snapshot === undefined ? 'empty' : `${snapshot.seq}-${snapshot.cid.slice(-12)}`;
  return {
    'Content-Type': FORMATS[format].mediaType,
    'Content-Disposition': `attachment; filename="${fileName(city(), now(), name, format)}"`,
    'Cache-Control': 'public, no-cache',
    ETag: `"${state}-${cidOfBlob(columns).slice(-8)}"`,
    ...(snapshot && { 'Last-Modified': new Date(snapshot.publishedAt).toUTCString() }),
  };
}

/** Such as `berkeley-tasks-2026-11-23.csv`, by the city's calendar. */
function fileName(
  city: Pick<HomeCity, 'name' | 'timeZone'>,
  now: number,
  name: OpenDataName,
  format: FormatName,
): string {
  const words = foldWords(city.name).toLowerCase();
  const place = words.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'city';
  const { year, month, day } = wallClockOf(now, city.timeZone);
  const date = [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
  return `${place}-${name}-${date}.${format}`;
}

function* startingWith<T>(first: IteratorResult<T, void>, rest: Iterable<T>): Generator<T, void> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
