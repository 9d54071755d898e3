/** Opens and closes the port, and holds every connection to what it may take of time and room. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import { readerOf } from '../web/reader.ts';

/** What strangers may take of the server. */
export type ServerLimits = {
  /** From the connection, or the request before, to the end of the headers (ms). */
  readonly headersMs: number;
  /** The same to the end of the body (ms): a photo takes a minute where the network is slow. */
  readonly requestMs: number;
  /** How long nothing may move while an answer is made or read (ms). */
  readonly idleMs: number;
  /** How long a connection stays open for the next request (ms). */
  readonly keepAliveMs: number;
  /** How often slow requests are looked for (ms). */
  readonly lookEveryMs: number;
  /** Bytes of the request line and all headers. */
  readonly headerBytesMax: number;
  readonly headersMax: number;
  readonly connectionsMax: number;
  /** Of those, the most of one reader; proxies and one's own network are not counted. */
  readonly connectionsOfOneMax: number;
};

export const SERVER_LIMITS: ServerLimits = {
  headersMs: 10 * SECOND_MS,
  requestMs: MINUTE_MS,
  idleMs: 2 * MINUTE_MS,
  keepAliveMs: 10 * SECOND_MS,
  lookEveryMs: 2 * SECOND_MS,
  headerBytesMax: 16 * 1024,
  headersMax: 100,
  connectionsMax: 2000,
  connectionsOfOneMax: 250,
};

/** How long the end of the program waits for somebody who reads slowly. */
const STOP_MS_MAX = 5 * SECOND_MS;

type Fetch = Parameters<typeof getRequestListener>[0];

export type Listening = {
  readonly port: number;
  /** Resolves when every connection has ended; one that does not in time is cut. */
  readonly close: () => Promise<void>;
};

type Options = {
  /** Those above where they are left out. */
  readonly limits?: Partial<ServerLimits>;
  /** Whether an address may have any number of connections: all readers come through it. */
  readonly isProxy?: (address: string) => boolean;
};

/** Listens at every address of this machine. Rejects with the system's error when the port is taken. */
export const listenToAll = (fetch: Fetch, port: number, options?: Options): Promise<Listening> =>
  listenAt(fetch, { port }, options);

/** Listens at this machine's own addresses only, for what nobody else may reach. */
export async function listenToSelf(
  fetch: Fetch,
  asked: number,
  options?: Options,
): Promise<Listening> {
  const first = await listenAt(fetch, { port: asked, host: '127.0.0.1' }, options);
  const { port } = first;
  const second = await listenAt(fetch, { port, host: '::1' }, options).catch(() => undefined);
  return {
    port,
    close: async () => {
      await Promise.all([first.close(), second?.close()]);
    },
  };
}

const closeServer = (server: Server) =>
  new Promise<void>((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), STOP_MS_MAX);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });

const listenAt = (
  fetch: Fetch,
  at: { readonly port: number; readonly host?: string },
  { limits: given, isProxy = () => true }: Options = {},
) =>
  new Promise<Listening>((resolve, reject) => {
    const limits = { ...SERVER_LIMITS, ...given };
    const serverOptions = {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.lookEveryMs,
      maxHeaderSize: limits.headerBytesMax,
    };
    const server = createServer(serverOptions, getRequestListener(fetch));
    server.timeout = limits.idleMs;
    server.maxHeadersCount = limits.headersMax;
    server.maxConnections = limits.connectionsMax;
    server.on('connection', limitPerReader(limits.connectionsOfOneMax, isProxy));
    server.once('error', reject);
    server.listen(at, () => {
      const { port } = server.address() as AddressInfo;
      resolve({ port, close: () => closeServer(server) });
    });
  });

/** Ends a connection of who has enough of them, so that one reader cannot take all there are. */
function limitPerReader(max: number, isProxy: (address: string) => boolean) {
  const open = new Map<string, number>();
  return (socket: Socket): void => {
    const { remoteAddress } = socket;
    if (remoteAddress === undefined || isProxy(remoteAddress)) return;
    const reader = readerOf(remoteAddress);
    const count = open.get(reader) ?? 0;
    if (count >= max) {
      socket.destroy();
      return;
    }
    open.set(reader, count + 1);
    socket.once('close', () => {
      const left = (open.get(reader) ?? 1) - 1;
      if (left === 0) open.delete(reader);
      else open.set(reader, left);
    });
  };
}
