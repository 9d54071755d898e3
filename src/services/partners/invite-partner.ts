import { INVITE_SYMBOLS, inviteFrom } from '../../domain/code.ts';
import { namesPrivate } from '../../domain/public-words.ts';
import { DAY_MS } from '../../lib/clock.ts';
import { foldCrockford } from '../../lib/crockford.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { cleanText, foldWords } from '../../lib/text.ts';
import { COLLECTIONS, KINDS } from '../../records/kinds/index.ts';
import type { Delegation, Partner } from '../../store/partners.ts';
import type { Context } from '../context.ts';

const PARTNER_NAME_MAX = 60;

/** Is this person an admin of the city? */
export const isAdmin = (context: Context, personId: number): boolean =>
  context.acting(personId).some(({ role }) => role === 'admin');

/** Writes an invitation; its token goes to the one who hands it on, and is kept as HMAC only. */
function newInvite(context: Context, role: Delegation['role'], partnerId: number | null): string {
  const token = inviteFrom(context.random.bytes(INVITE_SYMBOLS));
  context.tx.partners.addInvite({
    lookup: context.keys.secretLookup('invite', token),
    role,
    partnerId,
    createdAt: context.now,
    expiresAt: context.now + context.city.policies.inviteDays * DAY_MS,
  });
  return token;
}

/**
 * The invitation for the city's first admin, in the place of earlier ones that nobody took up;
 * undefined once there is an admin.
 */
export function inviteFirstAdmin(context: Context): string | undefined {
  if (context.tx.partners.personsActingFor(null, context.now).length > 0) return undefined;
  context.tx.partners.withdrawAdminInvites(context.now);
  return newInvite(context, 'admin', null);
}

/**
 * The admin invites somebody to act for a partner, which is pending until the invitation is taken
 * up; the first becomes its owner, later ones reviewers. Refusals: `not-admin`, `name-missing`,
 * `name-long`, `names-contact`, `partner-suspended`. Source: domain.md, Roles.
 */
export function invitePartner(
  context: Context,
  adminId: number,
  kind: Partner['kind'],
  typedName: string,
): Result<{ readonly token: string; readonly name: string; readonly isNew: boolean }, Refusal> {
  const { tx, now } = context;
  if (!isAdmin(context, adminId)) return refuse('not-admin');
  const name = cleanText(typedName).replace(/\s+/g, ' ');
  const folded = foldWords(name);
  if (folded === '') return refuse('name-missing');
  if (name.length > PARTNER_NAME_MAX) return refuse('name-long', { max: PARTNER_NAME_MAX });
  if (namesPrivate(name)) return refuse('names-contact');
  const existing = tx.partners.byName(kind, folded);
  if (existing?.state === 'suspended') return refuse('partner-suspended', { name: existing.name });
  if (existing !== undefined) {
    const hasOwner = tx.partners.personsActingFor(existing.id, now).length > 0;
    const token = newInvite(context, hasOwner ? 'reviewer' : 'owner', existing.id);
    return ok({ token, name: existing.name, isNew: false });
  }
  const rkey = context.newTid();
  const { cid } = context.stage(
    tx,
    'create',
    COLLECTIONS.partner,
    rkey,
    KINDS.partner.build({ name, kind, status: 'pending', createdAt: now }),
  );
  const partnerId = tx.partners.add({
    kind,
    name,
    folded,
    state: 'pending',
    rkey,
    cid,
    createdAt: now,
  });
  return ok({ token: newInvite(context, 'owner', partnerId), name, isNew: true });
}

/**
 * A person takes up an invitation. The admin's invitation is the city's approval: a pending
 * partner is approved with it. Refusal: `invite-unknown`, alike for used and expired ones.
 */
export function acceptInvite(
  context: Context,
  personId: number,
  typedToken: string,
): Result<{ readonly role: Delegation['role']; readonly partner: Partner | null }, Refusal> {
  const { tx, now } = context;
  const token = foldCrockford(typedToken);
  const invite =
    token.length === INVITE_SYMBOLS
      ? tx.partners.invite(context.keys.secretLookup('invite', token))
      : undefined;
  if (invite === undefined || invite.usedAt !== null || invite.expiresAt <= now) {
    return refuse('invite-unknown');
  }
  if (!tx.partners.useInvite(invite.id, personId, now)) return refuse('invite-unknown');
  tx.partners.addDelegation({
    personId,
    partnerId: invite.partnerId,
    role: invite.role,
    createdAt: now,
  });
  context.actingChanged();
  if (invite.partnerId === null) return ok({ role: invite.role, partner: null });
  const partner = tx.partners.get(invite.partnerId);
  if (partner === undefined) throw new Error('acceptInvite: an invitation to nothing');
  if (partner.state === 'pending') {
    const { cid } = context.stage(
      tx,
      'update',
      COLLECTIONS.partner,
      partner.rkey,
      KINDS.partner.build({
        name: partner.name,
        kind: partner.kind,
        status: 'approved',
        createdAt: partner.createdAt,
        updatedAt: now,
      }),
    );
    tx.partners.setState(partner.id, 'approved', cid);
  }
  context.actingChanged();
  return ok({ role: invite.role, partner });
}
