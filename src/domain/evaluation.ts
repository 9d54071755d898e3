/** The figures that sum up reviews (domain.md, Evidence and verification). */

export type Decided = {
  readonly decision: string;
  /** The participant id of who decided; undefined where the record does not say. */
  readonly by: string | undefined;
  /** In ms. */
  readonly at: number;
  /** What was issued on it; null for nothing. */
  readonly issued: number | null;
};

/** What came of so many decisions. `reviewers` are in the order of their first decision. */
export function sumUp(decisions: readonly Decided[]) {
  const approved = decisions.filter(({ decision }) => decision === 'approved').length;
  const reviewers = new Set(decisions.flatMap(({ by }) => (by === undefined ? [] : [by])));
  return {
    approved,
    rejected: decisions.length - approved,
    issued: decisions.reduce((sum, { issued }) => sum + (issued ?? 0), 0),
    reviewers: [...reviewers],
    /** When the last of them was made (ms); 0 for none. */
    lastAt: decisions.reduce((last, { at }) => Math.max(last, at), 0),
  };
}
