import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';

/**
 * Credits move only while the books agree: whatever would write a transfer asks this first. Source:
 * architecture.md, The ledger.
 */
export const requireOpenBooks = ({ tx }: Context): Result<true, Refusal<'books-checking'>> =>
  tx.books.isClosed() ? refuse('books-checking') : ok(true);
