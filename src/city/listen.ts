/** Opens and closes the port. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { SECOND_MS } from '../lib/clock.ts';

/** How long the end of the program waits for somebody who reads slowly. */
const STOP_MS_MAX = 5 * SECOND_MS;

type Fetch = Parameters<typeof serve>[0]['fetch'];
type Server = ReturnType<typeof serve>;

export type Listening = {
  readonly port: number;
  /** Resolves when every connection has ended; one that does not in time is cut. */
  readonly close: () => Promise<void>;
};

/** Listens at every address of this machine. Rejects with the system's error when the port is taken. */
export async function listenToAll(fetch: Fetch, port: number): Promise<Listening> {
  const { server, port: bound } = await listenAt(fetch, port, undefined);
  return { port: bound, close: () => closeServer(server) };
}

/** Listens at this machine's own addresses only, for what nobody else may reach. */
export async function listenToSelf(fetch: Fetch, port: number): Promise<Listening> {
  const first = await listenAt(fetch, port, '127.0.0.1');
  const second = await listenAt(fetch, first.port, '::1').catch(() => undefined);
  const servers = [first.server, ...(second === undefined ? [] : [second.server])];
  return {
    port: first.port,
    close: async () => {
      await Promise.all(servers.map(closeServer));
    },
  };
}

const closeServer = (server: Server) =>
  new Promise<void>((resolve) => {
    const cut = setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
    }, STOP_MS_MAX);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });

const listenAt = (fetch: Fetch, port: number, hostname: string | undefined) =>
  new Promise<{ server: Server; port: number }>((resolve, reject) => {
    const server = serve(
      { fetch, port, ...(hostname === undefined ? {} : { hostname }) },
      (address: AddressInfo) => resolve({ server, port: address.port }),
    );
    server.once('error', reject);
  });
