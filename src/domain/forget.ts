/** Whether somebody may be forgotten now. Source: domain.md, Roles and authority; Privacy. */
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';

/** A role of somebody's, and how many others have it. */
export type RoleHeld = {
  /** The partner's name; null for the city itself. */
  readonly partner: string | null;
  readonly others: number;
};

/** Whoever alone acts for the city or a partner hands that over first: else nobody could any more. */
export function decideForget(
  roles: readonly RoleHeld[],
): Result<null, Refusal<'forget-last-admin' | 'forget-only-one'>> {
  const alone = roles.filter(({ others }) => others === 0);
  if (alone.some(({ partner }) => partner === null)) return refuse('forget-last-admin');
  const [first] = alone;
  return first === undefined ? ok(null) : refuse('forget-only-one', { name: first.partner ?? '' });
}
