/**
 * A city whose start page is not at the root of its host: `https://city.example/bot`. Proxies take
 * such a path off or leave it on; both are served, and pages link to where the world finds them.
 */
import type { MiddlewareHandler } from 'hono';
import { getPath } from 'hono/utils/url';

/** The path of an address without a slash at its end; empty for the root, and for no address. */
export const basePathOf = (publicUrl: string | undefined): string =>
  publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '');

/** Reads the path of a request for routing, without `base` where it begins with it. */
export const pathWithout =
  (base: string): ((request: Request) => string) =>
  (request) => {
    const path = getPath(request);
    if (path === base) return '/';
    return path.startsWith(`${base}/`) ? path.slice(base.length) : path;
  };

/** In our pages; what people wrote cannot look like it, because its quotes are escaped. */
const OWN_LINK = /\b(href|src|action)="\/(?!\/)/g;

/** Puts `base` before every link of a page that begins at the root. */
export const linksBelow =
  (base: string): MiddlewareHandler =>
  async (c, next) => {
    await next();
    if (c.res.headers.get('content-type')?.startsWith('text/html') !== true) return;
    const page = (await c.res.text()).replace(OWN_LINK, `$1="${base}/`);
    c.res = new Response(page, c.res);
  };
