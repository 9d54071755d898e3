import { decideResume, decideSuspend } from '../../domain/authority.ts';
import { publicWords } from '../../domain/public-words.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import { foldWords } from '../../lib/text.ts';
import type { Partner } from '../../store/partners.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { isAdmin, personsActingFor } from '../roles.ts';
import { changeStanding } from './change-standing.ts';
import { STANDING_REASON_MAX } from './invite-partner.ts';
import { recordPartner } from './record-partner.ts';

/** A name is at most so many words. */
const NAME_WORDS_MAX = 20;

export type StandingChanged = {
  readonly name: string;
  readonly reason: string;
  readonly state: Partner['state'];
  /** Those who act for it. */
  readonly people: readonly number[];
  /** Those who joined its open tasks. */
  readonly joined: readonly {
    readonly personId: number;
    readonly taskId: number;
    readonly title: string;
  }[];
};

/**
 * An admin suspends an organization, as issuer and as redeemer, for a reason that becomes public. The
 * text begins with its name. What that ends: domain.md, Roles and authority.
 */
export const suspendPartner = (context: Context, adminId: number, text: string) =>
  causeRecords(context, adminId, () => suspend(context, adminId, text));

function suspend(
  context: Context,
  adminId: number,
  text: string,
): Result<
  StandingChanged,
  Refusal<'not-admin' | 'partner-unknown'> | RefusalOf<typeof decideSuspend>
> {
  if (!isAdmin(context, adminId)) return refuse('not-admin');
  const { partners, rest } = findNamed(context, text);
  const [first] = partners;
  if (first === undefined) return refuse('partner-unknown', { name: text });
  const reason = publicWords(rest, STANDING_REASON_MAX);
  const toSuspend = partners.filter((partner) => decideSuspend({ ...partner, reason }).ok);
  const [one = first] = toSuspend;
  const decision = decideSuspend({ ...one, reason });
  if (!decision.ok) return refuse(decision.refusal.code, { name: one.name });
  const state = decision.value;
  return ok(change(context, toSuspend, { state, by: adminId, reason }));
}

/** An admin lets an organization act again, or at last; one that had half the cap has the whole. */
export const resumePartner = (context: Context, adminId: number, name: string) =>
  causeRecords(context, adminId, () => resume(context, adminId, name));

function resume(
  context: Context,
  adminId: number,
  name: string,
): Result<
  StandingChanged,
  Refusal<'not-admin' | 'partner-unknown'> | RefusalOf<typeof decideResume>
> {
  if (!isAdmin(context, adminId)) return refuse('not-admin');
  const { partners } = findNamed(context, name);
  const [first] = partners;
  if (first === undefined) return refuse('partner-unknown', { name });
  const decided = partners.flatMap((partner) => {
    const hasPeople = context.tx.partners.delegationsOf(partner.id).length > 0;
    const decision = decideResume({ ...partner, hasPeople });
    return decision.ok ? [{ partner, state: decision.value }] : [];
  });
  const [one] = decided;
  if (one === undefined) return refuse('resume-nothing', { name: first.name });
  return ok(
    change(
      context,
      decided.map(({ partner }) => partner),
      { state: one.state, onboarding: 'green', by: adminId, reason: '' },
    ),
  );
}

function change(
  context: Context,
  partners: readonly Partner[],
  standing: Parameters<typeof changeStanding>[2] & { readonly reason: string },
): StandingChanged {
  for (const partner of partners) {
    changeStanding(context, partner, standing);
    recordPartner(context, partner.id);
  }
  const { state, reason } = standing;
  return {
    ...{ name: partners[0]?.name ?? '', reason, state },
    people: [...new Set(partners.flatMap(({ id }) => personsActingFor(context, id)))],
    joined: partners.flatMap(({ id }) => context.tx.claims.openWith(id)),
  };
}

/** The organization that a text begins with, as issuer and as redeemer, and what follows its name. */
function findNamed(
  { tx }: Context,
  text: string,
): { readonly partners: readonly Partner[]; readonly rest: string } {
  const words = text.trim().split(/\s+/u);
  for (let count = Math.min(words.length, NAME_WORDS_MAX); count > 0; count -= 1) {
    const folded = foldWords(words.slice(0, count).join(' '));
    const partners = (['issuer', 'redeemer'] as const).flatMap(
      (kind) => tx.partners.byName(kind, folded) ?? [],
    );
    if (folded === '' || partners.length === 0) continue;
    const rest = words
      .slice(count)
      .join(' ')
      .replace(/^[\s:;,.–-]+/u, '');
    return { partners, rest };
  }
  return { partners: [], rest: '' };
}
