import { activityKey, CONTRIBUTORS_MAX } from '../../records/kinds/activity.ts';
import type { Context } from '../context.ts';

type Contributor = {
  readonly participantId: string;
  /** When their evidence was approved (ms). */
  readonly at: number;
};

/**
 * Writes down in public who did the work of a task: everybody whose evidence was approved, in that
 * order, a thousand to a record. A full record never changes again. `first` is the only one so far,
 * where that is known. Answers how many people it wrote, including those whose record it wrote
 * again; 0 when nobody was missing.
 */
export function recordWork(context: Context, taskId: number, first?: Contributor): number {
  const { tx, records } = context;
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
    const facts = {
      ...task,
      number: task.id,
      city: context.city.name,
      issuer: issuer.name,
      ...(place === undefined ? {} : { location: records.ref('location', place) }),
      part,
      contributors: contributors.map(({ participantId }) => participantId),
      createdAt,
    };
    const { cid } =
      before > 0
        ? records.update('activity', { rkey }, facts)
        : records.create('activity', facts, rkey);
    tx.activities.put({ taskId, part, rkey, cid, contributors: count, createdAt });
    written += count;
    recorded += count;
    if (count < CONTRIBUTORS_MAX) break;
  }
  if (written > 0) tx.activities.setRecorded(taskId, recorded);
  return written;
}
