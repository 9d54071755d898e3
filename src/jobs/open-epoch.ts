/** Writes a new epoch down when it begins: its caps are public before anything is issued in it. */
import { MINUTE_MS } from '../lib/clock.ts';
import { openEpoch } from '../services/credits/open-epoch.ts';
import type { Job } from './jobs.ts';

export const openEpochJob: Job = { everyMs: MINUTE_MS, run: openEpoch };
