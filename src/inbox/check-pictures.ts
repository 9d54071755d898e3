/**
 * Fetches pictures and looks at them as they come in, so that a message is processed with clean
 * ones only. What a provider kept for us it is told to let go of afterwards.
 */
import { MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import { createLoop, type Loop } from '../lib/loop.ts';
import { type Result, refuse } from '../lib/result.ts';
import type { Observe } from '../lib/steps.ts';
import type { CleanPicture, PictureRow } from '../store/pictures.ts';
import type { Reads, Store } from '../store/store.ts';

const BATCH = 16;
/** One that is slow to come must not hold up the others. */
const FETCHED_AT_ONCE = 4;
const ATTEMPTS_MAX = 3;
const RETRY_PAUSE_MS = SECOND_MS;
/** Some nine minutes in all: enough for a provider's bad moment, and somebody waits. */
const FETCH_PAUSES_MS = [2, 10, 30, 60, 120, 300].map((s) => s * SECOND_MS);
const RELEASE_PAUSE_MS = MINUTE_MS;

/** What media offers: the raw picture re-encoded and kept in the spool, or why not. */
export type CheckPicture = (
  spoolKey: string,
) => Promise<Result<CleanPicture, { readonly code: string }>>;

/** What channels offer for pictures that a message only named. */
export type PictureSource = {
  /** The bytes; throws what may go better later. */
  readonly fetch: (
    channel: string,
    source: string,
  ) => Promise<Result<Uint8Array, { readonly code: string }>>;
  /** Throws what may go better later. */
  readonly release: (channel: string, source: string) => Promise<void>;
};

type Remote = ReturnType<Reads['pictures']['remote']>[number];

export function createPictureChecker(options: {
  readonly store: Store;
  readonly source: PictureSource;
  readonly check: CheckPicture;
  readonly spool: {
    /** Keeps bytes; answers their key. */
    readonly put: (bytes: Uint8Array) => Promise<string>;
    readonly remove: (spoolKey: string) => Promise<void>;
  };
  readonly now: () => number;
  readonly observe: Observe;
  readonly failed: (error: unknown) => void;
  /** Messages may be complete now. */
  readonly checked: () => void;
}): Loop {
  const { store, now } = options;
  let releaseAt = Number.NEGATIVE_INFINITY;

  const refused = async (id: number, code: string): Promise<void> => {
    await store.commit((tx) => tx.pictures.markRefused(id, code));
    options.checked();
  };

  const fetchOne = async ({ id, channel, source, attempts }: Remote): Promise<void> => {
    try {
      const result = await options.source.fetch(channel, source ?? '');
      if (!result.ok) return refused(id, result.refusal.code);
      const spoolKey = await options.spool.put(result.value);
      await store.commit((tx) => tx.pictures.markFetched(id, spoolKey));
    } catch (error) {
      options.failed(error);
      const pause = FETCH_PAUSES_MS[attempts];
      if (pause === undefined) return refused(id, 'picture-unreachable');
      await store.commit((tx) => tx.pictures.markNotFetched(id, now() + pause));
    }
  };

  /** Undefined when the look itself failed: there will be another. */
  const look = (picture: PictureRow) =>
    options.check(picture.spoolKey).catch((error: unknown) => {
      options.failed(error);
      loop.wakeAt(now() + RETRY_PAUSE_MS);
      return undefined;
    });

  const checkOne = async (picture: PictureRow): Promise<void> => {
    // Counted before the look: a picture may end the program that decodes it.
    await store.commit((tx) => tx.pictures.markTried(picture.id));
    const result = picture.attempts < ATTEMPTS_MAX ? await look(picture) : refuse('picture-broken');
    if (result === undefined) return;
    await store.commit((tx) => {
      if (result.ok) tx.pictures.markClean(picture.id, result.value);
      else tx.pictures.markRefused(picture.id, result.refusal.code);
    });
    options.observe('picture.checked', { count: 1 });
    await options.spool.remove(picture.spoolKey);
    options.checked();
  };

  /** Nobody waits for it: a provider in trouble is asked again a minute later. */
  const releaseSome = async (): Promise<void> => {
    if (now() < releaseAt) return;
    releaseAt = Number.NEGATIVE_INFINITY;
    for (const { id, channel, source } of store.read.pictures.toRelease(BATCH)) {
      try {
        await options.source.release(channel, source ?? '');
        await store.commit((tx) => tx.pictures.markReleased(id));
      } catch (error) {
        options.failed(error);
        releaseAt = now() + RELEASE_PAUSE_MS;
        loop.wakeAt(releaseAt);
        return;
      }
    }
  };

  const turn = async (): Promise<boolean> => {
    const remote = store.read.pictures.remote(now(), FETCHED_AT_ONCE);
    await Promise.all(remote.map(fetchOne));
    const raw = store.read.pictures.raw(BATCH);
    // One after the other: decoding a picture takes memory, and the machine may be small.
    for (const picture of raw) await checkOne(picture);
    await releaseSome();
    const next = store.read.pictures.nextRemoteAt(now());
    if (next !== undefined) loop.wakeAt(next);
    return remote.length > 0 || raw.length === BATCH;
  };

  const loop = createLoop({ turn, failed: options.failed, now });
  return loop;
}
