import { isRoleOf, type Onboarding, type PartnerRole, usualRole } from '../../domain/authority.ts';
import { namesPrivate, publicWords } from '../../domain/public-words.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { cleanText, foldWords } from '../../lib/text.ts';
import type { Partner } from '../../store/partners.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { isAdmin, isOwner } from '../roles.ts';
import { participantOf } from './change-standing.ts';
import { writeInvite } from './write-invite.ts';

const PARTNER_NAME_MAX = 60;
/** The reason why a partner is deferred or suspended, in the record. */
export const STANDING_REASON_MAX = 200;
/** So many delegations, past ones too, fit into a record. */
const DELEGATIONS_MAX = 2000;

type Invited = {
  /** Left out where the role says it: a counter is of a redeemer, a reviewer of an issuer. */
  readonly kind?: Partner['kind'] | undefined;
  readonly name: string;
  /** The usual one where it is left out. */
  readonly role?: PartnerRole | undefined;
  /** What else the words may mean: the half of an organization that has two, by its own name. */
  readonly half?: { readonly kind: Partner['kind']; readonly name: string } | undefined;
  /** Of a new partner; green where it is left out, and red with a reason. */
  readonly onboarding?: Onboarding | undefined;
  readonly reason?: string | undefined;
  /** When the role ends (ms). */
  readonly endsAt?: number | undefined;
};

type Invitation = {
  readonly token: string;
  readonly name: string;
  readonly role: PartnerRole;
  readonly isNew: boolean;
};

type Refused = Refusal<
  | ('not-admin' | 'name-missing' | 'name-long' | 'names-contact' | 'partner-suspended')
  | ('partner-unknown' | 'invite-half' | 'defer-why' | 'delegations-many' | 'ends-in-past')
>;

/**
 * Somebody is invited to act for a partner: by an admin, or by an owner for their own. A new partner
 * is the admin's alone to invite, and waits until the invitation is taken up; the first person
 * becomes its owner. Source: domain.md, Roles and authority.
 */
export const invitePartner = (context: Context, inviterId: number, invited: Invited) =>
  causeRecords(context, inviterId, () => invite(context, inviterId, invited));

function invite(
  context: Context,
  inviterId: number,
  invited: Invited,
): Result<Invitation, Refused> {
  const { endsAt } = invited;
  const isCity = isAdmin(context, inviterId);
  if (!isCity && !context.tx.partners.acting(inviterId, context.now).some(isOwnership)) {
    return refuse('not-admin');
  }
  const name = cleanText(invited.name).replace(/\s+/g, ' ');
  if (foldWords(name) === '') return refuse('name-missing');
  if (name.length > PARTNER_NAME_MAX) return refuse('name-long', { max: PARTNER_NAME_MAX });
  if (endsAt !== undefined && endsAt <= context.now) return refuse('ends-in-past');
  const mayFor = (partner: Partner) => isCity || isOwner(context, inviterId, partner.id);
  const { half } = invited;
  const named = findExisting(context, { ...invited, name }, mayFor);
  const meant =
    named.length > 0 || half === undefined
      ? named
      : findExisting(context, { ...invited, ...half, name: cleanText(half.name) }, mayFor);
  const [existing, other] = meant;
  // Owners and managers are of one half; nobody is put into both unasked.
  if (existing !== undefined && other !== undefined && invited.role !== undefined) {
    return refuse('invite-half', { name: existing.name });
  }
  if (existing !== undefined) return inviteTo(context, existing, { ...invited, by: inviterId });
  if (!isCity) return refuse('not-admin');
  if (invited.kind === undefined || (invited.role ?? 'owner') !== 'owner') {
    return refuse('partner-unknown', { name });
  }
  if (namesPrivate(name)) return refuse('names-contact');
  if (invited.onboarding === 'red' && !invited.reason?.trim()) return refuse('defer-why');
  const partner = addPartner(context, inviterId, { ...invited, kind: invited.kind, name });
  const token = writeInvite(context, {
    role: 'owner',
    partnerId: partner.id,
    invitedBy: inviterId,
    endsAt,
  });
  return ok({ token, name, role: 'owner', isNew: true });
}

const isOwnership = ({ role }: { readonly role: string }): boolean => role === 'owner';

const KINDS = ['issuer', 'redeemer'] as const;

/** The partners of that name that can have somebody in that role, as far as the inviter may invite. */
function findExisting(
  { tx }: Context,
  { kind, role, name }: Invited,
  mayFor: (partner: Partner) => boolean,
): readonly Partner[] {
  return KINDS.filter(
    (each) => (kind === undefined || each === kind) && (role === undefined || isRoleOf(role, each)),
  )
    .flatMap((each) => tx.partners.byName(each, foldWords(name)) ?? [])
    .filter(mayFor);
}

function inviteTo(
  context: Context,
  partner: Partner,
  { role: wanted, by, endsAt }: Invited & { readonly by: number },
): Result<Invitation, Refused> {
  const { tx, now } = context;
  const { id, name, kind, state } = partner;
  if (state === 'suspended') return refuse('partner-suspended', { name });
  const all = tx.partners.delegationsOf(id);
  if (all.length >= DELEGATIONS_MAX) return refuse('delegations-many', { name });
  const live = tx.partners.reachableActingFor(id, now);
  const hasOwner = live.some((personId) =>
    tx.partners.acting(personId, now).some((one) => one.partner?.id === id && isOwnership(one)),
  );
  const role = wanted ?? usualRole(kind, hasOwner);
  const ends = role === 'owner' ? ownerEnd(context, by, { id, endsAt }) : endsAt;
  const token = writeInvite(context, { role, partnerId: id, invitedBy: by, endsAt: ends });
  return ok({ token, name, role, isNew: false });
}

/** An owner whose role ends makes no owner for longer, nor themself; an admin does. */
function ownerEnd(
  context: Context,
  by: number,
  { id, endsAt }: { readonly id: number; readonly endsAt: number | undefined },
): number | undefined {
  const { tx, now } = context;
  if (isAdmin(context, by)) return endsAt;
  const own = tx.partners.acting(by, now).find(({ partner }) => partner?.id === id);
  const end = own && tx.partners.delegation(own.id)?.delegation.expiresAt;
  return end == null ? endsAt : Math.min(end, endsAt ?? end);
}

function addPartner(
  context: Context,
  adminId: number,
  invited: Invited & { readonly kind: Partner['kind'] },
): Partner {
  const { tx, now, records } = context;
  const { name, kind, onboarding = 'green', reason = '' } = invited;
  const onboardingReason = publicWords(reason, STANDING_REASON_MAX);
  const partner = {
    name,
    kind,
    createdAt: now,
    onboarding,
    onboardingReason,
    state: 'invited',
  } as const;
  const standing = {
    state: 'invited',
    at: now,
    by: participantOf(context, adminId),
    reason: '',
  } as const;
  const { rkey, cid } = records.create('partner', {
    ...partner,
    status: 'invited',
    delegations: [],
    history: [{ ...standing, status: 'invited' }],
  });
  const id = tx.partners.add({ ...partner, folded: foldWords(name), rkey, cid });
  tx.partners.addStanding({ ...standing, partnerId: id });
  return { ...partner, id, folded: foldWords(name), rkey, cid };
}
