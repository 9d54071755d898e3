import { type NoticeKind, noticeTime } from '../../domain/notice.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';

/**
 * A person is to be told something about a task, once it is time: in the transaction that decides it,
 * and by `sendNotices` when it is due. Source: domain.md, The day of a task.
 */
export function notify(
  context: Context,
  kind: NoticeKind,
  to: {
    readonly personId: number;
    readonly task: Pick<Task, 'id' | 'startsAt' | 'endsAt' | 'isAnyTime'>;
  },
  facts: Readonly<Record<string, string | number>> = {},
): void {
  const { tx, now } = context;
  const { personId, task } = to;
  const dueAt = noticeTime(kind, task, context);
  if (dueAt <= now) context.noticeAdded?.give();
  tx.notices.add({ personId, taskId: task.id, kind, facts, dueAt, createdAt: now });
}
