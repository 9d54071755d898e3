/** What is the same for every city on this machine, and for the sandbox. */
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Platform } from '../city/platform.ts';
import { createPublicFetch } from '../media/public-fetch.ts';
import type { Assets } from '../web/assets.ts';

const ASSET_FOLDERS = ['../web/client', '../sandbox/page/client'] as const;
const ASSET_NAME = /[.](css|js|svg|jpg)$/;

/** The files of the pages, which lie beside their sources. */
export function readAssets(): Assets {
  const assets = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const folder of ASSET_FOLDERS) {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    for (const name of readdirSync(path)) {
      if (ASSET_NAME.test(name)) assets.set(name, new Uint8Array(readFileSync(join(path, name))));
    }
  }
  return assets;
}

/** Its ports that have nothing of a city. */
export const MACHINE = {
  createPublicFetch,
  readFile,
  memory: () => process.memoryUsage.rss(),
  remoteAddressOf: (c) => getConnInfo(c).remote.address,
} satisfies Partial<Platform>;
