/** Finds the messages that can be processed now: the first that waits of each person. */
import type { Reader } from '../conversation/reader.ts';
import type { WaitingMessage } from '../store/inbox.ts';
import type { Store } from '../store/store.ts';
import { isStop } from './stop.ts';

const PAGE = 128;
/** How many messages share one commit. */
const BATCH_MAX = 64;
/** How many messages behind one that waits are searched for STOP. */
const BEHIND_MAX = 50;

/**
 * At most one message a person, in order of arrival. One that waits for its next attempt, or for its
 * pictures, holds up its own person only, and does not hold up STOP. `retryAt` (ms) is the time of
 * the first of those attempts; `wantsPictures` tells whether one waits for its pictures.
 */
export function findReady(store: Store, reader: Pick<Reader, 'legalWord'>, now: number) {
  const rows: WaitingMessage[] = [];
  const busy = new Set<number>();
  let retryAt: number | undefined;
  let wantsPictures = false;
  for (const row of waitingMessages(store)) {
    if (busy.has(row.person.id)) continue;
    busy.add(row.person.id);
    const isRetried = row.retryAt > now;
    if (isRetried) retryAt = Math.min(row.retryAt, retryAt ?? row.retryAt);
    const waits = !isRetried && waitsForPictures(store, row);
    wantsPictures ||= waits;
    const next =
      isRetried || waits
        ? // Opting out comes before everything: it does not wait for a picture that is slow to come.
          store.read.inbox
            .behind(row.identityId, row.id, BEHIND_MAX)
            .find(({ payload }) => isStop(payload, reader))
        : row;
    if (next !== undefined) rows.push(next);
    if (rows.length === BATCH_MAX) break;
  }
  return { rows, retryAt, wantsPictures };
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
