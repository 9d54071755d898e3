/** Writes prices down when their day has come; whoever asks for a code pays them from that moment. */
import { MINUTE_MS } from '../lib/clock.ts';
import { settlePrices } from '../services/partners/record-offer.ts';
import type { Job } from './jobs.ts';

const BATCH = 100;

export const settlePricesJob: Job = {
  everyMs: MINUTE_MS,
  run: (context) => settlePrices(context, BATCH),
};
