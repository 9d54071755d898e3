/** Looks at pictures as they come in, so that a message is processed with clean ones only. */
import { createLoop, type Loop } from '../lib/loop.ts';
import type { Result } from '../lib/result.ts';
import type { Observe } from '../lib/steps.ts';
import type { CleanPicture, PictureRow } from '../store/pictures.ts';
import type { Store } from '../store/store.ts';

const BATCH = 16;

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

  const checkOne = async (picture: PictureRow): Promise<void> => {
    const result = await options.check(picture.spoolKey);
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

  return createLoop({ turn, failed: options.failed, now: options.now });
}
