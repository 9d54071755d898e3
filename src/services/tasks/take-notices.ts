import { isNoticeKind, NOTICES, type NoticeKind } from '../../domain/notice.ts';
import type { StoredNotice } from '../../store/notices.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { checkInCode } from './check-in-code.ts';
import { signLink } from './sign-link.ts';

/** One thing that somebody is told about a task, with the task as it is now. */
export type NoticeItem = {
  readonly kind: NoticeKind;
  readonly task: Task;
  readonly facts: Readonly<Record<string, string | number>>;
};

export type NoticesTold = { readonly personId: number; readonly items: readonly NoticeItem[] };

/**
 * Takes what is due to be told, person by person. What has no reason any more is left out, and of
 * several things of one kind about one task the last counts. `taken` counts what was due.
 */
export function takeNotices(
  context: Context,
  limit: number,
): { readonly told: readonly NoticesTold[]; readonly taken: number } {
  const { tx, now } = context;
  const due = tx.notices.due(now, limit);
  if (due.length === 0) return { told: [], taken: 0 };
  tx.notices.remove(due.map(({ id }) => id));
  const told = [...Map.groupBy(due, ({ personId }) => personId)].flatMap(([personId, own]) => {
    const newest = [...new Map(own.map((one) => [keyOf(one), one])).values()];
    const items = newest.flatMap((notice) => itemOf(context, notice) ?? []);
    return items.length === 0 ? [] : [{ personId, items }];
  });
  return { told, taken: due.length };
}

/** Two notices of one key are one: the newer says all. */
const keyOf = ({ id, kind, taskId }: StoredNotice): string =>
  isNoticeKind(kind) && NOTICES[kind].isEach === true
    ? `${kind} ${taskId} ${id}`
    : `${kind} ${taskId}`;

function itemOf(context: Context, notice: StoredNotice): NoticeItem | undefined {
  const { tx, now } = context;
  const { kind, personId, taskId, facts } = notice;
  const task = tx.tasks.get(taskId);
  if (task === undefined || !isNoticeKind(kind)) return undefined;
  const claim = tx.claims.newestOn(personId, taskId)?.state;
  if (!NOTICES[kind].holds({ task, claim, now })) return undefined;
  const more = kind === 'organizer-hours' ? forOrganizer(context, personId, task) : {};
  return { kind, task, facts: { ...facts, ...more } };
}

function forOrganizer(context: Context, personId: number, task: Task): NoticeItem['facts'] {
  const sign = signLink(context, personId, task);
  return { code: checkInCode(context, task), ...(sign === undefined ? {} : { sign }) };
}
