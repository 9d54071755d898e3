// Composition root on Cloudflare: one Durable Object with its own SQLite holds one city.
import { DurableObject, type env } from 'cloudflare:workers';
import type { Hono } from 'hono';
import { ChannelError } from './channels/channel.ts';
import { type OpenCity, openCity } from './city/city.ts';
import { readAssets } from './cloudflare/assets.ts';
import { citiesOf, folderOf, keyAt } from './cloudflare/cities.ts';
import { folderIn } from './cloudflare/folder.ts';
import { createWorkerLog } from './cloudflare/log.ts';
import { createOpening } from './cloudflare/opening.ts';
import { createOperatorsDoor } from './cloudflare/operators.ts';
import { createCloudflarePlatform, DATABASE } from './cloudflare/platform.ts';
import { mustBeWhole, readWorkerSettings } from './cloudflare/settings.ts';
import { spoolIn } from './cloudflare/spool.ts';
import { mustRun } from './cloudflare/standing.ts';
import { ensureAlarm, setNextAlarm } from './cloudflare/stay-awake.ts';
import { ConfigError } from './config/config.ts';
import { type OpenedDurable, openDurableStore } from './store/open-durable.ts';
import { isAtDoor } from './web/operators/door.ts';

export { Pictures } from './cloudflare/pictures-entrypoint.ts';

type Bindings = typeof env;

// Whatever state it leaves, nobody waits for it; it must not be shown with somebody's number in it.
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  createWorkerLog('error').error({ err: event.reason }, 'Something failed that nobody waits for.');
});

/** One city: its store, its loops, and the HTTP in front of it. */
export class City extends DurableObject<Bindings> {
  readonly #key: string;
  readonly #opening = createOpening({
    open: (ends) => this.#openCity(ends),
    failed: (error) =>
      createWorkerLog('error').error({ err: error }, 'The city could not be opened.'),
    now: Date.now,
  });
  #store: OpenedDurable | undefined;
  #door: Promise<Hono> | undefined;
  #isChanged = false;

  constructor(ctx: DurableObjectState, bindings: Bindings) {
    super(ctx, bindings);
    this.#key = ctx.id.name ?? '';
    // Until the store is open no request is served; when it cannot be, the object starts anew.
    ctx.blockConcurrencyWhile(() => this.#openStore());
  }

  async fetch(request: Request): Promise<Response> {
    try {
      if (isAtDoor(new URL(request.url).pathname))
        return await (await this.#openDoor()).fetch(request);
      return await (await this.#open()).app.fetch(request);
    } catch (error) {
      return refusal(error);
    }
  }

  /** Keeps the object in memory, and its city open. Never throws: alarms end after six failures. */
  async alarm(): Promise<void> {
    await setNextAlarm(this.ctx.storage, Date.now());
    await this.wake();
  }

  /** What the cron calls, should an alarm ever be lost. */
  async wake(): Promise<void> {
    await ensureAlarm(this.ctx.storage, Date.now());
    await this.#open().catch(() => undefined);
  }

  async #openStore(): Promise<void> {
    this.#store = await openDurableStore(this.ctx.storage);
    await ensureAlarm(this.ctx.storage, Date.now());
  }

  #opened(): OpenedDurable {
    if (this.#store === undefined) throw new Error('The store is not open.');
    return this.#store;
  }

  async #open(): Promise<OpenCity> {
    mustRun(this.ctx.storage.kv);
    return await this.#opening.get();
  }

  #folders() {
    const folder = folderOf(this.#key, this.env);
    const { PICTURES, BACKUPS } = this.env;
    return { folder, pictures: folderIn(PICTURES, folder), backups: folderIn(BACKUPS, folder) };
  }

  async #openCity(ends: AsyncDisposableStack): Promise<OpenCity> {
    const settings = await readWorkerSettings(this.#key, this.env);
    mustBeWhole(settings);
    const { environment, city } = settings;
    const { CHECKER, ASSETS } = this.env;
    const { folder, ...buckets } = this.#folders();
    const platform = createCloudflarePlatform({
      ...{ ...this.#opened(), ...buckets, environment },
      checker: { check: (spoolKey) => CHECKER.check(spoolKey, folder) },
      log: createWorkerLog(environment.logLevel),
      assets: await readAssets(ASSETS),
      wasChangedOutside: () => {
        const was = this.#isChanged;
        this.#isChanged = false;
        return was;
      },
    });
    const running = await openCity(platform, { city, environment }, ends);
    await running.startIngresses();
    return running;
  }

  /** The same for as long as the object lives: other settings are another version of the worker. */
  #openDoor(): Promise<Hono> {
    this.#door ??= this.#makeDoor().catch((error: unknown) => {
      this.#door = undefined;
      throw error;
    });
    return this.#door;
  }

  async #makeDoor(): Promise<Hono> {
    const settings = await readWorkerSettings(this.#key, this.env);
    const { storage } = this.ctx;
    return createOperatorsDoor({
      settings,
      log: createWorkerLog(settings.environment.logLevel),
      changed: () => {
        this.#isChanged = true;
      },
      object: {
        kept: storage.kv,
        database: DATABASE,
        opened: () => this.#opened(),
        spool: spoolIn(this.#folders().pictures),
        close: this.#opening.close,
        renew: async () => {
          await storage.deleteAll();
          await this.#openStore();
        },
      },
    });
  }
}

/** A sentence for what people can set right, and nothing of what they cannot: the log has that. */
function refusal(error: unknown): Response {
  const isForPeople = error instanceof ConfigError || error instanceof ChannelError;
  const problem = isForPeople ? error.message : 'The city cannot be opened: its log says why.';
  return Response.json({ ok: false, problem }, { status: 503 });
}

export default {
  fetch: async (request: Request, bindings: Bindings): Promise<Response> => {
    const { CITY } = bindings;
    try {
      const key = keyAt(new URL(request.url).host, bindings);
      if (key === undefined) return new Response('No city is at this address.', { status: 404 });
      return await CITY.get(CITY.idFromName(key)).fetch(request);
    } catch (error) {
      return refusal(error);
    }
  },
  /** Every five minutes. */
  scheduled: async (_event: unknown, bindings: Bindings): Promise<void> => {
    const { CITY } = bindings;
    await Promise.allSettled(
      citiesOf(bindings).map(({ key }) => CITY.get(CITY.idFromName(key)).wake()),
    );
  },
};
