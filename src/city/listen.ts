/** Opens and closes the port. */
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
export const listenToAll = (fetch: Fetch, port: number): Promise<Listening> =>
  listenAt(fetch, { port });

/** Listens at this machine's own addresses only, for what nobody else may reach. */
export async function listenToSelf(fetch: Fetch, asked: number): Promise<Listening> {
  const first = await listenAt(fetch, { port: asked, hostname: '127.0.0.1' });
  const { port } = first;
  const second = await listenAt(fetch, { port, hostname: '::1' }).catch(() => undefined);
  return {
    port,
    close: async () => {
      await Promise.all([first.close(), second?.close()]);
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

const listenAt = (fetch: Fetch, at: { readonly port: number; readonly hostname?: string }) =>
  new Promise<Listening>((resolve, reject) => {
    const server = serve({ fetch, ...at }, ({ port }) =>
      resolve({ port, close: () => closeServer(server) }),
    );
    server.once('error', reject);
  });
