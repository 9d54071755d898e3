/** Keeps the messages of one sender that wait within bounds (`domain/waiting.ts`). */
import { isKept, WAITING_MAX } from '../../domain/waiting.ts';
import type { Context } from '../context.ts';

/** May one more wait that was just stored behind others of its address? `isStop`: does it opt out? */
export const mayWait = (
  { tx }: Pick<Context, 'tx'>,
  identityId: number,
  isStop: () => boolean,
): boolean => isKept(tx.inbox.waitingOf(identityId, WAITING_MAX + 1), isStop);
