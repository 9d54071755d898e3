/** What the city remembers of the last time that it audited its own public record. */
import type { Reads } from '../store/store.ts';

export type SelfAudit = {
  /** When the last one that could be done began (ms); null for never. */
  readonly at: number | null;
  /** When the last one that also fetched every picture began (ms). */
  readonly picturesAt: number | null;
  /** When the last one was tried (ms), whether it could be done or not. */
  readonly triedAt: number;
  /** How many broken links the audit found. */
  readonly findings: number;
  /** Records that are not in the repository as the database has them, or that it does not know. */
  readonly differences: number;
  /** What is wrong, in words for whoever runs the city; null for nothing. */
  readonly problem: string | null;
};

/** Where it is kept, among the small named values. */
const NAME = 'self-audit';

type Cursors = Pick<Reads['cursors'], 'get'>;

/** Undefined before the first. */
export function lastSelfAudit(cursors: Cursors): SelfAudit | undefined {
  const kept = cursors.get(NAME);
  return kept === undefined ? undefined : JSON.parse(kept);
}

export const keepSelfAudit = (
  cursors: { readonly put: (name: string, value: string) => void },
  last: SelfAudit,
): void => cursors.put(NAME, JSON.stringify(last));
