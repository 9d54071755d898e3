/** Before reviews had a record of their own, an evaluation told of a decision in its summary. */

const SUMMARY =
  /^(?<decision>approved|rejected): (?<reason>[^\n]*?)(?:, by (?<by>p-[0-9a-z]{12}))?(?:\n(?<note>[\s\S]*))?$/;

/** What such a summary says; one of any other form is a note. */
export function readFormerReview(
  summary: string,
): Readonly<Partial<Record<'decision' | 'reason' | 'by' | 'note', string>>> {
  return SUMMARY.exec(summary)?.groups ?? { note: summary };
}
