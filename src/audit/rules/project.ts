/** The project of a city, by which other clients show it: one, whose first work is the whole city's. */
import { nsidOf } from '../kinds.ts';
import { NOWHERE, uriOf } from '../repository.ts';
import { CITY_WORK_RKEY } from './activities.ts';
import type { Context } from './context.ts';
import { lookAt } from './look.ts';

const PROJECT = 'project';

/** Looks at all collections; of what they refer to, projects are held to more than that it is there. */
export function lookAtProjects(context: Context): void {
  const { repository } = context;
  const activities = `at://${repository.did}/${nsidOf('activity')}/`;
  const whole = uriOf(repository.did, nsidOf('activity'), CITY_WORK_RKEY);
  let projects = 0;
  lookAt(context, 'collection', ({ value, fail }) => {
    if (value.type !== PROJECT) return;
    projects += 1;
    if (projects > 1) fail('project-work', 'It is not the only project of the city.');
    const works = (value.items ?? []).map(({ itemIdentifier }) => itemIdentifier.uri as string);
    if (works.length === 0) fail('project-work', 'It has no work.');
    else if (works[0] !== whole) {
      fail('project-work', 'Its first work is not that of the whole city.');
    }
    for (const uri of works) {
      const isThere =
        uri.startsWith(activities) &&
        repository.find(nsidOf('activity'), uri.slice(activities.length)) !== NOWHERE;
      if (!isThere) fail('project-work', `It names ${uri}, and no such work is there.`);
    }
  });
}
