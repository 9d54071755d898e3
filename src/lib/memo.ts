import { BoundedMap } from './bounded-map.ts';

/**
 * Remembers what `make` gave for up to `limit` keys and then starts afresh: for what is asked
 * again and again and costs more to make than to keep.
 */
export function createMemo<K extends string | number, V>(
  limit: number,
  make: (key: K) => V,
): (key: K) => V {
  const made = new BoundedMap<K, V>(limit);
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
