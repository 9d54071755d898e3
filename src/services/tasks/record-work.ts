import { type ActivityFacts, activityKey, CONTRIBUTORS_MAX } from '../../records/kinds/activity.ts';
import type { StrongRef } from '../../records/strong-ref.ts';
import type { Context } from '../context.ts';

type TaskWithIssuer = NonNullable<ReturnType<Context['tx']['tasks']['withIssuer']>>;

function foundTask({ tx }: Context, taskId: number): TaskWithIssuer {
  const found = tx.tasks.withIssuer(taskId);
  if (found === undefined) throw new Error('The work of a task that is not there');
  return found;
}

/** The facts of a part of the work on a task. */
function factsOf(
  { tx, city, records }: Context,
  { task, issuer }: TaskWithIssuer,
  part: number,
): Omit<ActivityFacts, 'contributors' | 'createdAt'> {
  const place = task.placeId === null ? undefined : tx.places.get(task.placeId);
  return {
    ...task,
    number: task.id,
    city: city.name,
    issuer: issuer.name,
    ...(place === undefined ? {} : { location: records.ref('location', place) }),
    part,
  };
}

/**
 * The record of the work on a task; it is there, with nobody in it, before the first evidence. `known` is
 * what the store has of it, where that was looked up before.
 */
export function workOn(
  context: Context,
  taskId: number,
  known: { readonly rkey: string; readonly cid: string } | null = context.tx.activities.get(
    taskId,
    1,
  ) ?? null,
): StrongRef {
  const { tx, records, now } = context;
  if (known !== null) return records.ref('activity', known);
  const found = foundTask(context, taskId);
  const rkey = activityKey(found.task.rkey, 1);
  const facts = { ...factsOf(context, found, 1), contributors: [], createdAt: now };
  const work = records.create('activity', facts, rkey);
  tx.activities.put({ taskId, part: 1, rkey, cid: work.cid, contributors: 0, createdAt: now });
  return work;
}

/**
 * Writes down in public who did the work of a task: everybody whose evidence was approved, in that
 * order, a thousand to a record. A full record never changes again. Answers how many people it wrote,
 * including those whose record it wrote again; 0 when nobody was missing.
 */
export function recordWork(context: Context, taskId: number): number {
  const { tx, records } = context;
  const found = foundTask(context, taskId);
  const { task } = found;
  if (task.verified === task.recorded) return 0;
  let written = 0;
  let recorded = task.recorded - (task.recorded % CONTRIBUTORS_MAX);
  while (recorded < task.verified) {
    const contributors = tx.activities.contributors(taskId, recorded, CONTRIBUTORS_MAX);
    const count = contributors.length;
    const [earliest] = contributors;
    if (earliest === undefined || count === Math.max(0, task.recorded - recorded)) break;
    const part = recorded / CONTRIBUTORS_MAX + 1;
    const before = tx.activities.get(taskId, part);
    const rkey = activityKey(task.rkey, part);
    const createdAt = before?.createdAt ?? earliest.at;
    const facts = {
      ...factsOf(context, found, part),
      contributors: contributors.map(({ participantId }) => participantId),
      createdAt,
    };
    const { cid } =
      before === undefined
        ? records.create('activity', facts, rkey)
        : records.update('activity', { rkey }, facts);
    tx.activities.put({ taskId, part, rkey, cid, contributors: count, createdAt });
    written += count;
    recorded += count;
    if (count < CONTRIBUTORS_MAX) break;
  }
  if (written > 0) tx.activities.setRecorded(taskId, recorded);
  return written;
}
