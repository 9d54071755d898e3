/**
 * Watches the books of a running city. A mismatch is kept in the database, where it stops every
 * transfer, until a check of the whole finds none. Source: architecture.md, The ledger.
 */
import type { BookFault } from '../../domain/books.ts';
import { type BooksTx, booksState, checkBooks, keep } from './check-books.ts';
import { createWholeCheck, type WholeCheck } from './check-whole.ts';

/** In a step, so that nobody waits for it. */
const LINKS_A_STEP = 5000;

/** Checks what is new. A mismatch stops every transfer from now on; whether there is one. */
export function lookAtBooks(tx: BooksTx, now: number): boolean {
  const faults = checkBooks(tx);
  close(tx, faults, now);
  return faults.length > 0;
}

/** Keeps the first thing that does not agree; what was kept before stays. */
function close(tx: BooksTx, [first]: readonly BookFault[], now: number): void {
  const state = booksState(tx);
  if (first === undefined || state.fault !== null) return;
  tx.books.put({ ...state, fault: first.sentence, faultAt: now });
}

/** Opens the books again. What was kept of the chain may be what was wrong: it is taken afresh. */
function open(tx: BooksTx, { reckoning }: WholeCheck): void {
  const { cid = null, ...end } = reckoning.end();
  tx.books.forgetSums();
  keep(tx, reckoning);
  tx.books.put({ ...booksState(tx), ...end, cid, fault: null, faultAt: null });
}

/** It begins with a check of the whole; `begin` asks for the next one. */
export function createBooksWatch() {
  let whole: WholeCheck | undefined = createWholeCheck();
  return {
    begin: (): void => {
      whole ??= createWholeCheck();
    },
    /** Checks what is new, and goes on with the whole where that is under way. */
    look: (tx: BooksTx, now: number): void => {
      const wasClosed = tx.books.isClosed();
      lookAtBooks(tx, now);
      const isClosed = tx.books.isClosed();
      // What an earlier check has looked at may be what is wrong now.
      if (isClosed && !wasClosed) whole = createWholeCheck();
      if (isClosed) whole ??= createWholeCheck();
      const faults = whole?.step(tx, LINKS_A_STEP);
      if (whole === undefined || faults === undefined) return;
      if (faults.length > 0) close(tx, faults, now);
      else if (isClosed) open(tx, whole);
      whole = undefined;
    },
  };
}
