/**
 * Server-sent events of the sandbox: one subscription serves all pages that watch, and ends when
 * nobody does. A page that reconnects asks for what it missed over HTTP, so nothing is kept here
 * for those who are away.
 */
import type { PageData, SandboxEvent } from './page-data.ts';

/** Events of this many milliseconds travel together. */
const FLUSH_MS = 30;
/** Proxies close a connection that is silent for long. */
const HEARTBEAT_MS = 15_000;
/** After this many unread parcels a reader is too slow: it is let go, and comes back by itself. */
const UNREAD_MAX = 64;
/** A parcel holds the newest of a flood; a page shows no more than these anyway. */
const PARCEL_EVENTS_MAX = 400;
const CLIENTS_MAX = 500;

const encoder = new TextEncoder();

export type EventHub = {
  /** A stream of events, or `undefined` when there are too many readers. */
  readonly open: () => ReadableStream<Uint8Array> | undefined;
  readonly clients: () => number;
  /** Ends every stream. */
  readonly close: () => void;
};

/** Only what concerns the people on the page is told, so a crowd elsewhere costs nothing here. */
export function eventHub(data: PageData): EventHub {
  type Client = ReadableStreamDefaultController<Uint8Array>;
  const clients = new Set<Client>();
  const shown = new Set(data.people.map(({ channel, person }) => `${channel} ${person}`));
  let waiting: SandboxEvent[] = [];
  let flushTimer: ReturnType<typeof setTimeout> | undefined;
  let heartbeat: ReturnType<typeof setInterval> | undefined;
  let unsubscribe: (() => void) | undefined;

  const broadcast = (text: string) => {
    const bytes = encoder.encode(text);
    for (const client of clients) {
      if ((client.desiredSize ?? 0) > 0) client.enqueue(bytes);
      else leave(client, 'close');
    }
  };

  const flush = () => {
    flushTimer = undefined;
    const parcel = waiting.slice(-PARCEL_EVENTS_MAX);
    waiting = [];
    broadcast(`data: ${JSON.stringify(parcel)}\n\n`);
  };

  const queue = (event: SandboxEvent) => {
    if (event.type === 'message' && !shown.has(`${event.channel} ${event.person}`)) return;
    waiting.push(event);
    flushTimer ??= setTimeout(flush, FLUSH_MS);
  };

  const enter = (client: Client) => {
    clients.add(client);
    unsubscribe ??= data.subscribe(queue);
    heartbeat ??= setInterval(() => broadcast(': still here\n\n'), HEARTBEAT_MS);
    // The DID is new at every start of the sandbox: a page of an earlier start sees that it is.
    const hello = JSON.stringify({ did: data.network().did });
    client.enqueue(encoder.encode(`retry: 1000\nevent: hello\ndata: ${hello}\n\n`));
  };

  const leave = (client: Client, how: 'close' | 'gone') => {
    clients.delete(client);
    if (how === 'close') client.close();
    if (clients.size > 0) return;
    unsubscribe?.();
    unsubscribe = undefined;
    clearInterval(heartbeat);
    heartbeat = undefined;
    clearTimeout(flushTimer);
    flushTimer = undefined;
    waiting = [];
  };

  return {
    open: () => {
      if (clients.size >= CLIENTS_MAX) return undefined;
      let own: Client;
      return new ReadableStream<Uint8Array>(
        {
          start: (controller) => {
            own = controller;
            enter(own);
          },
          cancel: () => leave(own, 'gone'),
        },
        new CountQueuingStrategy({ highWaterMark: UNREAD_MAX }),
      );
    },
    clients: () => clients.size,
    close: () => {
      for (const client of clients) leave(client, 'close');
    },
  };
}
