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
import { createServing } from './serving.ts';
import { mustBeWhole, readWorkerSettings } from './settings.ts';
import { spoolIn } from './spool.ts';
import { createStanding, type StandingOfObject } from './standing.ts';
import { ensureAlarm, setNextAlarm } from './stay-awake.ts';

type Bindings = typeof env;

/** Somebody who sends slowly holds up no move: what they send is refused afterwards. */
const SERVED_MS_MAX = 30_000;

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
  readonly #serving = createServing();
  readonly #standing: StandingOfObject;
  #store: OpenedDurable | undefined;
  #door: Promise<Hono> | undefined;
  #isChanged = false;
  /** A city that is told to stand still finishes what is under way. */
  #isClosing = false;

  constructor(ctx: DurableObjectState, bindings: Bindings) {
    super(ctx, bindings);
    this.#key = ctx.id.name ?? '';
    this.#standing = createStanding(ctx.storage.kv);
    // Until the store is open no request is served; when it cannot be, the object starts anew.
    ctx.blockConcurrencyWhile(() => this.#openStore());
  }

  async fetch(request: Request): Promise<Response> {
    try {
      if (isAtDoor(new URL(request.url).pathname)) {
        return await (await this.#openDoor()).fetch(request);
      }
      const { app } = await this.#open();
      return await this.#serving.serve(async () => app.fetch(request));
    } catch (error) {
      return refusal(error);
    }
  }

  /** Keeps the object in memory, and its city open. Never throws: alarms end after six failures. */
  async alarm(): Promise<void> {
    // Where a city has moved away nobody needs to be awake.
    if (this.#standing.now() === 'left') return;
    await setNextAlarm(this.ctx.storage, Date.now());
    await this.#open().catch(() => undefined);
  }

  /** What the cron calls, should an alarm ever be lost. */
  async wake(): Promise<void> {
    if (this.#standing.now() === 'left') return;
    await ensureAlarm(this.ctx.storage, Date.now());
    await this.#open().catch(() => undefined);
  }

  async #openStore(): Promise<void> {
    this.#store = await openDurableStore(this.ctx.storage, {
      mayWrite: () => this.#isClosing || this.#standing.now() === 'running',
    });
    if (this.#standing.now() !== 'left') await ensureAlarm(this.ctx.storage, Date.now());
  }

  /** Ends all that the city does; afterwards only a city that runs is written to. */
  async #close(): Promise<void> {
    this.#isClosing = true;
    try {
      await this.#serving.quiet(SERVED_MS_MAX);
      await this.#opening.close();
    } finally {
      this.#isClosing = false;
    }
  }

  #opened(): OpenedDurable {
    if (this.#store === undefined) throw new Error('The store is not open.');
    return this.#store;
  }

  async #open(): Promise<OpenCity> {
    this.#standing.mustRun();
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

  async #makeBackup() {
    const city = await this.#open();
    const key = await city.makeBackup();
    const found = await this.#folders().backups.get(key);
    return found === null ? undefined : { name: key.split('/').at(-1) ?? key, bytes: found.body };
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
      makeBackup: () => this.#makeBackup(),
      object: {
        standing: this.#standing,
        database: DATABASE,
        opened: () => this.#opened(),
        spool: spoolIn(this.#folders().pictures),
        close: () => this.#close(),
        renew: async (standing) => {
          await storage.deleteAll();
          this.#standing.keep(standing);
          await this.#openStore();
        },
      },
    });
  }
}
