/** When a broadcast halts itself: too many of those it reached say STOP. */

/** Before so many messages went out, a few people say little about the rest. */
const SENT_MIN = 50;
/** A larger share than this of those who got it says STOP. */
const STOPPED_PERCENT_MAX = 2;

/** Must a broadcast halt that `sent` people got, of whom `stopped` said STOP? */
export const mustHalt = ({ sent, stopped }: { sent: number; stopped: number }): boolean =>
  sent >= SENT_MIN && stopped * 100 > sent * STOPPED_PERCENT_MAX;
