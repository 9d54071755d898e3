import { CITY_CREDITS } from '../../domain/city.ts';
import { seriesFacts } from '../../domain/series.ts';
import type { TaskFacts } from '../../records/kinds/task.ts';
import type { StrongRef } from '../../records/strong-ref.ts';
import type { Partner } from '../../store/partners.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { areaAt, findOrAddPlace } from './find-place.ts';

/** Writes a new version of a task's public record; the task's row is left to the caller. */
export function changeTaskRecord(
  context: Context,
  { task, issuer }: { readonly task: Task; readonly issuer: Partner },
  change: Partial<Omit<TaskFacts, 'number' | 'issuer' | 'createdAt' | 'updatedAt'>>,
): { readonly placeId: number; readonly area: string | null; readonly cid: string } {
  const { records, now } = context;
  // A task that was announced before places had records gets its own now.
  const isElsewhere = change.place !== undefined && change.place !== task.place;
  const place = findOrAddPlace(
    context,
    change.place ?? task.place,
    isElsewhere ? null : task.placeId,
  );
  const area = isElsewhere ? areaAt(context, place, change.place ?? '') : task.area;
  const { cid } = records.update('task', task, {
    ...task,
    ...postOf(task),
    ...seriesOf(context, { ...task, ...change }),
    number: task.id,
    issuer: records.ref('partner', issuer),
    location: records.ref('location', place),
    creditKind: CITY_CREDITS,
    status: task.state,
    area,
    // Who announced it stays, whoever they are today.
    by: records.get('task', task.rkey)?.by ?? null,
    updatedAt: now,
    ...change,
  });
  return { placeId: place.id, area, cid };
}

function seriesOf(
  { tx, city }: Context,
  { seriesId, ...span }: Pick<Task, 'seriesId' | 'startsAt' | 'endsAt'>,
) {
  const series = seriesId === null ? undefined : tx.series.get(seriesId);
  return series === undefined ? {} : { series: seriesFacts(series, span, city.timeZone) };
}

const postOf = ({ postUri, postCid }: Task): { readonly post?: StrongRef } =>
  postUri === null || postCid === null
    ? {}
    : { post: { uri: postUri as StrongRef['uri'], cid: postCid } };
