/**
 * Clients read so and so many records of a collection, those with the lowest keys (fifty, where this
 * was looked up). What tells of the whole city must be among them, so that its keys are TIDs of the
 * first minutes of the city, whenever it is written; and since they follow from what a record tells
 * of, none is written twice. Source: channels.md, What Hypercerts clients look at.
 */
import { DAY_MS, US_PER_MS } from '../../lib/clock.ts';
import { publishableTime, tidOf } from '../../lib/ids.ts';

/** More than a time can be moved to be publishable: two places never come to one key. */
const STEP_MS = 40;
/** A month or an epoch may begin before the city does. */
const DAYS_BEFORE = 100;

/** The key at a place, from 0, after the city began (ms). Each sort of record has its own clock id. */
export const earlyKey = (beganAt: number, place: number, clockId: number): string =>
  tidOf(publishableTime((beganAt + place * STEP_MS) * US_PER_MS, clockId), clockId);

/** The place of a day (ms): there is one for each. */
export const placeOfDay = (beganAt: number, at: number): number =>
  Math.max(0, Math.floor((at - beganAt) / DAY_MS) + DAYS_BEFORE);
