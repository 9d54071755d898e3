/** Writes a new epoch down when it begins: its caps are public before anything is issued in it. */
import { MINUTE_MS } from '../lib/clock.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import { openEpoch } from '../services/credits/epoch.ts';
import type { Job } from './jobs.ts';

export const openEpochJob = (core: { readonly foundation: Foundation }): Job => ({
  name: 'open-epoch',
  everyMs: MINUTE_MS,
  run: (tx) => openEpoch(contextOf(core.foundation, tx)),
});
