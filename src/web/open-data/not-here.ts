/**
 * `/xrpc/…`: this server is no PDS. Who asks here for the city's repository learns where it is.
 */
import { Hono } from 'hono';
import type { HomeCity } from '../public/home.ts';

/** What XRPC calls an address where it is not spoken. */
const ERROR = 'XRPCNotSupported';

export function xrpcElsewhere(city: () => Pick<HomeCity, 'did' | 'pds'>): Hono {
  return new Hono().on(['GET', 'POST'], '/xrpc/*', (c) => {
    const { did, pds } = city();
    if (did === undefined || pds === undefined) {
      const message = 'This server is no PDS, and the city has no repository yet.';
      return c.json({ error: ERROR, message }, 404);
    }
    const asked = new URL(c.req.url);
    const there = new URL(asked.pathname + asked.search, pds);
    c.header('Link', `<${there.href}>; rel="alternate"`);
    const message = `This server is no PDS. The repository of the city, ${did}, is at ${there.origin}.`;
    return c.json({ error: ERROR, message }, 404);
  });
}
