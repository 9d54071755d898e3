/** An activity has the key of its task; further parts of a long list have `-2`, `-3` behind it. */
import { nsidOf } from '../kinds.ts';
import { NOWHERE } from '../repository.ts';
import type { Context } from './context.ts';

const PART = /^([234567a-j][234567a-z]{12})(?:-[2-9]|-[1-9]\d+)?$/;

/** The place of the task that an activity of this key is the work on; `NOWHERE` for no task. */
export function taskOfActivity({ repository }: Pick<Context, 'repository'>, rkey: string): number {
  const [, key] = PART.exec(rkey) ?? [];
  return key === undefined ? NOWHERE : repository.find(nsidOf('task'), key);
}
