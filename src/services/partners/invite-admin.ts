import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import { isAdmin } from '../roles.ts';
import { writeInvite } from './write-invite.ts';

/** An admin invites another one, for as long as the city lasts. */
export function inviteAdmin(
  context: Context,
  adminId: number,
): Result<{ readonly token: string }, Refusal<'not-admin'>> {
  if (!isAdmin(context, adminId)) return refuse('not-admin');
  const invite = { role: 'admin', partnerId: null, invitedBy: adminId } as const;
  return ok({ token: writeInvite(context, invite) });
}
