/**
 * Fetches pictures and checks them as they come in, so that a message is processed with clean ones
 * only. A provider that kept one for us is told afterwards that it need not keep it.
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
/** Nine minutes in all: a provider may recover in that time, and somebody is waiting. */
const FETCH_PAUSES_MS = [2, 10, 30, 60, 120, 300].map((s) => s * SECOND_MS);
const RELEASE_PAUSE_MS = MINUTE_MS;

/** Re-encodes a raw picture and keeps it in the spool; refuses what is no good picture. */
export type CheckPicture = (
  spoolKey: string,
) => Promise<Result<CleanPicture, { readonly code: string }>>;

/** Gets pictures that a message only named from the channel that it came on. */
export type PictureSource = {
  /** Gets the bytes; throws where another try may work. */
  readonly fetch: (
    channel: string,
    source: string,
  ) => Promise<Result<Uint8Array, { readonly code: string }>>;
  /** Lets the provider delete it; throws where another try may work. */
  readonly release: (channel: string, source: string) => Promise<void>;
};

type Remote = ReturnType<Reads['pictures']['remote']>[number];

type CheckerParts = {
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
  /** Is told when a message may have all of its pictures. */
  readonly checked: () => void;
};

type Checker = CheckerParts & {
  /** When providers may be asked to release pictures again (ms). */
  releaseAt: number;
};

export function createPictureChecker(parts: CheckerParts): Loop {
  const checker: Checker = { ...parts, releaseAt: Number.NEGATIVE_INFINITY };
  const { failed, now } = parts;
  return createLoop({ turn: (loop) => takeTurn(checker, loop), failed, now });
}

async function takeTurn(checker: Checker, loop: Loop): Promise<boolean> {
  const { store, now } = checker;
  const remote = store.read.pictures.remote(now(), FETCHED_AT_ONCE);
  await Promise.all(remote.map((picture) => fetchOne(checker, picture)));
  const raw = store.read.pictures.raw(BATCH);
  // One after the other: decoding a picture takes memory, and the machine may be small.
  for (const picture of raw) await checkOne(checker, loop, picture);
  await releaseSome(checker, loop);
  const next = store.read.pictures.nextRemoteAt(now());
  if (next !== undefined) loop.wakeAt(next);
  return remote.length > 0 || raw.length === BATCH;
}

async function fetchOne(checker: Checker, picture: Remote): Promise<void> {
  const { store, now } = checker;
  const { id, channel, source, attempts } = picture;
  try {
    const result = await checker.source.fetch(channel, source ?? '');
    if (!result.ok) return refusePicture(checker, id, result.refusal.code);
    const spoolKey = await checker.spool.put(result.value);
    await store.commit((tx) => tx.pictures.markFetched(id, spoolKey));
  } catch (error) {
    checker.failed(error);
    const pauseMs = FETCH_PAUSES_MS[attempts];
    if (pauseMs === undefined) return refusePicture(checker, id, 'picture-unreachable');
    await store.commit((tx) => tx.pictures.markNotFetched(id, now() + pauseMs));
  }
}

async function refusePicture(checker: Checker, id: number, code: string): Promise<void> {
  await checker.store.commit((tx) => tx.pictures.markRefused(id, code));
  checker.checked();
}

async function checkOne(checker: Checker, loop: Loop, picture: PictureRow): Promise<void> {
  const { store } = checker;
  // Counted before the check: a picture may end the program that decodes it.
  await store.commit((tx) => tx.pictures.markTried(picture.id));
  const result =
    picture.attempts < ATTEMPTS_MAX
      ? await tryCheck(checker, loop, picture)
      : refuse('picture-broken');
  if (result === undefined) return;
  await store.commit((tx) => {
    if (result.ok) tx.pictures.markClean(picture.id, result.value);
    else tx.pictures.markRefused(picture.id, result.refusal.code);
  });
  checker.observe('picture.checked', { count: 1 });
  await checker.spool.remove(picture.spoolKey);
  checker.checked();
}

/** Undefined when the check itself failed: there will be another. */
const tryCheck = (checker: Checker, loop: Loop, picture: PictureRow) =>
  checker.check(picture.spoolKey).catch((error: unknown) => {
    checker.failed(error);
    loop.wakeAt(checker.now() + RETRY_PAUSE_MS);
    return undefined;
  });

/** Lets providers delete pictures. Nobody waits for it: one in trouble is asked a minute later. */
async function releaseSome(checker: Checker, loop: Loop): Promise<void> {
  const { store, now } = checker;
  if (now() < checker.releaseAt) return;
  checker.releaseAt = Number.NEGATIVE_INFINITY;
  for (const { id, channel, source } of store.read.pictures.toRelease(BATCH)) {
    try {
      await checker.source.release(channel, source ?? '');
      await store.commit((tx) => tx.pictures.markReleased(id));
    } catch (error) {
      checker.failed(error);
      checker.releaseAt = now() + RELEASE_PAUSE_MS;
      loop.wakeAt(checker.releaseAt);
      return;
    }
  }
}

/**
 * Removes pictures that a crash left in the spool: nothing in the database leads to them. Runs before
 * anything comes in: a picture is in the spool before its message is in the inbox.
 */
export async function sweepPictures(
  store: Store,
  spool: {
    /** Every picture there is, needed or not. */
    readonly keys: () => Promise<readonly string[]>;
    readonly remove: (spoolKey: string) => Promise<void>;
  },
): Promise<void> {
  const kept = await spool.keys();
  if (kept.length === 0) return;
  const wanted = new Set(store.read.pictures.keysInUse());
  for (const key of kept) if (!wanted.has(key)) await spool.remove(key);
}
