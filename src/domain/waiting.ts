/** How much of what one sender says may wait to be processed. */

/** More than a person says while an answer is under way, and little enough for any number of senders. */
export const WAITING_MAX = 200;

/**
 * Is a message kept that came while so many of its sender's waited, itself included? One that is not
 * is acknowledged and dropped; opting out is always kept (channels.md, Opt-out comes before everything).
 */
export const isKept = (waiting: number, isStop: () => boolean): boolean =>
  waiting <= WAITING_MAX || isStop();
