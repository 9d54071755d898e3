/** Questions that wait for an answer, with the data that their commands keep in them, sealed. */
import type { SessionData } from '../conversation/command.ts';
import type { Question } from '../conversation/router.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import type { Context } from '../services/context.ts';

/** Opens a question at an address, in the place of the one that was open. */
export function askQuestion(
  { tx, keys, now, city }: Context,
  identityId: number,
  { command, step, data }: Question & { readonly data: SessionData },
): void {
  tx.sessions.put({
    ...{ identityId, command, step },
    data: keys.sealText(JSON.stringify(data)),
    expiresAt: now + city.policies.sessionMinutes * MINUTE_MS,
  });
}

/** What a question kept. */
export const dataOf = ({ keys }: Context, { data }: { readonly data: string }): SessionData =>
  JSON.parse(keys.openText(data));
