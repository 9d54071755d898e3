/**
 * Style sheets, scripts and pictures of the pages. Their bytes are handed in by the composition
 * root, because not every runtime has a file system.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
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
  const etags = new Map(Array.from(assets, ([name, bytes]) => [name, etagOf(bytes)]));
  return new Hono().get('/assets/:name', (c) => {
    const name = c.req.param('name');
    const bytes = assets.get(name);
    const mediaType = MEDIA_TYPES[name.split('.').at(-1) ?? ''];
    if (bytes === undefined || mediaType === undefined) return c.notFound();
    const tag = etags.get(name) ?? '';
    c.header('Cache-Control', 'no-cache');
    c.header('ETag', tag);
    if (c.req.header('if-none-match') === tag) return c.body(null, 304);
    c.header('Content-Type', mediaType);
    return c.body(bytes);
  });
}

const etagOf = (bytes: Uint8Array): string => `"${bytesToHex(sha256(bytes).subarray(0, 12))}"`;
