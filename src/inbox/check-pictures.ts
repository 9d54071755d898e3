/** Looks at pictures as they come in, so that a message is processed with clean ones only. */
import { createLoop, type Loop } from '../lib/loop.ts';
import { type Result, refuse } from '../lib/result.ts';
import type { Observe } from '../lib/steps.ts';
import type { CleanPicture, PictureRow } from '../store/pictures.ts';
import type { Store } from '../store/store.ts';

const BATCH = 16;
const ATTEMPTS_MAX = 3;
const RETRY_PAUSE_MS = 1000;

/** What media offers: the raw picture re-encoded and kept in the spool, or why not. */
export type CheckPicture = (
  spoolKey: string,
) => Promise<Result<CleanPicture, { readonly code: string }>>;

export function createPictureChecker(options: {
  readonly store: Store;
  readonly check: CheckPicture;
  readonly removePicture: (spoolKey: string) => Promise<void>;
  readonly now: () => number;
  readonly observe: Observe;
  readonly failed: (error: unknown) => void;
  /** Messages may be complete now. */
  readonly checked: () => void;
}): Loop {
  const { store } = options;

  /** Undefined when the look itself failed: there will be another. */
  const look = (picture: PictureRow) =>
    options.check(picture.spoolKey).catch((error: unknown) => {
      options.failed(error);
      loop.wakeAt(options.now() + RETRY_PAUSE_MS);
      return undefined;
    });

  const checkOne = async (picture: PictureRow): Promise<void> => {
    // Counted before the look: a picture may end the program that decodes it.
    await store.commit((tx) => tx.pictures.pictureTried(picture.id));
    const result = picture.attempts < ATTEMPTS_MAX ? await look(picture) : refuse('picture-broken');
    if (result === undefined) return;
    await store.commit((tx) => {
      if (result.ok) tx.pictures.pictureClean(picture.id, result.value);
      else tx.pictures.pictureRefused(picture.id, result.refusal.code);
    });
    options.observe('picture.checked', { count: 1 });
    await options.removePicture(picture.spoolKey);
    options.checked();
  };

  const turn = async (): Promise<boolean> => {
    const raw = store.read.pictures.rawPictures(BATCH);
    // One after the other: decoding a picture takes memory, and the machine may be small.
    for (const picture of raw) await checkOne(picture);
    return raw.length === BATCH;
  };

  const loop = createLoop({ turn, failed: options.failed, now: options.now });
  return loop;
}
