/** The chain of transfers: each is one position on, later, and names the one before by its CID. */

import { US_PER_MS } from '../../lib/clock.ts';
import { isCidOf } from '../cids.ts';
import { timeOfTid, timeUsOfTid } from '../head.ts';
import { type Context, keysOf, type Looked } from './context.ts';

type Transfer = Looked<'transfer'>;

/** How far the city's clock and its server's may be apart: a commit has the time of the server. */
const CLOCKS_APART_MS = 600_000;
/** The end of a TID with clock id 0. */
const CLOCK_ID_0 = '22';

/** A transfer that waits for the one before it to be over waits no longer than that (µs). */
const FOLLOWING_US_MAX = 35_000;

/**
 * Follows the chain link by link: to be called with each valid transfer in the order of the keys.
 * Answers whether its time may be that of the one before alone: once a city's clock was set back, its
 * transfers follow one another closely until it has come up, whenever they happened.
 */
export function createChain(context: Context): (transfer: Transfer) => boolean {
  const latest = timeOfTid(context.repository.rev) + CLOCKS_APART_MS;
  let lastAt = -1;
  let lastPosition = 0;
  let lastTimeUs = 0;

  return (transfer) => {
    const { value, at, rkey, fail } = transfer;
    const { position, timeUs } = value;
    // Nothing is known about a link that could not be read: the next one is taken at its word.
    const isNext = lastAt === at - 1;
    const expected = isNext ? lastPosition + 1 : position;
    if (position === lastPosition && at > 0) {
      fail('chain-double', `Position ${position} is there twice.`);
    } else if (position < expected) {
      fail('chain-double', `Position ${position} was passed already: it should be ${expected}.`);
    } else if (position > expected) {
      fail('chain-gap', `${missing(expected, position - 1)} before it.`);
    }
    checkPrevious(context, transfer, isNext && position === expected);
    if (isNext && timeUs <= lastTimeUs) {
      fail('chain-time', 'It is not later than the transfer before it.');
    }
    if (timeUs / US_PER_MS > latest) {
      fail('chain-time', 'It is of a time after the commit that it stands in.');
    }
    if (timeUsOfTid(rkey) !== timeUs || !rkey.endsWith(CLOCK_ID_0)) {
      fail('transfer-key', 'Its key is not the TID of its time.');
    }
    if (Date.parse(value.createdAt) !== Math.floor(timeUs / US_PER_MS)) {
      fail('transfer-time', 'Its two times differ.');
    }
    const isFollowing = timeUs - lastTimeUs <= FOLLOWING_US_MAX;
    lastAt = at;
    lastPosition = position;
    lastTimeUs = timeUs;
    return isFollowing;
  };
}

/** Checks that a transfer names the one before it. */
function checkPrevious(context: Context, transfer: Transfer, isInOrder: boolean): void {
  const { at, value, fail } = transfer;
  const { previous, position } = value;
  if (at === 0) {
    if (previous !== undefined && position === 1) {
      fail('chain-start', 'It is the first, and names one before it.');
    }
    return;
  }
  const { repository } = context;
  const keys = keysOf(context, 'transfer');
  if (previous !== undefined && isCidOf(previous, repository.digest(keys, at - 1))) return;
  // After a gap the one before it is missing, which was said already.
  if (!isInOrder) return;
  const before = repository.cid(keys, at - 1);
  fail('chain-broken', `It names ${previous ?? 'none'} as the one before; that is ${before}.`);
}

const missing = (from: number, to: number): string =>
  from === to ? `Position ${from} is missing` : `Positions ${from} to ${to} are missing`;
