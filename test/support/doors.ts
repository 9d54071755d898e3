// Doors in front of servers: what comes in is counted, and can be kept waiting before it goes on.
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { startServer } from './local-server.ts';

/** Headers that are of one connection only. */
const OF_CONNECTION = ['connection', 'host', 'content-length', 'transfer-encoding', 'keep-alive'];
const OF_BODY = [...OF_CONNECTION, 'content-encoding'];

/** Doors that count together. */
export function openDoors() {
  const closed = new Map<string, PromiseWithResolvers<void>>();
  const ends: (() => Promise<void>)[] = [];
  const open = new Map<string, number>();
  let most = 0;
  const inAll = (): number => [...open.values()].reduce((sum, count) => sum + count, 0);
  const count = (name: string, more: 1 | -1): void => {
    open.set(name, (open.get(name) ?? 0) + more);
    most = Math.max(most, inAll());
  };

  const forward = async (target: string, request: IncomingMessage) => {
    const body = await buffer(request);
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (!OF_CONNECTION.includes(name) && value !== undefined) headers.set(name, String(value));
    }
    const { method = 'GET' } = request;
    const answer = await fetch(new URL(request.url ?? '/', target), {
      ...{ method, headers, redirect: 'manual' },
      ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const kept = [...answer.headers].filter(([name]) => !OF_BODY.includes(name));
    return { status: answer.status, headers: Object.fromEntries(kept), bytes };
  };

  return {
    /** A door in front of `target`: its address. */
    add: async (name: string, target: string): Promise<string> => {
      const { url, close } = await startServer(async (request, response) => {
        count(name, 1);
        // Before who asked can know that it has its answer.
        const leave = once(() => count(name, -1));
        response.once('close', leave);
        await closed.get(name)?.promise;
        const answer = await forward(target, request);
        leave();
        response.writeHead(answer.status, answer.headers).end(answer.bytes);
      });
      ends.push(close);
      return url;
    },
    /** Keeps waiting what comes to these from now on. */
    shut: (...names: readonly string[]): void => {
      for (const name of names) closed.set(name, Promise.withResolvers());
    },
    /** Lets through what waits there, and all that comes. */
    unlock: (...names: readonly string[]): void => {
      for (const name of names) {
        closed.get(name)?.resolve();
        closed.delete(name);
      }
    },
    /** How many requests are inside now. */
    open: (name?: string): number => (name === undefined ? inAll() : (open.get(name) ?? 0)),
    /** How many were inside at once at most. */
    most: (): number => most,
    close: async (): Promise<void> => {
      for (const one of closed.values()) one.resolve();
      for (const end of ends) await end();
    },
  };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}
