/** Removes what a crash left in the spool: pictures that no message and no record waits for. */
import type { Store } from '../store/store.ts';

/** To be called at the start, before anything new comes in. */
export async function sweepPictures(options: {
  readonly store: Store;
  readonly keys: () => Promise<readonly string[]>;
  readonly remove: (spoolKey: string) => Promise<void>;
}): Promise<number> {
  const wanted = new Set(options.store.read.pictures.spooledKeys());
  const orphans = (await options.keys()).filter((key) => !wanted.has(key));
  for (const key of orphans) await options.remove(key);
  return orphans.length;
}
