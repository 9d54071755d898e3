/** Work that nobody waits for but the end of the program. */
export class Background {
  readonly #running = new Set<Promise<unknown>>();

  /** How much of it is under way. */
  get size(): number {
    return this.#running.size;
  }

  /** Takes work over; `failed` hears of its failure. */
  add(work: Promise<unknown>, failed: (error: unknown) => void): void {
    const done: Promise<unknown> = work.catch(failed).finally(() => this.#running.delete(done));
    this.#running.add(done);
  }

  /** Resolves when all of it has ended, and what was added meanwhile as well. */
  async ended(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
