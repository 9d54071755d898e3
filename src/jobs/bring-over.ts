/**
 * Evidence that waited when a city began to name the work on a task first is written once more, a
 * few pieces a minute, so that clients find it. Source: channels.md, What Hypercerts clients look at.
 */
import { MINUTE_MS } from '../lib/clock.ts';
import { bringEvidenceOver } from '../services/evidence/record-evidence.ts';
import type { Job } from './jobs.ts';

/** The name of the number of the evidence that was looked at last. */
const BROUGHT_OVER = 'evidence-brought-over';
const DONE = 'all';
/** So many a minute leave room in the write budget for what people do meanwhile. */
const PIECES_MAX = 3;

export const bringOverJob: Job = {
  everyMs: MINUTE_MS,
  run: (context) => {
    const { tx } = context;
    const after = tx.cursors.get(BROUGHT_OVER) ?? '0';
    if (after === DONE) return false;
    const waiting = tx.reviews.waitingAfter(Number(after), PIECES_MAX);
    const written = waiting.filter((evidence) => bringEvidenceOver(context, evidence));
    tx.cursors.put(BROUGHT_OVER, String(waiting.at(-1)?.id ?? DONE));
    return written.length > 0;
  },
};
