import type { Context } from '../context.ts';

/** The rest of the last long answer to an address; undefined when all of it was sent. */
export const readOn = ({ tx, now }: Context, identityId: number) =>
  tx.followUps.get(identityId, now)?.rest ?? undefined;
