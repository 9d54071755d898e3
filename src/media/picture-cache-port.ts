/** Pictures that could be had again, kept near so that they need not be. */
export type PictureCache = {
  /** Undefined for what is not here (any more). */
  readonly get: (key: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Keeps a picture; where there is no room, it is simply not kept. */
  readonly put: (key: string, bytes: Uint8Array) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
};
