/** What a city asks of its backups, wherever they are kept. */
import type { Forgotten } from '../store/forgetting.ts';

export type Backups = {
  /** Makes a backup and removes the oldest ones. Answers its name. One is made at a time. */
  readonly make: () => Promise<string>;
  /** Makes the one that is replaced each time, and is not counted among those that are kept. */
  readonly makeRecent: () => Promise<string>;
  /** Adds people who were forgotten to the list beside the backups, safe there when it is done. */
  readonly keepForgotten: (forgotten: readonly Forgotten[]) => Promise<void>;
  /** When the newest of all was made (ms); null when there is none. */
  readonly newest: () => number | null;
  /**
   * Those that are kept: `last` is when the newest was made (ms), null when there is none; `failed`, the
   * last try. What is of a time to come tells nothing about when it was made.
   */
  readonly status: () => {
    readonly last: number | null;
    readonly kept: number;
    readonly failed: boolean;
  };
};
