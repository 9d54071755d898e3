/**
 * Checks the books twice a minute, and all of them at the start and at night. A mismatch stops
 * credits, is logged, and is told to the admins, and so is its end.
 */
import { replyWith } from '../conversation/speech.ts';
import { dayOf } from '../domain/calendar.ts';
import { HOUR_MS, SECOND_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { booksState } from '../records/books/check-books.ts';
import { createBooksWatch } from '../records/books/watch-books.ts';
import type { Context } from '../services/context.ts';
import { adminsOf } from '../services/roles.ts';
import type { Job } from './jobs.ts';

/** Whoever watches hears of a mismatch within a minute, whenever it came about. */
const EVERY_MS = 30 * SECOND_MS;
/** The hour of the city from which a night's check of the whole is due. */
const QUIET_HOUR = 4;

/** `warn` is told, in a sentence, what does not agree. */
export function checkBooksJob(mailer: Mailer, warn: (sentence: string) => void): Job {
  const watch = createBooksWatch();
  let lastNight: string | undefined;
  /** What is to be logged once it is on disk. */
  let found: string | undefined;
  return {
    everyMs: EVERY_MS,
    run: (context) => {
      const { tx, now, city } = context;
      const night = dayOf(now - QUIET_HOUR * HOUR_MS, city.timeZone);
      if (night !== lastNight) watch.begin();
      lastNight = night;
      watch.look(tx, now);
      const state = booksState(tx);
      const isClosed = state.fault !== null;
      found = isClosed && !state.isTold ? (state.fault ?? undefined) : undefined;
      if (isClosed === state.isTold) return false;
      tx.books.put({ ...state, isTold: isClosed });
      tellAdmins(context, mailer, isClosed);
      return true;
    },
    committed: async () => {
      if (found !== undefined) warn(found);
    },
  };
}

function tellAdmins(context: Context, mailer: Mailer, isClosed: boolean): void {
  for (const personId of adminsOf(context)) {
    mailer.tell(context, {
      personId,
      build: ({ say }) => replyWith(say(isClosed ? 'books.closed' : 'books.open')),
      when: 'at-once',
    });
  }
}
