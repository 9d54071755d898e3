import { INVITE_SYMBOLS, inviteFrom } from '../../domain/code.ts';
import { namesPrivate } from '../../domain/public-words.ts';
import { DAY_MS } from '../../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { cleanText, foldWords } from '../../lib/text.ts';
import type { Delegation, Partner } from '../../store/partners.ts';
import type { Context } from '../context.ts';
import { adminsOf, isAdmin, personsActingFor } from '../roles.ts';

const PARTNER_NAME_MAX = 60;

/**
 * The admin invites somebody to act for a partner, which is pending until the invitation is taken
 * up; the first becomes its owner, later ones reviewers. Source: domain.md, Roles.
 */
export function invitePartner(
  context: Context,
  adminId: number,
  invited: { readonly kind: Partner['kind']; readonly name: string },
): Result<
  { readonly token: string; readonly name: string; readonly isNew: boolean },
  Refusal<'not-admin' | 'name-missing' | 'name-long' | 'names-contact' | 'partner-suspended'>
> {
  const { tx, now, records } = context;
  const { kind } = invited;
  if (!isAdmin(context, adminId)) return refuse('not-admin');
  const name = cleanText(invited.name).replace(/\s+/g, ' ');
  const folded = foldWords(name);
  if (folded === '') return refuse('name-missing');
  if (name.length > PARTNER_NAME_MAX) return refuse('name-long', { max: PARTNER_NAME_MAX });
  if (namesPrivate(name)) return refuse('names-contact');
  const existing = tx.partners.byName(kind, folded);
  if (existing?.state === 'suspended') return refuse('partner-suspended', { name: existing.name });
  if (existing !== undefined) {
    const hasOwner = personsActingFor(context, existing.id).length > 0;
    const token = writeInvite(context, hasOwner ? 'reviewer' : 'owner', existing.id);
    return ok({ token, name: existing.name, isNew: false });
  }
  const partner = { name, kind, createdAt: now };
  const { rkey, cid } = records.create('partner', { ...partner, status: 'pending' });
  const partnerId = tx.partners.add({ ...partner, folded, state: 'pending', rkey, cid });
  return ok({ token: writeInvite(context, 'owner', partnerId), name, isNew: true });
}

/**
 * Invites the city's first admin, in the place of earlier invitations that nobody took up;
 * undefined once there is an admin.
 */
export function inviteFirstAdmin(context: Context): string | undefined {
  if (adminsOf(context).length > 0) return undefined;
  context.tx.partners.withdrawAdminInvites(context.now);
  return writeInvite(context, 'admin', null);
}

/**
 * Writes an invitation to act for a partner, or with null for the city. Its token goes to the one
 * who hands it on; only its HMAC is kept.
 */
function writeInvite(context: Context, role: Delegation['role'], partnerId: number | null): string {
  const { tx, now, keys, random, city } = context;
  const token = inviteFrom(random.bytes(INVITE_SYMBOLS));
  tx.partners.addInvite({
    lookup: keys.secretLookup('invite', token),
    role,
    partnerId,
    createdAt: now,
    expiresAt: now + city.policies.inviteDays * DAY_MS,
  });
  return token;
}
