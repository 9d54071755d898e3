import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';

const CODES = 10_000;

/**
 * The four digits that are shown where a task takes place. They follow from a key of the city that stays and the
 * task's record, so that they are kept nowhere. Source: domain.md, The day of a task.
 */
export function checkInCode({ keys }: Pick<Context, 'keys'>, { rkey }: Pick<Task, 'rkey'>): string {
  const [high = 0, middle = 0, low = 0] = keys.deriveName('check-in', rkey);
  return String(((high << 16) | (middle << 8) | low) % CODES).padStart(4, '0');
}
