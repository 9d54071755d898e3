import { COLLECTIONS } from '../records/collections.ts';
import { activityKey, activityRecord, CONTRIBUTORS_MAX } from '../records/describe/activity.ts';
import type { Context } from './context.ts';
import { locationOf } from './place.ts';

/**
 * Writes down in public who did the work of a task: everybody whose evidence was approved, in that
 * order, a thousand to a record. A full record never changes again. Answers how many people it
 * wrote, those of the last record who were in it before included; 0 when all were there.
 */
export function recordWork(context: Context, taskId: number): number {
  const { tx } = context;
  const found = tx.tasks.taskWithIssuer(taskId);
  if (found === undefined) throw new Error('recordWork: the task is not there');
  const { task, issuer } = found;
  if (task.verified === task.recorded) return 0;
  const place = task.placeId === null ? undefined : tx.places.place(task.placeId);
  let written = 0;
  let recorded = task.recorded - (task.recorded % CONTRIBUTORS_MAX);
  while (recorded < task.verified) {
    const contributors = tx.activities.contributors(taskId, recorded, CONTRIBUTORS_MAX);
    const [first] = contributors;
    if (first === undefined) throw new Error('recordWork: fewer people than approvals');
    const part = recorded / CONTRIBUTORS_MAX + 1;
    const rkey = activityKey(task.rkey, part);
    const { cid } = context.stage(
      tx,
      task.recorded > recorded ? 'update' : 'create',
      COLLECTIONS.activity,
      rkey,
      activityRecord({
        ...task,
        number: task.id,
        city: context.city.name,
        issuer: issuer.name,
        ...(place === undefined ? {} : { location: locationOf(context, place) }),
        part,
        contributors: contributors.map(({ participantId }) => participantId),
        createdAt: first.at,
      }),
    );
    const count = contributors.length;
    tx.activities.putActivity({
      taskId,
      part,
      rkey,
      cid,
      contributors: count,
      createdAt: first.at,
    });
    written += count;
    recorded += count;
    if (count < CONTRIBUTORS_MAX) break;
  }
  tx.activities.setRecorded(taskId, recorded);
  return written;
}
