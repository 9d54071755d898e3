import type { StrongRef } from '../../records/strong-ref.ts';
import type { Context } from '../context.ts';
import { changeTaskRecord } from './change-task-record.ts';

/** Makes a task's record point at the public post that announces it, unless it points at one. */
export function rememberPost(context: Context, taskId: number, post: StrongRef): void {
  const { tx } = context;
  const found = tx.tasks.withIssuer(taskId);
  if (found === undefined || found.task.postUri !== null) return;
  const { cid } = changeTaskRecord(context, found, { post });
  tx.tasks.setPost(taskId, post, cid);
}
