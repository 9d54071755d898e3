import type { Context } from '../context.ts';
import { writeInvite } from './write-invite.ts';

/**
 * Invites the city's first admin, in the place of earlier invitations that nobody took up;
 * undefined once there is an admin who has an address.
 */
export function inviteFirstAdmin(context: Context): string | undefined {
  if (context.tx.partners.reachableActingFor(null, context.now).length > 0) return undefined;
  context.tx.partners.withdrawAdminInvites();
  return writeInvite(context, { role: 'admin', partnerId: null, invitedBy: null });
}
