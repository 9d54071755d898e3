// Composition root on Cloudflare: one Durable Object with its own SQLite holds one city.
import { DurableObject, type env } from 'cloudflare:workers';
import { ChannelError } from './channels/channel.ts';
import { type OpenCity, openCity } from './city/city.ts';
import { readAssets } from './cloudflare/assets.ts';
import { createWorkerLog } from './cloudflare/log.ts';
import { createCloudflarePlatform } from './cloudflare/platform.ts';
import { readWorkerSettings } from './cloudflare/settings.ts';
import { ensureAlarm, setNextAlarm } from './cloudflare/stay-awake.ts';
import { ConfigError } from './config/config.ts';
import { MINUTE_MS } from './lib/clock.ts';
import { pauseAfter } from './lib/repeat.ts';
import { openDurableStore } from './store/open-durable.ts';

export { Pictures } from './cloudflare/pictures-entrypoint.ts';

type Bindings = typeof env;

// Whatever state it leaves, nobody waits for it; it must not be shown with somebody's number in it.
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  createWorkerLog('error').error({ err: event.reason }, 'Something failed that nobody waits for.');
});

/** One city: its store, its loops, and the HTTP in front of it. */
export class City extends DurableObject<Bindings> {
  #opened: Awaited<ReturnType<typeof openDurableStore>> | undefined;
  #opening: Promise<OpenCity> | undefined;
  /** Why the city could not be opened, and until when nobody tries again (ms). */
  #failure: { readonly error: unknown; readonly until: number } | undefined;
  #failures = 0;

  constructor(ctx: DurableObjectState, bindings: Bindings) {
    super(ctx, bindings);
    // Until the store is open no request is served; when it cannot be, the object starts anew.
    ctx.blockConcurrencyWhile(async () => {
      this.#opened = await openDurableStore(ctx.storage);
      await ensureAlarm(ctx.storage, Date.now());
    });
  }

  async fetch(request: Request): Promise<Response> {
    let city: OpenCity;
    try {
      city = await this.#open();
    } catch (error) {
      return refusal(error);
    }
    return await city.app.fetch(request);
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

  /**
   * The city, opened by whoever comes first. One that could not be opened is tried again after a pause
   * that grows: each try signs in to the account, which counts that.
   */
  #open(): Promise<OpenCity> {
    const failure = this.#failure;
    if (failure !== undefined && Date.now() < failure.until) return Promise.reject(failure.error);
    this.#opening ??= this.#openCity().then(
      (city) => {
        this.#failures = 0;
        return city;
      },
      (error: unknown) => {
        this.#opening = undefined;
        this.#failures += 1;
        this.#failure = { error, until: Date.now() + pauseAfter(this.#failures, PAUSE_MS_MAX) };
        createWorkerLog('error').error({ err: error }, 'The city could not be opened.');
        throw error;
      },
    );
    return this.#opening;
  }

  async #openCity(): Promise<OpenCity> {
    const opened = this.#opened;
    if (opened === undefined) throw new Error('The store is not open.');
    const { environment, city } = readWorkerSettings(this.env);
    const log = createWorkerLog(environment.logLevel);
    const { PICTURES: pictures, BACKUPS: backups, CHECKER: checker, ASSETS } = this.env;
    const platform = createCloudflarePlatform({
      ...{ ...opened, environment, pictures, backups, checker, log },
      assets: await readAssets(ASSETS),
    });
    const ends = new AsyncDisposableStack();
    try {
      const running = await openCity(platform, { city, environment }, ends);
      await running.startIngresses();
      return running;
    } catch (error) {
      await ends.disposeAsync();
      throw error;
    }
  }
}

/** The longest pause between two tries to open a city. */
const PAUSE_MS_MAX = 10 * MINUTE_MS;

/** A sentence for what people can set right, and nothing of what they cannot: the log has that. */
function refusal(error: unknown): Response {
  const isForPeople = error instanceof ConfigError || error instanceof ChannelError;
  const problem = isForPeople ? error.message : 'The city cannot be opened: its log says why.';
  return Response.json({ ok: false, problem }, { status: 503 });
}

/** One deployment serves one city, so every request goes to the same object. */
const cityOf = ({ CITY }: Bindings) => CITY.get(CITY.idFromName('city'));

export default {
  fetch: (request: Request, bindings: Bindings): Promise<Response> =>
    cityOf(bindings).fetch(request),
  /** Every five minutes. */
  scheduled: (_event: unknown, bindings: Bindings): Promise<void> => cityOf(bindings).wake(),
};
