/** Randomness, handed in so that tests can repeat what happened. */
export type Random = {
  /** `length` bytes, uniformly distributed and unpredictable. */
  readonly bytes: (length: number) => Uint8Array;
};

export const systemRandom: Random = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};
