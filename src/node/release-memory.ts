/** Frees the memory that loading the program left behind. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects garbage once, between the start and the work: loading packages with long lists of
 * exports leaves much that nothing needs. The work then fills that room instead of new room beside
 * it; `npm run bench` shows the peak.
 */
export function releaseMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
}
