import type { Context } from '../context.ts';
import { adminsOf } from '../roles.ts';
import { writeInvite } from './write-invite.ts';

/**
 * Invites the city's first admin, in the place of earlier invitations that nobody took up;
 * undefined once there is an admin.
 */
export function inviteFirstAdmin(context: Context): string | undefined {
  if (adminsOf(context).length > 0) return undefined;
  context.tx.partners.withdrawAdminInvites();
  return writeInvite(context, 'admin', null);
}
