/** Removes pictures that a crash left in the spool: nothing in the database leads to them. */
import type { Store } from '../store/store.ts';

/** Runs before anything comes in: a picture is in the spool before its message is in the inbox. */
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
