import { isOver } from '../../domain/claim.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Claim } from '../../store/claims.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { findOwnTask } from '../roles.ts';
import { checkInCode } from './check-in-code.ts';
import { signLink } from './sign-link.ts';

/**
 * Lists who is in a task, for its issuer. A task of another issuer is refused like one that is not
 * there.
 */
export function seeRoster(
  context: Context,
  personId: number,
  taskId: number,
): Result<
  {
    readonly task: Task;
    /** What people who are there check in with. */
    readonly code: string;
    /** The address of the sign that says so, for this person alone. */
    readonly sign: string | undefined;
    readonly lines: readonly {
      /** The number by which organizers name the person. */
      readonly position: number;
      readonly guests: number;
      readonly participantId: string;
      readonly state: Claim['state'];
      /** `no`: the last they were to hear about the task did not arrive, or nothing can. */
      readonly heard: 'yes' | 'no';
    }[];
  },
  Refusal<'task-unknown'>
> {
  const found = findOwnTask(context, personId, { taskId, right: 'roster' });
  if (found === undefined) return refuse('task-unknown', { task: taskId });
  const { tx } = context;
  const unheard = new Set(tx.claims.outOfReach(taskId));
  for (const { personId, state } of tx.outbox.noticesAbout(taskId)) {
    // The newest counts, which comes last.
    if (state === 'failed' || state === 'dead') unheard.add(personId);
    else if (state === 'delivered') unheard.delete(personId);
  }
  const lines = tx.claims.roster(taskId).map(({ claim, participantId }, at) => ({
    position: at + 1,
    guests: claim.guests,
    participantId,
    state: claim.state,
    heard: unheard.has(claim.personId) ? ('no' as const) : ('yes' as const),
  }));
  const code = checkInCode(context, found.task);
  const sign = signLink(context, personId, found.task);
  return ok({ task: found.task, code, sign, lines: lines.filter(({ state }) => !isOver(state)) });
}
