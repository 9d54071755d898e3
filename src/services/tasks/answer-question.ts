import { taskEnd } from '../../domain/task.ts';
import { DAY_MS } from '../../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { findOwnTask } from '../roles.ts';
import { notify } from './notify.ts';

/** Nobody hears from an organizer so long after the end of their task. */
const ANSWERED_WITHIN_MS = 7 * DAY_MS;

/** An organizer answers a question; it goes back the way it came, without anybody's number. */
export function answerQuestion(
  context: Context,
  personId: number,
  { question, text }: { readonly question: number; readonly text: string },
): Result<{ readonly task: Task }, Refusal<'question-unknown'>> {
  const { tx, now } = context;
  const asked = tx.questions.get(question);
  const found = asked && findOwnTask(context, personId, { taskId: asked.taskId, right: 'roster' });
  if (asked === undefined || found === undefined) return refuse('question-unknown', { question });
  const { task, issuer } = found;
  if (taskEnd(task) + ANSWERED_WITHIN_MS < now) return refuse('question-unknown', { question });
  notify(context, 'answer', { personId: asked.personId, task }, { text, issuer: issuer.name });
  return ok({ task });
}
