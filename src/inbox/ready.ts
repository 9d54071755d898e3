/** Finds the messages that can be processed now: the first that waits of each person. */
import type { Reader } from '../conversation/reader.ts';
import { BoundedMap } from '../lib/memo.ts';
import type { WaitingMessage } from '../store/inbox.ts';
import type { Store } from '../store/store.ts';
import { isStop } from './stop.ts';

const PAGE = 128;
/** How many messages share one commit. */
const BATCH_MAX = 64;
/** How many messages behind one that waits are read at once in search of STOP. */
const BEHIND_PAGE = 50;
const SEARCHED_KEPT = 10_000;

/** By address: up to which message behind which first one nobody says STOP. */
export type Searched = Map<number, { readonly first: number; readonly last: number }>;

export const createSearched = (): Searched => new BoundedMap(SEARCHED_KEPT);

type Search = {
  readonly store: Store;
  readonly reader: Pick<Reader, 'legalWord'>;
  /** What earlier looks searched. */
  readonly before: Searched;
  readonly searched: Searched;
};

/**
 * At most one message a person, in order of arrival. One that waits for its next attempt, or for its
 * pictures, holds up its own person only, and does not hold up STOP, from whichever of their
 * addresses. `retryAt` (ms) is the time of the first of those attempts; `wantsPictures` tells whether
 * one waits for its pictures, and `isAll` whether nothing else could be processed now. What was
 * `searched` counts from when the look is on disk: what it saw may be undone.
 */
export function findReady(parts: Omit<Search, 'searched'>, now: number) {
  const { store, reader } = parts;
  const searched: Searched = new Map();
  const search = { ...parts, searched };
  const rows: WaitingMessage[] = [];
  /** Whose first message was seen, and whether one of theirs is among the rows. */
  const seen = new Map<number, boolean>();
  let retryAt: number | undefined;
  let wantsPictures = false;
  let isAll = true;
  for (const row of waitingMessages(store)) {
    const hasRow = seen.get(row.person.id);
    if (hasRow === true) {
      isAll = false;
      continue;
    }
    const isRetried = row.retryAt > now;
    let next: WaitingMessage | undefined = row;
    if (hasRow === false) {
      // Another of their addresses waits; opting out of this one does not.
      next = isStop(row.payload, reader) && !isRetried ? row : stopBehind(search, row);
    } else {
      if (isRetried) retryAt = Math.min(row.retryAt, retryAt ?? row.retryAt);
      const waits = !isRetried && waitsForPictures(store, row);
      wantsPictures ||= waits;
      // Opting out comes before everything: it does not wait for a picture that is slow to come.
      if (isRetried || waits) next = stopBehind(search, row);
    }
    seen.set(row.person.id, next !== undefined);
    if (next !== undefined) rows.push(next);
    if (rows.length === BATCH_MAX) {
      isAll = false;
      break;
    }
  }
  return { rows, retryAt, wantsPictures, isAll, searched };
}

/** The first STOP behind a message of the same address. What was read once is not read again. */
function stopBehind(
  { store, reader, before, searched }: Search,
  { identityId, id }: WaitingMessage,
): WaitingMessage | undefined {
  const known = before.get(identityId);
  let last = known?.first === id ? known.last : id;
  for (;;) {
    const page = store.read.inbox.behind(identityId, last, BEHIND_PAGE);
    const stop = page.find(({ payload }) => isStop(payload, reader));
    if (stop !== undefined) return stop;
    last = page.at(-1)?.id ?? last;
    searched.set(identityId, { first: id, last });
    if (page.length < BEHIND_PAGE) return undefined;
  }
}

/** The first message that waits of each address, in order of arrival. */
function* waitingMessages(store: Store): Generator<WaitingMessage> {
  let after = 0;
  for (;;) {
    const page = store.read.inbox.waiting(after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return;
    after = last.id;
  }
}

/** Pictures of somebody who has not agreed to take part are not fetched, and not waited for. */
const waitsForPictures = (store: Store, { id, payload, person }: WaitingMessage): boolean =>
  payload.pictures !== 0 &&
  store.read.pictures
    .of(id)
    .some(({ state }) => state === 'raw' || (state === 'remote' && person.joinedAt !== null));
