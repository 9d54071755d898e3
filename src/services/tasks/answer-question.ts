import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { findOwnTask } from '../roles.ts';
import { notify } from './notify.ts';

/** An organizer answers a question; it goes back the way it came, without anybody's number. */
export function answerQuestion(
  context: Context,
  personId: number,
  { question, text }: { readonly question: number; readonly text: string },
): Result<{ readonly task: Task }, Refusal<'question-unknown'>> {
  const { tx } = context;
  const asked = tx.questions.get(question);
  const found = asked && findOwnTask(context, personId, { taskId: asked.taskId, right: 'roster' });
  if (asked === undefined || found === undefined) return refuse('question-unknown', { question });
  const { task, issuer } = found;
  notify(context, 'answer', { personId: asked.personId, task }, { text, issuer: issuer.name });
  return ok({ task });
}
