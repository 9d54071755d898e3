/** Where pictures wait, whatever a city runs on: a folder beside its database, or a bucket. */

export type Spool = {
  /**
   * Keeps `bytes` and gives their key: SHA-256 in hex, a hyphen, 16 random hex digits. When it
   * resolves they are safe; the same bytes twice are two keys.
   */
  readonly put: (bytes: Uint8Array) => Promise<string>;
  /** Keeps bytes under the key that they had, as a backup has them. Throws where they are others. */
  readonly putBack: (key: string, bytes: Uint8Array) => Promise<void>;
  /** Undefined when they are lost: not there, or no longer what was put. */
  readonly get: (key: string) => Promise<Uint8Array | undefined>;
  /** Removes them; no matter whether they were there. */
  readonly remove: (key: string) => Promise<void>;
  /** The keys of all that is kept now, in no order. */
  readonly keys: () => Promise<readonly string[]>;
  /** Whether there is room for further pictures. */
  readonly hasRoom: () => boolean;
};

const KEY = /^[0-9a-f]{64}-[0-9a-f]{16}$/;

/** Whether a text could be a key of a spool. */
export const isSpoolKey = (text: string): boolean => KEY.test(text);
