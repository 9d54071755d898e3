/** Brings the public record of all the work in the city up to date, every six hours at most. */
import { MINUTE_MS } from '../lib/clock.ts';
import { recordCityWork } from '../services/city/record-city-work.ts';
import type { Job } from './jobs.ts';

export const recordCityWorkJob: Job = {
  everyMs: MINUTE_MS,
  run: (context) => recordCityWork(context),
};
