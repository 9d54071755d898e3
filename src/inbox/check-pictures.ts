/**
 * Fetches pictures and checks them as they come in, so that a message is processed with clean ones
 * only. A provider that kept one for us is told afterwards that it need not keep it.
 */
import { Background } from '../lib/background.ts';
import { type Clock, MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import { createLoop, type Loop } from '../lib/loop.ts';
import { type Result, refuse } from '../lib/result.ts';
import type { Observe } from '../lib/steps.ts';
import { storageFault } from '../lib/storage-fault.ts';
import type { Timers } from '../lib/timers.ts';
import type { CleanPicture } from '../store/pictures.ts';
import type { Reads, Store } from '../store/store.ts';
import { chooseNext, type Places } from './fair-share.ts';

const RELEASED_AT_ONCE = 16;
/** Whoever is slow to give pictures holds up neither others nor, for long, themselves. */
const FETCHING: Places = { inAll: 12, perSender: 2, perChannel: 6, again: 3 };
/** As many as there are processes that open pictures. */
const CHECKING: Places = { inAll: 2, perSender: 1, again: 1 };
/** From the first question to the last byte, where no request waits for a place. */
const FETCH_MS_MAX = 20 * SECOND_MS;
const CHECKS_MAX = 3;
const CHECK_PAUSE_MS = SECOND_MS;
/** Nine minutes in all: a provider may recover in that time, and somebody is waiting. */
const FETCH_PAUSES_MS = [2, 10, 30, 60, 120, 300].map((s) => s * SECOND_MS);
const RELEASE_PAUSE_MS = MINUTE_MS;
const UNRELEASED_MAX = 1000;
/** A disk that is full is looked at again after this. */
const ROOM_PAUSE_MS = MINUTE_MS;
/** Somebody waits for an answer: they can send the picture again. */
const ROOM_WAIT_MS = 15 * MINUTE_MS;

/** Whoever checks pictures does not work now: no picture is to blame, and it is tried again. */
export class CheckUnavailableError extends Error {
  override readonly name = 'CheckUnavailableError';
}

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
type Raw = ReturnType<Reads['pictures']['raw']>[number];

type CheckerParts = {
  readonly store: Store;
  /** How many are fetched at once; as many as a machine has room for where it is left out. */
  readonly places?: Places | undefined;
  /** How long one may take to come (ms); `FETCH_MS_MAX` where it is left out. */
  readonly fetchMsMax?: number | undefined;
  readonly source: PictureSource;
  /** Opens what a picture is fetched by. */
  readonly openText: (sealed: string) => string;
  readonly check: CheckPicture;
  readonly spool: {
    /** Keeps bytes; answers their key. */
    readonly put: (bytes: Uint8Array) => Promise<string>;
    readonly remove: (spoolKey: string) => Promise<void>;
    readonly hasRoom: () => boolean;
  };
  readonly clock: Clock;
  readonly timers?: Timers | undefined;
  readonly observe: Observe;
  readonly failed: (error: unknown) => void;
  /** Is told when a message may have all of its pictures. */
  readonly checked: () => void;
};

type Checker = CheckerParts & {
  /** What is under way. */
  readonly fetching: Set<Remote>;
  readonly checking: Set<Raw>;
  readonly work: Background;
  readonly stopping: AbortController;
  /** When providers may be asked to release pictures again (`elapsed`, ms). */
  releaseAt: number;
  isReleasing: boolean;
  /** Pictures that their providers would not release: the others come first. */
  readonly unreleased: Set<number>;
};

export function createPictureChecker(parts: CheckerParts): Loop {
  const checker: Checker = {
    ...parts,
    fetching: new Set(),
    checking: new Set(),
    work: new Background(),
    stopping: new AbortController(),
    releaseAt: Number.NEGATIVE_INFINITY,
    isReleasing: false,
    unreleased: new Set(),
  };
  const { failed, timers, work, stopping } = checker;
  const loop = createLoop({ turn: (self) => takeTurn(checker, self), failed, timers });
  return {
    ...loop,
    stop: async () => {
      // What is being fetched is fetched again at the next start.
      stopping.abort();
      await loop.stop();
      await work.ended();
    },
    idle: async () => {
      do {
        await loop.idle();
        await work.ended();
        await loop.idle();
      } while (work.size > 0);
    },
  };
}

/** Begins as much as there are places for; each that ends wakes the loop to begin the next. */
async function takeTurn(checker: Checker, loop: Loop): Promise<boolean> {
  const { store, clock, fetching, checking } = checker;
  const { pictures } = store.read;
  const remote = pictures.remote(clock.now());
  if (remote.length > 0 && (await hasRoom(checker, loop))) {
    for (const picture of chooseNext(remote, [...fetching], checker.places ?? FETCHING)) {
      begin(checker, loop, { underWay: fetching, picture, work: fetchOne });
    }
  }
  for (const picture of chooseNext(pictures.raw(clock.now()), [...checking], CHECKING)) {
    begin(checker, loop, { underWay: checking, picture, work: checkOne });
  }
  beginRelease(checker, loop);
  const now = clock.now();
  for (const at of [pictures.nextRemoteAt(now), pictures.nextRawAt(now)]) {
    if (at !== undefined) loop.wakeAfter(at - now);
  }
  return false;
}

function begin<P>(
  checker: Checker,
  loop: Loop,
  begun: {
    readonly underWay: Set<P>;
    readonly picture: P;
    readonly work: (checker: Checker, picture: P) => Promise<void>;
  },
): void {
  const { underWay, picture, work } = begun;
  underWay.add(picture);
  const done = work(checker, picture)
    .finally(() => underWay.delete(picture))
    .then(loop.wake);
  checker.work.add(done, (error) => {
    checker.failed(error);
    loop.wakeAfter(CHECK_PAUSE_MS);
  });
}

/** While the disk is full nothing is fetched; what waits too long for that is to be sent again. */
async function hasRoom({ store, spool, clock, checked }: Checker, loop: Loop): Promise<boolean> {
  if (spool.hasRoom()) return true;
  const before = clock.now() - ROOM_WAIT_MS;
  const refused = await store.commit((tx) => tx.pictures.refuseBefore(before, 'picture-no-room'));
  if (refused.length > 0) checked();
  loop.wakeAfter(ROOM_PAUSE_MS);
  return false;
}

async function fetchOne(checker: Checker, picture: Remote): Promise<void> {
  const { store, clock, spool, stopping, fetchMsMax = FETCH_MS_MAX } = checker;
  const { id, attempts } = picture;
  const ending = AbortSignal.any([stopping.signal, AbortSignal.timeout(fetchMsMax)]);
  try {
    const result = await before(ending, fetchBytes(checker, picture));
    if (!result.ok) return await refusePicture(checker, id, result.refusal.code);
    const spoolKey = await spool.put(result.value);
    // Its sender may have been forgotten meanwhile.
    const isWanted = await store.commit((tx) => tx.pictures.markFetched(id, spoolKey));
    if (!isWanted) await spool.remove(spoolKey);
  } catch (error) {
    if (stopping.signal.aborted) return;
    checker.failed(error);
    const pauseMs = FETCH_PAUSES_MS[attempts];
    if (storageFault(error) !== undefined) {
      await store.commit((tx) => tx.pictures.postpone(id, clock.now() + ROOM_PAUSE_MS));
    } else if (pauseMs === undefined) {
      await refusePicture(checker, id, 'picture-unreachable');
    } else {
      await store.commit((tx) => tx.pictures.markTried(id, clock.now() + pauseMs));
    }
  }
}

const fetchBytes = async ({ source, openText }: Checker, { channel, source: sealed }: Remote) =>
  source.fetch(channel, sealed === null ? '' : openText(sealed));

/** Rejects when `ending` aborts, whatever becomes of the work then. */
function before<T>(ending: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = () => reject(new Error('A picture took too long to come.'));
  if (ending.aborted) end();
  ending.addEventListener('abort', end, { once: true });
  return Promise.race([work, promise]).finally(() => ending.removeEventListener('abort', end));
}

async function refusePicture(checker: Checker, id: number, code: string): Promise<void> {
  await checker.store.commit((tx) => tx.pictures.markRefused(id, code));
  checker.checked();
}

async function checkOne(checker: Checker, picture: Raw): Promise<void> {
  const { store, spool } = checker;
  const { id, spoolKey } = picture;
  const result = await tryCheck(checker, picture);
  if (result === undefined) return;
  const isWanted = await store.commit((tx) => {
    if (result.ok) return tx.pictures.markClean(id, result.value);
    tx.pictures.markRefused(id, result.refusal.code);
    return true;
  });
  if (result.ok && !isWanted) await spool.remove(result.value.spoolKey);
  checker.observe('picture.checked', { count: 1 });
  await spool.remove(spoolKey);
  checker.checked();
}

/** Undefined when the check itself failed: there will be another. A full disk is no one's fault. */
async function tryCheck(checker: Checker, { id, spoolKey, attempts }: Raw) {
  const { store, clock } = checker;
  try {
    return await checker.check(spoolKey);
  } catch (error) {
    checker.failed(error);
    if (storageFault(error) !== undefined || error instanceof CheckUnavailableError) {
      await store.commit((tx) => tx.pictures.postpone(id, clock.now() + ROOM_PAUSE_MS));
    } else if (attempts + 1 < CHECKS_MAX) {
      await store.commit((tx) => tx.pictures.markTried(id, clock.now() + CHECK_PAUSE_MS));
    } else {
      return refuse('picture-broken');
    }
    return undefined;
  }
}

/** Lets providers delete pictures. Nobody waits for it: one in trouble is asked a minute later. */
function beginRelease(checker: Checker, loop: Loop): void {
  if (checker.isReleasing || checker.clock.elapsed() < checker.releaseAt) return;
  checker.isReleasing = true;
  const done = releaseSome(checker, loop).finally(() => {
    checker.isReleasing = false;
  });
  checker.work.add(
    done.then((hasMore) => hasMore && loop.wake()),
    checker.failed,
  );
}

/** Answers whether more wait to be released. */
async function releaseSome(checker: Checker, loop: Loop): Promise<boolean> {
  const { store, clock, unreleased } = checker;
  checker.releaseAt = Number.NEGATIVE_INFINITY;
  const kept = store.read.pictures.toRelease(RELEASED_AT_ONCE + unreleased.size);
  const others = kept.filter(({ id }) => !unreleased.has(id));
  // Once all have been asked for, or too many to remember, the first is asked for again.
  if (others.length === 0 || unreleased.size > UNRELEASED_MAX) unreleased.clear();
  for (const { id, channel, source } of others.length === 0 ? kept : others) {
    try {
      await checker.source.release(channel, source === null ? '' : checker.openText(source));
      await store.commit((tx) => tx.pictures.markReleased(id));
    } catch (error) {
      checker.failed(error);
      unreleased.add(id);
      checker.releaseAt = clock.elapsed() + RELEASE_PAUSE_MS;
      loop.wakeAfter(RELEASE_PAUSE_MS);
      return false;
    }
  }
  return others.length >= RELEASED_AT_ONCE;
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
