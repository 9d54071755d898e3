/**
 * The door of those who run a city that has no machine to sit at: its tools, for whoever has the one
 * token. There is no door where no token is set.
 */
import { equalBytes } from '@noble/ciphers/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { Hono, type MiddlewareHandler } from 'hono';
import { createRate } from '../rate.ts';
import { readerOf } from '../reader.ts';
import { DATA_HEADERS } from '../security.ts';

/** Moving a city takes many; whoever guesses a token of 32 characters gets nowhere with as many. */
const REQUESTS_A_MINUTE_MAX = 1200;

/** What the paths of the door begin with, below the public address of the city. */
export const DOOR = '/operators/';

export type DoorParts = {
  /** Undefined where none is set: then nothing is there. */
  readonly token: string | undefined;
  /** The address of who asks. */
  readonly addressOf: (request: Request) => string | undefined;
  /** What lies behind it, with paths that begin with `DOOR`. */
  readonly routes: readonly Hono[];
  readonly failed: (error: Error) => void;
  readonly now?: () => number;
};

export function createDoor(parts: DoorParts): Hono {
  const app = new Hono({ getPath: (request) => pathBehind(new URL(request.url).pathname) });
  app.use(limited(parts));
  app.use(onlyWith(parts.token));
  for (const routes of parts.routes) app.route('/', routes);
  app.notFound(() => answer(404, 'There is no such tool here.'));
  app.onError((error) => {
    parts.failed(error);
    return answer(500, 'Something failed: the log of the worker says what.');
  });
  return app;
}

/** An answer of the door: a status, and a sentence. */
export const answer = (status: number, problem: string): Response =>
  Response.json({ problem }, { status, headers: DATA_HEADERS });

export const isAtDoor = (pathname: string): boolean => pathname.includes(DOOR);

/** The public address of a city may have a path of its own. */
const pathBehind = (pathname: string): string => pathname.slice(pathname.indexOf(DOOR));

function limited({ addressOf, now }: DoorParts): MiddlewareHandler {
  const take = createRate(REQUESTS_A_MINUTE_MAX, now);
  return async (c, next) => {
    const retrySeconds = take(readerOf(addressOf(c.req.raw) ?? ''));
    if (retrySeconds === undefined) return next();
    const refused = answer(429, 'Too many requests: wait a minute.');
    refused.headers.set('Retry-After', String(retrySeconds));
    return refused;
  };
}

const digest = (text: string): Uint8Array => sha256(utf8ToBytes(text));

/** Compares digests, in a time that tells nothing of how much of a token was right. */
function onlyWith(token: string | undefined): MiddlewareHandler {
  const expected = token === undefined ? undefined : digest(`Bearer ${token}`);
  return async (c, next) => {
    if (expected === undefined) return answer(404, 'There is no door here.');
    const given = digest(c.req.header('authorization') ?? '');
    return equalBytes(given, expected) ? next() : answer(401, 'That is not the OPERATOR_TOKEN.');
  };
}
