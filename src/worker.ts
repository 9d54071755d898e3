// Composition root on Cloudflare: one Durable Object with its own SQLite holds one city.
import type { env } from 'cloudflare:workers';
import { DurableObject } from 'cloudflare:workers';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/durable-sqlite';
import { migrate } from 'drizzle-orm/durable-sqlite/migrator';
import { Hono } from 'hono';
import migrations from '../migrations/migrations.js';
import * as schema from './store/schema/index.ts';

type Bindings = typeof env;

/** One city: its store, and the HTTP that reads and changes it. */
export class City extends DurableObject<Bindings> {
  readonly database;
  readonly #http = new Hono();

  constructor(ctx: DurableObjectState, bindings: Bindings) {
    super(ctx, bindings);
    this.database = drizzle(ctx.storage, { schema });
    // Until the migrations are in, no request is served; when one fails, the object starts anew.
    ctx.blockConcurrencyWhile(() => migrate(this.database, migrations));
    this.#http.get('/healthz', (context) => context.json(this.#health()));
  }

  fetch(request: Request): Response | Promise<Response> {
    return this.#http.fetch(request);
  }

  #health() {
    const applied = this.database.get<{ count: number }>(
      sql`select count(*) as count from __drizzle_migrations`,
    );
    return {
      status: 'ok',
      store: {
        migrationsApplied: applied.count,
        migrationsKnown: migrations.journal.entries.length,
        bytes: this.ctx.storage.sql.databaseSize,
      },
    };
  }
}

/** One deployment serves one city, so every request goes to the same object. */
export default {
  fetch(request: Request, bindings: Bindings): Promise<Response> {
    return bindings.CITY.get(bindings.CITY.idFromName('city')).fetch(request);
  },
};
