/** Pictures for the sandbox's phones to show: the last few, in memory only. */
export type Shelf = {
  /** Keeps a picture under a key, a new one where none is given, and gives the key. */
  readonly put: (bytes: Uint8Array, key?: string) => string;
  readonly get: (key: string) => Uint8Array | undefined;
};

const PICTURES_KEPT = 60;
const BYTES_KEPT = 64 * 1024 * 1024;

export function createShelf(newId: () => string): Shelf {
  const pictures = new Map<string, Uint8Array>();
  let size = 0;
  const drop = (key: string) => {
    size -= pictures.get(key)?.byteLength ?? 0;
    pictures.delete(key);
  };
  return {
    put: (bytes, key = newId()) => {
      drop(key);
      pictures.set(key, bytes);
      size += bytes.byteLength;
      for (const oldest of pictures.keys()) {
        if (pictures.size <= PICTURES_KEPT && size <= BYTES_KEPT) break;
        drop(oldest);
      }
      return key;
    },
    get: (key) => pictures.get(key),
  };
}
