/** Where the bytes of a CAR lie while they are looked at: in memory, or in a file of the caller's. */

/** Bytes that can be read again and again. */
export type Bytes = {
  readonly size: number;
  /** The next `read` may overwrite the bytes. There are fewer than asked for only at the end. */
  readonly read: (at: number, length: number) => Uint8Array;
};

/** Takes bytes one chunk after another. */
export type Sink = {
  readonly append: (chunk: Uint8Array) => void;
  readonly bytes: () => Bytes;
};

const SLAB_BYTES = 4 * 1024 * 1024;

/** Keeps what is appended in memory, without ever copying all of it. */
export function memorySink(): Sink {
  const slabs: Uint8Array[] = [];
  let size = 0;
  const append = (chunk: Uint8Array): void => {
    for (let from = 0; from < chunk.length; ) {
      const used = size % SLAB_BYTES;
      if (used === 0) slabs.push(new Uint8Array(SLAB_BYTES));
      const part = chunk.subarray(from, from + SLAB_BYTES - used);
      (slabs.at(-1) as Uint8Array).set(part, used);
      size += part.length;
      from += part.length;
    }
  };
  const read = (at: number, length: number): Uint8Array => {
    const end = Math.min(at + length, size);
    if (end <= at) return new Uint8Array(0);
    const first = Math.floor(at / SLAB_BYTES);
    const start = at - first * SLAB_BYTES;
    if (start + end - at <= SLAB_BYTES) {
      return (slabs[first] as Uint8Array).subarray(start, start + end - at);
    }
    const whole = new Uint8Array(end - at);
    for (let done = 0; done < whole.length; ) {
      const slab = slabs[Math.floor((at + done) / SLAB_BYTES)] as Uint8Array;
      const part = slab.subarray((at + done) % SLAB_BYTES).subarray(0, whole.length - done);
      whole.set(part, done);
      done += part.length;
    }
    return whole;
  };
  return { append, bytes: () => ({ size, read }) };
}

/** Bytes that are all there already. */
export const bytesOf = (whole: Uint8Array): Bytes => ({
  size: whole.length,
  read: (at, length) => whole.subarray(at, at + length),
});
