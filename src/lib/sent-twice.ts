/** A phone may send one message twice: said again so soon, the same words are the same wish. */
import { MINUTE_MS } from './clock.ts';

const REPEAT_MS = MINUTE_MS;

/** Was something made so shortly before `now` (both in ms) that the same words mean it? */
export const isOfLastMinute = (madeAt: number, now: number): boolean => now - madeAt < REPEAT_MS;
