// What files of tests share of Bluesky: one network for all that can do with an account of their own on
// it, and one bundle of the PDS for those that start their own. Each is made when the first file asks
// for it: most need none.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type LocalNetwork, startLocalNetwork } from '../../src/sandbox/network.ts';
import { bundlePds } from './bundle.ts';
import { startServer } from './local-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where to ask for what is shared. */
    readonly sharedNetwork: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let network: Promise<LocalNetwork> | undefined;
  let bundle: Promise<string> | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-shared-'));
  const made = async (path: string | undefined): Promise<unknown> => {
    if (path === '/bundle') {
      bundle ??= bundlePds(folder);
      return bundle;
    }
    network ??= startLocalNetwork('elsewhere.test');
    const { pds, plc } = await network;
    return { pds, plc };
  };
  const server = await startServer(async ({ url }, response) => {
    try {
      response.end(JSON.stringify(await made(url)));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  project.provide('sharedNetwork', server.url);
  return async () => {
    await server.close();
    await (await network)?.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
