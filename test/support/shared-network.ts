// A new account on the network that all files of tests share. What stops, restarts or limits a server
// needs one of its own: own-pds.ts.
import { randomBytes } from 'node:crypto';
import { AtpAgent } from '@atproto/api';
import { inject } from 'vitest';
import type { NetworkFacts } from '../../src/sandbox/network.ts';

async function askFor<T>(path: string): Promise<T> {
  const answer = await fetch(`${inject('sharedNetwork')}${path}`);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as T;
}

/** The servers, without an account. */
export const sharedServers = () =>
  askFor<{ readonly pds: string; readonly plc: string }>('/servers');

/** The path of the PDS of dev-env in one file. */
export const bundledPds = () => askFor<string>('/bundle');

/** A handle that nobody else has on the shared network. */
export const newHandle = (name: string): string => `${name}-${randomBytes(3).toString('hex')}.test`;

/** A city's account that nobody else has. */
export async function joinSharedNetwork(name = 'berkeley'): Promise<NetworkFacts> {
  const servers = await sharedServers();
  const handle = newHandle(name);
  const password = randomBytes(18).toString('base64url');
  const email = `${handle.split('.')[0]}@city-sync.test`;
  const agent = new AtpAgent({ service: servers.pds });
  const { data } = await agent.createAccount({ handle, email, password });
  return { ...servers, did: data.did, handle, password };
}
