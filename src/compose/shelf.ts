/** Pictures for the sandbox's phones to show: the last few, in memory only. */
export type Shelf = {
  /** Keeps a picture under a key, a new one where none is given, and gives the key. */
  readonly put: (bytes: Uint8Array, key?: string) => string;
  readonly get: (key: string) => Uint8Array | undefined;
};

const PICTURES_KEPT = 60;

export function createShelf(newId: () => string): Shelf {
  const pictures = new Map<string, Uint8Array>();
  return {
    put: (bytes, key = newId()) => {
      pictures.set(key, bytes);
      const [oldest] = pictures.keys();
      if (pictures.size > PICTURES_KEPT && oldest !== undefined) pictures.delete(oldest);
      return key;
    },
    get: (key) => pictures.get(key),
  };
}
