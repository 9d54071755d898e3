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
