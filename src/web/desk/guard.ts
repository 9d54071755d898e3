/**
 * Who may use the desk: a cookie says whose browser it is, and every form carries what only a page of
 * that session has. A form that another site sends is refused before anything else.
 */
import type { Context as Http } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { SESSION_MS_MAX } from '../../domain/desk.ts';
import { SECOND_MS } from '../../lib/clock.ts';
import { isSameText } from '../../lib/crypto.ts';
import type { Context } from '../../services/context.ts';

/**
 * Of this host alone, for all of its paths, and never sent in the clear. Browsers take `localhost` for
 * safe, so the sandbox needs no other one.
 */
const NAME = 'desk';
const OPTIONS = { prefix: 'host', httpOnly: true, secure: true, sameSite: 'Strict' } as const;
const SECRET = /^[0-9a-f]{64}$/;

/** The secret of the session that a request brings; empty for none. */
export function secretOf(c: Http): string {
  const secret = getCookie(c, NAME, 'host') ?? '';
  return SECRET.test(secret) ? secret : '';
}

export function keepSession(c: Http, secret: string): void {
  setCookie(c, NAME, secret, { ...OPTIONS, path: '/', maxAge: SESSION_MS_MAX / SECOND_MS });
}

export function dropSession(c: Http): void {
  setCookie(c, NAME, '', { ...OPTIONS, path: '/', maxAge: 0 });
}

/** What every form of a session has in it, and nobody else can know. */
export const sealOf = ({ keys }: Pick<Context, 'keys'>, secret: string): string =>
  keys.secretLookup('desk', `form ${secret}`);

export const isSealed = (context: Pick<Context, 'keys'>, secret: string, given: string): boolean =>
  secret !== '' && isSameText(given, sealOf(context, secret));

/** Does the browser itself say that another site sent this? Those that say nothing have the seal. */
export function isFromElsewhere(c: Http): boolean {
  const site = c.req.header('sec-fetch-site');
  return site === 'cross-site' || site === 'same-site';
}
