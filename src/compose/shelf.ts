/** Pictures for the sandbox's phones to show: the last few, in memory only. */
export type Shelf = {
  /** Keeps a picture and gives its key. */
  readonly put: (bytes: Uint8Array) => string;
  readonly get: (key: string) => Uint8Array | undefined;
};

const PICTURES_KEPT = 60;

export function createShelf(newId: () => string): Shelf {
  const pictures = new Map<string, Uint8Array>();
  return {
    put: (bytes) => {
      const key = newId();
      pictures.set(key, bytes);
      const [oldest] = pictures.keys();
      if (pictures.size > PICTURES_KEPT && oldest !== undefined) pictures.delete(oldest);
      return key;
    },
    get: (key) => pictures.get(key),
  };
}
