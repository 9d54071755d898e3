/**
 * Keeps a Durable Object in memory, where the loops of its city run on their own timers: an object
 * without an event for a minute or two is put away.
 */
import { SECOND_MS } from '../lib/clock.ts';

type AlarmStorage = Pick<DurableObjectStorage, 'getAlarm' | 'setAlarm'>;

const EVERY_MS = 30 * SECOND_MS;

/**
 * Sets an alarm where there is none, or only one that was lost. One that is due must not be set anew:
 * that would cancel the very alarm that woke the object.
 */
export async function ensureAlarm(storage: AlarmStorage, now: number): Promise<void> {
  const due = await storage.getAlarm();
  if (due === null || due < now - EVERY_MS) await storage.setAlarm(now + EVERY_MS);
}

/** Sets the next alarm, from within one: before anything that could fail. */
export const setNextAlarm = (storage: AlarmStorage, now: number): Promise<void> =>
  storage.setAlarm(now + EVERY_MS);
