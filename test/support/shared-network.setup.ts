// One Bluesky network for all files of tests that can do with an account of their own on it. It starts
// when the first of them asks for it: most tests need none.
import type { TestProject } from 'vitest/node';
import { type LocalNetwork, startLocalNetwork } from '../../src/sandbox/network.ts';
import { startServer } from './local-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where to ask for the servers of the network that is shared. */
    readonly sharedNetwork: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let network: Promise<LocalNetwork> | undefined;
  const server = await startServer(async (_, response) => {
    network ??= startLocalNetwork('elsewhere.test');
    const { pds, plc } = await network;
    response.end(JSON.stringify({ pds, plc }));
  });
  project.provide('sharedNetwork', server.url);
  return async () => {
    await server.close();
    await (await network)?.close();
  };
}
