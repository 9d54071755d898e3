/** Work done on a task, with those who did it: each of them was approved. */
import { nsidOf } from '../kinds.ts';
import { NOWHERE } from '../repository.ts';
import { taskOfActivity } from './activity-task.ts';
import type { Context } from './context.ts';
import type { Issues } from './issues.ts';
import { lookAt } from './look.ts';
import type { Work } from './work.ts';

const CONTRIBUTOR = `${nsidOf('activity')}#contributorIdentity`;

export function lookAtActivities(context: Context, work: Work, issues: Issues): void {
  const approved = approvedByTask(work, issues);
  const credited = new Map<number, Set<string>>();
  lookAt(context, 'activity', ({ value, rkey, fail }) => {
    const task = taskOfActivity(context, rkey);
    if (task === NOWHERE) {
      fail('activity-task', 'Its key is not the one of a task.');
      return;
    }
    const seen = credited.get(task) ?? new Set();
    credited.set(task, seen);
    for (const { contributorIdentity } of value.contributors ?? []) {
      const { $type, identity } = contributorIdentity as Readonly<Record<string, unknown>>;
      if ($type !== CONTRIBUTOR || typeof identity !== 'string') {
        fail('activity-contributor', 'It names somebody in a way that nobody can prove.');
        continue;
      }
      if (approved.get(task)?.has(identity) !== true) {
        fail('activity-contributor', `It names ${identity}, whose work was not approved.`);
      } else if (seen.has(identity)) {
        fail('activity-contributor', `It names ${identity} twice.`);
      }
      seen.add(identity);
    }
  });
}

/** Whose work on each task was approved. */
function approvedByTask({ claims }: Work, issues: Issues): ReadonlyMap<number, Set<string>> {
  const approved = new Map<number, Set<string>>();
  for (const [claim, task] of claims.task.entries()) {
    if (!issues.isApproved(claim)) continue;
    const people = approved.get(task) ?? new Set();
    approved.set(task, people.add(claims.participant[claim] as string));
  }
  return approved;
}
