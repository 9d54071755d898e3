import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import { spend } from '../budgets/spend.ts';
import type { Context } from '../context.ts';
import { adminsOf, personsWith } from '../roles.ts';
import { notify } from './notify.ts';

export type Asked = { readonly task: Task; readonly issuer: string };

const DECIDED = ['verified', 'rejected'];

/**
 * Passes a question about a task on to those who announce tasks for its issuer, to the admins where it
 * is suspended: without the number or name of whoever asks, who has to take part. Refused where nobody
 * but themself would hear it. `text` is as they wrote it, masked.
 * Source: domain.md, The day of a task.
 */
export function askOrganizer(
  context: Context,
  person: { readonly id: number; readonly participantId: string },
  { taskId, text }: { readonly taskId: number; readonly text: string },
): Result<Asked, Refusal<'not-joined' | 'questions-many'>> {
  const { tx, now } = context;
  const found = tx.tasks.withIssuer(taskId);
  const claim = tx.claims.on(person.id, taskId)?.state;
  const takesPart = claim !== undefined && !DECIDED.includes(claim);
  if (found === undefined || !takesPart) return refuse('not-joined', { task: taskId });
  const { task, issuer } = found;
  const all =
    issuer.state === 'suspended' ? adminsOf(context) : personsWith(context, issuer, 'tasks');
  const organizers = all.filter((organizer) => organizer !== person.id);
  if (organizers.length === 0) return refuse('not-joined', { task: taskId });
  if (!spend(context, 'questions', person.id).ok) return refuse('questions-many');
  const question = tx.questions.add({ taskId, personId: person.id, askedAt: now });
  const facts = { question, text, participantId: person.participantId };
  for (const personId of organizers) notify(context, 'question', { personId, task }, facts);
  return ok({ task, issuer: issuer.name });
}
