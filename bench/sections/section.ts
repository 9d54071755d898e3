/** A part of `npm run bench` that has printed what it measured. */
export type Section = {
  /** What was aimed at and what came of it, a line each, to be read last. */
  readonly aims: readonly string[];
  /** Requests that were not answered as they should have been. */
  readonly failures?: number;
};
