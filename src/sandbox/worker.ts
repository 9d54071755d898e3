// Composition root of the sandbox in Cloudflare's runtime: `npm run dev:worker` starts it in local workerd.
import { DurableObject, type env } from 'cloudflare:workers';
import { openKeys } from '../city/keys.ts';
import { readAssets } from '../cloudflare/assets.ts';
import { folderIn } from '../cloudflare/folder.ts';
import { createWorkerLog } from '../cloudflare/log.ts';
import { createOpening } from '../cloudflare/opening.ts';
import { createCloudflarePlatform, DATABASE } from '../cloudflare/platform.ts';
import { refusal } from '../cloudflare/refusal.ts';
import { readWorkerSettings } from '../cloudflare/settings.ts';
import { ensureAlarm, setNextAlarm } from '../cloudflare/stay-awake.ts';
import { type OpenedDurable, openDurableStore } from '../store/open-durable.ts';
import { isEmptyDatabase } from '../store/tables.ts';
import { createPictureBucket } from './picture-bucket.ts';
import { openSandboxCity, type SandboxCity } from './sandbox-city.ts';
import { seedSandbox } from './seed.ts';
import { readVariables } from './worker-variables.ts';

export { Pictures } from '../cloudflare/pictures-entrypoint.ts';

type Bindings = typeof env;

// Nobody waits for it: it is told in the log, without anybody's number.
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  createWorkerLog('error').error({ err: event.reason }, 'Something failed that nobody waits for.');
});

const KEY = 'city';
/** The last pictures, for the phones to show. */
const PICTURES_KEPT = 60;
/** They lie beside those that wait for the public record. */
const PICTURES_FOLDER = 'phones/';

/**
 * The sandbox's city. A change of the sources ends the object and starts another over the same storage,
 * which goes on with the same city; only the phones have forgotten what was on them.
 */
export class City extends DurableObject<Bindings> {
  readonly #opening = createOpening({
    open: (ends) => this.#openCity(ends),
    failed: (error) =>
      createWorkerLog('error').error({ err: error }, 'The sandbox could not be opened.'),
    now: Date.now,
  });
  #store: OpenedDurable | undefined;

  constructor(ctx: DurableObjectState, bindings: Bindings) {
    super(ctx, bindings);
    ctx.blockConcurrencyWhile(async () => {
      this.#store = await openDurableStore(ctx.storage);
      await ensureAlarm(ctx.storage, Date.now());
    });
  }

  async fetch(request: Request): Promise<Response> {
    try {
      const { app } = await this.#opening.get();
      return await app.fetch(request);
    } catch (error) {
      return refusal(error);
    }
  }

  /** Keeps the object in memory, where the phones are. Never throws: alarms end after six failures. */
  async alarm(): Promise<void> {
    await setNextAlarm(this.ctx.storage, Date.now());
    await this.#opening.get().catch(() => undefined);
  }

  async #openCity(ends: AsyncDisposableStack): Promise<SandboxCity> {
    if (this.#store === undefined) throw new Error('The store is not open.');
    const { store, db, privatePages } = this.#store;
    const { environment, city } = await readWorkerSettings(KEY, this.env);
    const { network, assets } = readVariables(this.env);
    const { ASSETS, BACKUPS, CHECKER, PICTURES } = this.env;
    const isNew = isEmptyDatabase(db);
    const platform = createCloudflarePlatform({
      ...{ store, privatePages, environment, pictures: PICTURES, backups: BACKUPS },
      checker: { check: (spoolKey) => CHECKER.check(spoolKey, '') },
      log: createWorkerLog(environment.logLevel),
      assets: await readAssets(ASSETS, assets),
      wasChangedOutside: () => false,
    });
    return await openSandboxCity(
      {
        ...platform,
        pictures: createPictureBucket(folderIn(PICTURES, PICTURES_FOLDER), PICTURES_KEPT),
      },
      {
        ...{ city, network, budget: environment.budget, publicUrl: environment.publicUrl },
        keys: openKeys(store, DATABASE, environment),
        seed: isNew ? seedSandbox : () => undefined,
      },
      ends,
    );
  }
}

export default {
  fetch: (request: Request, { CITY }: Bindings): Promise<Response> =>
    CITY.get(CITY.idFromName(KEY)).fetch(request),
};
