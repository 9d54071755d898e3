import type { Context } from '../context.ts';

type Rest = {
  readonly text: string;
  readonly choices: readonly { readonly label: string; readonly send: string }[];
};

/** The rest of the last long answer to an address; undefined when all of it was sent. */
export function readOn({ tx, now }: Context, identityId: number): Rest | undefined {
  const rest = tx.followUps.get(identityId, now)?.rest;
  return rest == null ? undefined : (JSON.parse(rest) as Rest);
}
