import { HOUR_MS } from '../../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import { spend } from '../budgets/spend.ts';
import type { Context } from '../context.ts';
import { adminsOf, personsWith } from '../roles.ts';

/** A task that begins within that time cannot wait for the hours in which people are called on. */
const URGENT_MS = 12 * HOUR_MS;

const DECIDED = ['verified', 'rejected'];

export type PassedOn = {
  readonly task: Task;
  readonly issuer: string;
  /** Those who announce tasks for the issuer; the admins where it is suspended. */
  readonly organizers: readonly number[];
  readonly isUrgent: boolean;
};

/**
 * Finds who is to hear a question about a task from somebody who takes part in it; refuses it for
 * anybody else, and where nobody but themself would hear it. Source: domain.md, The day of a task.
 */
export function passQuestion(
  context: Context,
  personId: number,
  taskId: number,
): Result<PassedOn, Refusal<'not-joined' | 'questions-many'>> {
  const { tx, now } = context;
  const found = tx.tasks.withIssuer(taskId);
  const claim = tx.claims.on(personId, taskId)?.state;
  const takesPart = claim !== undefined && !DECIDED.includes(claim);
  if (found === undefined || !takesPart) return refuse('not-joined', { task: taskId });
  const { task, issuer } = found;
  const all =
    issuer.state === 'suspended' ? adminsOf(context) : personsWith(context, issuer, 'tasks');
  const organizers = all.filter((organizer) => organizer !== personId);
  if (organizers.length === 0) return refuse('not-joined', { task: taskId });
  if (!spend(context, 'questions', personId).ok) return refuse('questions-many');
  return ok({ task, issuer: issuer.name, organizers, isUrgent: task.startsAt - now < URGENT_MS });
}
