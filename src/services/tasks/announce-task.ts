import { CITY_CREDITS } from '../../domain/city.ts';
import { seriesFacts } from '../../domain/series.ts';
import type { TaskDraft } from '../../domain/task.ts';
import { momentAfter } from '../../domain/task-day.ts';
import { ok, type RefusalOf, type Result } from '../../lib/result.ts';
import type { Partner } from '../../store/partners.ts';
import type { Task } from '../../store/tasks.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import { take } from '../budgets/spend.ts';
import type { Context } from '../context.ts';
import { participantOf } from '../partners/change-standing.ts';
import { checkTask } from './check-task.ts';
import { areaAt, findOrAddPlace } from './find-place.ts';

/** The series that a task is a date of: its number, its name in records, and the day of its last date. */
type OfSeries = {
  readonly id: number;
  readonly key: string;
  readonly lastDay: string;
  /** Whose series it is; undefined where this is its first date. */
  readonly issuer?: Partner;
};

/** Announces a task, or a date of a series. Source: domain.md, Lifecycle. */
export const announceTask = (
  context: Context,
  personId: number,
  draft: TaskDraft,
  series?: OfSeries,
) => causeRecords(context, personId, () => announce(context, personId, draft, series));

function announce(
  context: Context,
  personId: number,
  said: TaskDraft,
  series: OfSeries | undefined,
): Result<{ readonly task: Task; readonly issuer: Partner }, RefusalOf<typeof checkTask>> {
  const draft = { ...said, isAnyTime: said.isAnyTime ?? 0, note: said.note ?? '' };
  const checked = checkTask(context, personId, draft, series?.issuer);
  if (!checked.ok) return checked;
  const issuer = checked.value;
  take(context, 'announcements', issuer.id, 1);
  const { tx, now, records } = context;
  const id = tx.tasks.nextId();
  const place = findOrAddPlace(context, draft.place);
  const area = areaAt(context, place, draft.place);
  const { rkey, cid } = records.create('task', {
    ...draft,
    number: id,
    issuer: records.ref('partner', issuer),
    location: records.ref('location', place),
    creditKind: CITY_CREDITS,
    status: 'open',
    area,
    ...(series && { series: seriesFacts(series, draft, context.city.timeZone) }),
    by: participantOf(context, personId),
    createdAt: now,
  });
  tx.tasks.add({
    ...draft,
    id,
    partnerId: issuer.id,
    placeId: place.id,
    area,
    seriesId: series?.id ?? null,
    nextAt: momentAfter(draft, now)?.at ?? null,
    createdBy: personId,
    createdAt: now,
    rkey,
    cid,
  });
  const task = tx.tasks.get(id);
  if (task === undefined) throw new Error('announceTask: the task is not there');
  return ok({ task, issuer });
}
