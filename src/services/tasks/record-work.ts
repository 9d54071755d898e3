import { activityKey, CONTRIBUTORS_MAX } from '../../records/kinds/activity.ts';
import { COLLECTIONS, KINDS } from '../../records/kinds/index.ts';
import type { Context } from '../context.ts';
import { locationOf } from './place.ts';

type Contributor = {
  readonly participantId: string;
  /** When their evidence was approved (ms). */
  readonly at: number;
};

/**
 * Writes down in public who did the work of a task: everybody whose evidence was approved, in that
 * order, a thousand to a record. A full record never changes again. `first` is the only one so far,
 * where that is known. Answers how many people it wrote, those included who were in a record that
 * it wrote anew; 0 when all were there.
 */
export function recordWork(context: Context, taskId: number, first?: Contributor): number {
  const { tx } = context;
  const found = tx.tasks.withIssuer(taskId);
  if (found === undefined) throw new Error('recordWork: the task is not there');
  const { task, issuer } = found;
  if (task.verified === task.recorded) return 0;
  const place = task.placeId === null ? undefined : tx.places.get(task.placeId);
  let written = 0;
  let recorded = task.recorded - (task.recorded % CONTRIBUTORS_MAX);
  while (recorded < task.verified) {
    const contributors =
      first === undefined
        ? tx.activities.contributors(taskId, recorded, CONTRIBUTORS_MAX)
        : [first];
    const count = contributors.length;
    const before = Math.max(0, task.recorded - recorded);
    const createdAt = contributors[0]?.at;
    if (createdAt === undefined || count === before) break;
    const part = recorded / CONTRIBUTORS_MAX + 1;
    const rkey = activityKey(task.rkey, part);
    const { cid } = context.stage(
      tx,
      before > 0 ? 'update' : 'create',
      COLLECTIONS.activity,
      rkey,
      KINDS.activity.build({
        ...task,
        number: task.id,
        city: context.city.name,
        issuer: issuer.name,
        ...(place === undefined ? {} : { location: locationOf(context, place) }),
        part,
        contributors: contributors.map(({ participantId }) => participantId),
        createdAt,
      }),
    );
    tx.activities.put({ taskId, part, rkey, cid, contributors: count, createdAt });
    written += count;
    recorded += count;
    if (count < CONTRIBUTORS_MAX) break;
  }
  if (written > 0) tx.activities.setRecorded(taskId, recorded);
  return written;
}
