import type { Move } from '../../store/moves.ts';
import type { Context } from '../context.ts';

/**
 * A word from an address of an account stops every move of it to another address. The answer to the
 * question whether it may move at once is no such word.
 */
export function stopMoves({ tx }: Context, identityId: number): readonly Move[] {
  const stopped = tx.moves.stoppedBy(identityId);
  for (const { id } of stopped) tx.moves.end(id, 'stopped');
  return stopped;
}
