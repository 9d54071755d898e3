import { type LinkStep, nextLinkStep } from '../../domain/link.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { LinkCode } from '../../store/link-codes.ts';
import type { Person } from '../../store/people.ts';
import type { Context } from '../context.ts';
import type { At } from './agree-to-messages.ts';
import { joinPeople } from './join-people.ts';
import { isProven } from './must-prove.ts';
import { askedUntil, decideLinkOf, type LinkRefusal } from './say-link-code.ts';

/** Somebody else has to agree, at this address, to becoming one with who has the other. */
export type LinkAsk = {
  readonly lookup: string;
  readonly step: LinkStep;
  readonly asked: number;
  readonly other: number;
};

type Agreed =
  | ({ readonly isJoined: false } & LinkAsk)
  | {
      readonly isJoined: true;
      /** The person that both are from now on, and all addresses they have. */
      readonly person: Person;
      readonly addresses: readonly number[];
    };

/**
 * One side agrees to a link, at the address that was asked. Both have to, and whoever acts for the
 * city or a partner once more at their oldest address; only then are they one. Source: domain.md,
 * Roles and authority.
 */
export function agreeToLink(
  context: Context,
  at: At,
  lookup: string,
): Result<Agreed, LinkRefusal | Refusal<'link-over'>> {
  const { tx } = context;
  const link = openLink(context, lookup);
  if (link === undefined || askedAt(context, link, link.step) !== at.identityId) {
    return refuse('link-over');
  }
  const proven = isProven(context, at.personId);
  if (!proven.ok) return proven;
  const [askerId, ownerId] = [personAt(context, link.askerId), personAt(context, link.identityId)];
  if (askerId === ownerId) {
    tx.linkCodes.end(lookup);
    return refuse('link-over');
  }
  const decision = decideLinkOf(context, askerId, ownerId);
  if (!decision.ok) {
    tx.linkCodes.end(lookup);
    return decision;
  }
  const { asker, owner, stays, goes } = decision.value;
  const step = nextLinkStep(link.step, { asker: asker.roles > 0, owner: owner.roles > 0 });
  if (step !== undefined) return ok({ isJoined: false, ...askNext(context, link, step) });
  tx.linkCodes.end(lookup);
  joinPeople(context, stays, goes);
  return ok({
    isJoined: true,
    person: tx.people.get(stays.id) ?? stays,
    addresses: tx.identities.of(stays.id).map(({ id }) => id),
  });
}

type OpenLink = LinkCode & {
  readonly step: LinkStep;
  readonly askerId: number;
  readonly identityId: number;
};

function openLink({ tx, now }: Context, lookup: string): OpenLink | undefined {
  const link = tx.linkCodes.get(lookup);
  if (link === undefined || link.expiresAt <= now) return undefined;
  const { step, askerId, identityId } = link;
  if (step === null || askerId === null || identityId === null) return undefined;
  return { ...link, step, askerId, identityId };
}

function askNext(context: Context, link: OpenLink, step: LinkStep): LinkAsk {
  const { lookup, askerId, identityId } = link;
  const expiresAt = askedUntil(context);
  context.tx.linkCodes.setStep(lookup, { askerId, step, expiresAt });
  const isAsker = step.startsWith('asker');
  return {
    ...{ lookup, step, asked: askedAt(context, link, step) },
    other: isAsker ? identityId : askerId,
  };
}

/** The address that is asked at a step: the oldest one that a person has is one that gets messages. */
function askedAt(context: Context, link: OpenLink, step: LinkStep): number {
  const own = step.startsWith('asker') ? link.askerId : link.identityId;
  if (step === 'asker' || step === 'owner') return own;
  const all = context.tx.identities.of(personAt(context, own));
  return all.find(({ stoppedAt }) => stoppedAt === null)?.id ?? own;
}

function personAt({ tx }: Context, identityId: number): number {
  const identity = tx.identities.get(identityId);
  if (identity === undefined) throw new Error('personAt: an address of nobody');
  return identity.personId;
}

/** Nobody is linked: somebody said no, or cannot be asked. Answers the addresses of both sides. */
export function endLink({ tx }: Context, lookup: string): readonly number[] {
  const link = tx.linkCodes.get(lookup);
  if (link === undefined) return [];
  tx.linkCodes.end(lookup);
  return [link.askerId, link.identityId].flatMap((id) => id ?? []);
}
