/**
 * Remembers what `make` gave for up to `limit` keys and then starts afresh: the same few dates
 * are written thousands of times an hour, and writing one costs more than the whole rest.
 */
export function createMemo<K extends string | number>(
  limit: number,
  make: (key: K) => string,
): (key: K) => string {
  const made = new Map<K, string>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    if (made.size >= limit) made.clear();
    const text = make(key);
    made.set(key, text);
    return text;
  };
}
