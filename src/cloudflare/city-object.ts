/** The Durable Object of a city: its store, its loops, and the HTTP in front of it. */
import { DurableObject, type env } from 'cloudflare:workers';
import type { Hono } from 'hono';
import { type OpenCity, openCity } from '../city/city.ts';
import type { Observe } from '../lib/steps.ts';
import { type OpenedDurable, openDurableStore } from '../store/open-durable.ts';
import { isAtDoor } from '../web/operators/door.ts';
import { readAssets } from './assets.ts';
import { folderOf } from './cities.ts';
import { folderIn } from './folder.ts';
import { createWorkerLog } from './log.ts';
import { createOpening } from './opening.ts';
import { createOperatorsDoor } from './operators.ts';
import { createCloudflarePlatform, DATABASE } from './platform.ts';
import { refusal } from './refusal.ts';
import { mustBeWhole, readWorkerSettings } from './settings.ts';
import { spoolIn } from './spool.ts';
import { mustRun } from './standing.ts';
import { ensureAlarm, setNextAlarm } from './stay-awake.ts';

type Bindings = typeof env;

export class CityObject extends DurableObject<Bindings> {
  /** Hears of each step of a message's way. */
  protected readonly observe?: Observe;
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
    const running = await openCity(
      platform,
      { city, environment, ...(this.observe && { observe: this.observe }) },
      ends,
    );
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
