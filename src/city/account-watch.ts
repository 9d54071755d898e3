/**
 * Looks up now and then where the account of the city lives and what it is called: its owner may move
 * it to another server, or give it another handle, while the city runs or stands still.
 */

import { isValidHandle } from '@atproto/syntax';
import type { Account } from '../account/directory.ts';
import { isServedAt } from '../account/served-at.ts';
import { MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import type { Store } from '../store/store.ts';
import type { Check } from '../web/health-checks.ts';

const EVERY_MS = 10 * MINUTE_MS;
/** A start waits no longer for the directory. */
const START_MS_MAX = 5 * SECOND_MS;

/** The server on which the account was when the city was first set to this service. */
const SERVER = 'account-server';

/**
 * The server of the account as it was first seen behind `service`: that may be an address within a
 * network of one's own, which tells nothing by itself.
 */
function keptServer(store: Pick<Store, 'read' | 'transact'>, service: string, now: string): string {
  const [of, kept] = store.read.cursors.get(SERVER)?.split(' ') ?? [];
  if (of === service && kept !== undefined) return kept;
  store.transact((tx) => tx.cursors.put(SERVER, `${service} ${now}`));
  return now;
}

const movedFrom = (before: string, now: string, service: string): string | undefined =>
  before === now || isServedAt(now, service) ? undefined : now;

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

export function createAccountWatch(options: {
  /** Looks an account up by its DID; undefined for one that is not there. */
  readonly lookUp: (did: string) => Promise<Account | undefined>;
  readonly store: Pick<Store, 'read' | 'transact'>;
  /** `BLUESKY_SERVICE` and `BLUESKY_IDENTIFIER`. */
  readonly service: string;
  readonly identifier: string;
  readonly log: { readonly warn: (detail: object, sentence: string) => void };
}) {
  const { lookUp, store, service, identifier, log } = options;
  let known: Account | undefined;
  let server: string | undefined;

  const look = async (did: string): Promise<void> => {
    // While the directory does not answer, everything is as it was last.
    const found = await lookUp(did).catch(() => undefined);
    if (found === undefined) return;
    const { handle, pds } = found;
    if (known !== undefined && known.handle !== handle) {
      log.warn({ handle }, 'The account of the city has another handle now.');
    }
    known = found;
    server =
      pds === undefined ? undefined : movedFrom(keptServer(store, service, pds), pds, service);
  };

  return {
    look,
    /** The server that the account has moved to; undefined while it is where it was. */
    movedTo: () => server,
    /** The handle that the account has; undefined until it was looked up. */
    handle: () => known?.handle,
    /** Looks before anybody signs in, as long as the directory answers soon. */
    lookAtStart: async (did: string): Promise<void> => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, START_MS_MAX);
      });
      await Promise.race([look(did), late]);
      clearTimeout(timer);
    },
    /** Looks now and then, until what it returns is called. */
    watch: (did: string): (() => void) => {
      if (known === undefined) void look(did);
      const timer = setInterval(() => void look(did), EVERY_MS);
      return () => clearInterval(timer);
    },
    check: ((): ReturnType<Check> => {
      if (server !== undefined) {
        return {
          state: 'down',
          sentence: `The account of the city lives at ${server} now: set BLUESKY_SERVICE to that, BLUESKY_PASSWORD to an app password made there, and start anew. Until then nothing is published.`,
        };
      }
      const handle = known?.handle;
      if (handle === undefined || !isValidHandle(identifier) || isSame(handle, identifier)) {
        return { state: 'ok' };
      }
      return {
        state: 'trouble',
        sentence: `The handle of the account is ${handle} now: set BLUESKY_IDENTIFIER to that. Until then the city signs in by its DID.`,
      };
    }) satisfies Check,
  };
}
