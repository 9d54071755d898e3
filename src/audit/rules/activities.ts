/** Work done on a task, and all the work in the city, with those who did it: each of them was approved. */
import { nsidOf } from '../kinds.ts';
import { NOWHERE } from '../repository.ts';
import { taskOfActivity } from './activity-task.ts';
import type { Context } from './context.ts';
import type { Issues } from './issues.ts';
import { lookAt } from './look.ts';
import type { Work } from './work.ts';

const CONTRIBUTOR = `${nsidOf('activity')}#contributorIdentity`;

/** The key of the activity that stands for all the work in the city. */
export const CITY_WORK_RKEY = 'city';

export function lookAtActivities(context: Context, work: Work, issues: Issues): void {
  const { byTask, anywhere } = approvedIn(work, issues);
  const credited = new Map<number, Set<string>>();
  lookAt(context, 'activity', ({ value, rkey, fail }) => {
    const isOfCity = rkey === CITY_WORK_RKEY;
    const task = taskOfActivity(context, rkey);
    if (task === NOWHERE && !isOfCity) {
      fail('activity-task', 'Its key is not the one of a task.');
      return;
    }
    const approved = isOfCity ? anywhere : byTask.get(task);
    // Nobody is twice in the parts of one task, and nobody twice in the city's.
    const seen = (isOfCity ? undefined : credited.get(task)) ?? new Set();
    if (!isOfCity) credited.set(task, seen);
    for (const { contributorIdentity } of value.contributors ?? []) {
      const { $type, identity } = contributorIdentity as Readonly<Record<string, unknown>>;
      if ($type !== CONTRIBUTOR || typeof identity !== 'string') {
        fail('activity-contributor', 'It names somebody in a way that nobody can prove.');
        continue;
      }
      if (approved?.has(identity) !== true) {
        fail('activity-contributor', `It names ${identity}, whose work was not approved.`);
      } else if (seen.has(identity)) {
        fail('activity-contributor', `It names ${identity} twice.`);
      }
      seen.add(identity);
    }
  });
}

/** Whose work was approved: on each task, and on any. */
function approvedIn({ claims }: Work, issues: Issues) {
  const byTask = new Map<number, Set<string>>();
  const anywhere = new Set<string>();
  for (const [claim, task] of claims.task.entries()) {
    if (!issues.isApproved(claim)) continue;
    const participant = claims.participant[claim] as string;
    byTask.set(task, (byTask.get(task) ?? new Set()).add(participant));
    anywhere.add(participant);
  }
  return { byTask, anywhere };
}
