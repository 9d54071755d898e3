import type { FollowUp } from '../../store/follow-ups.ts';
import type { Context } from '../context.ts';

type Rest = NonNullable<FollowUp['rest']>;

/** The rest of the last long answer to an address; undefined when all of it was sent. */
export function readOn({ tx, now }: Context, identityId: number): Rest | undefined {
  return tx.followUps.get(identityId, now)?.rest ?? undefined;
}
