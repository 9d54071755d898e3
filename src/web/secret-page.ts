/** Pages that only whoever has their address may see: it is kept by nobody, and found by nobody. */
import type { Context } from 'hono';

const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
};

export function keepSecret(c: Context): void {
  for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
}

const ROBOT = /bot|preview|crawl|spider|facebookexternalhit|whatsapp|slurp|embed/i;

/** Whether this is no person: what looks at links by itself, to show what is behind them or to be faster. */
export const isNobody = (c: Context): boolean =>
  c.req.method === 'HEAD' ||
  /prefetch|preview|prerender/.test(`${c.req.header('sec-purpose')} ${c.req.header('purpose')}`) ||
  ROBOT.test(c.req.header('user-agent') ?? '');
