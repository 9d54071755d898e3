/**
 * A map that holds at most `limit` keys and starts afresh when another one comes: for what can be
 * found out again, so that strangers cannot fill the memory with it.
 */
export class BoundedMap<K, V> extends Map<K, V> {
  readonly #limit: number;

  constructor(limit: number) {
    super();
    this.#limit = limit;
  }

  override set(key: K, value: V): this {
    if (this.size >= this.#limit && !this.has(key)) this.clear();
    return super.set(key, value);
  }
}

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
