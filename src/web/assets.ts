/**
 * Style sheets, scripts and pictures of the pages. Their bytes are handed in by the composition
 * root, because not every runtime has a file system.
 */
import { Hono } from 'hono';

/** File name → content. Served as `/assets/<file name>`. */
export type Assets = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  jpg: 'image/jpeg',
  png: 'image/png',
};

/** Files are always asked for again and answered with 304 while they are the same. */
export function assetRoutes(assets: Assets): Hono {
  const etags = new Map<string, Promise<string>>();
  const etag = (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
    const known = etags.get(name);
    if (known !== undefined) return known;
    const made = hash(bytes);
    etags.set(name, made);
    return made;
  };

  return new Hono().get('/assets/:name', async (c) => {
    const name = c.req.param('name');
    const bytes = assets.get(name);
    const mediaType = MEDIA_TYPES[name.split('.').at(-1) ?? ''];
    if (bytes === undefined || mediaType === undefined) return c.notFound();
    const tag = await etag(name, bytes);
    c.header('Cache-Control', 'no-cache');
    c.header('ETag', tag);
    if (c.req.header('if-none-match') === tag) return c.body(null, 304);
    c.header('Content-Type', mediaType);
    return c.body(bytes);
  });
}

async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = Array.from(digest.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0'));
  return `"${hex.join('')}"`;
}
