/** Removes pictures that a crash left in the spool: nothing in the database leads to them. */
import type { Store } from '../store/store.ts';

/** Runs before anything comes in: a picture is in the spool before its message is in the inbox. */
export async function sweepPictures(options: {
  readonly store: Store;
  readonly pictureKeys: () => Promise<readonly string[]>;
  readonly removePicture: (spoolKey: string) => Promise<void>;
}): Promise<void> {
  const kept = await options.pictureKeys();
  if (kept.length === 0) return;
  const wanted = new Set(options.store.read.pictures.keysInUse());
  for (const key of kept) if (!wanted.has(key)) await options.removePicture(key);
}
