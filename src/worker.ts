// Composition root on Cloudflare: one Durable Object with its own SQLite holds one city.
import { DurableObject, type env } from 'cloudflare:workers';
import { Hono } from 'hono';
import { maskError } from './lib/mask-log.ts';
import { openDurableStore } from './store/open-durable.ts';
import type { Reads } from './store/store.ts';

type Bindings = typeof env;

// There is no log here yet: what nobody waits for must not be shown with somebody's number in it.
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  // biome-ignore lint/suspicious/noConsole: Nothing else is read by those who run it there.
  console.error(`Something failed that nobody was prepared for: ${maskError(event.reason)}`);
});

/** One city: its store, and the HTTP in front of it. */
export class City extends DurableObject<Bindings> {
  readonly #http = new Hono();

  constructor(ctx: DurableObjectState, bindings: Bindings) {
    super(ctx, bindings);
    // Until the store is open no request is served; when it cannot be, the object starts anew.
    ctx.blockConcurrencyWhile(async () => {
      const store = await openDurableStore(ctx.storage);
      this.#http.get('/healthz', (context) => context.json(health(store.read)));
    });
  }

  fetch(request: Request): Response | Promise<Response> {
    return this.#http.fetch(request);
  }
}

/** What waits in the store; times in ms since 1970. */
function health(read: Reads) {
  return {
    status: 'ok',
    inbox: { ...read.inbox.backlog(), parked: read.inbox.parked() },
    outbox: { waiting: read.outbox.backlog(), dead: read.outbox.deadLetters() },
  };
}

/** One deployment serves one city, so every request goes to the same object. */
export default {
  fetch(request: Request, bindings: Bindings): Promise<Response> {
    return bindings.CITY.get(bindings.CITY.idFromName('city')).fetch(request);
  },
};
