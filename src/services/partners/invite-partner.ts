import { namesPrivate } from '../../domain/public-words.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { cleanText, foldWords } from '../../lib/text.ts';
import type { Partner } from '../../store/partners.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { isAdmin, personsActingFor } from '../roles.ts';
import { writeInvite } from './write-invite.ts';

const PARTNER_NAME_MAX = 60;

type Invited = { readonly kind: Partner['kind']; readonly name: string };

/**
 * The admin invites somebody to act for a partner, which is pending until the invitation is taken
 * up; the first becomes its owner, later ones reviewers. Source: domain.md, Roles.
 */
export const invitePartner = (context: Context, adminId: number, invited: Invited) =>
  causeRecords(context, adminId, () => invite(context, adminId, invited));

function invite(
  context: Context,
  adminId: number,
  invited: Invited,
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
