import {
  decideLink,
  LINK_GUESSES_MAX,
  type LinkedPerson,
  linkCodeName,
} from '../../domain/link.ts';
import { MINUTE_MS } from '../../lib/clock.ts';
import { withEither } from '../../lib/crypto.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { LinkCode } from '../../store/link-codes.ts';
import type { Person } from '../../store/people.ts';
import { guessCode } from '../budgets/guess-code.ts';
import type { Context } from '../context.ts';
import type { At } from './agree-to-messages.ts';
import { isProven } from './must-prove.ts';
import { seeTies } from './see-ties.ts';

export type LinkRefusal =
  | Refusal<'guesses-wait' | 'link-locked' | 'link-unknown' | 'number-returned' | 'link-public'>
  | RefusalOf<typeof decideLink>;

/** What is to be agreed to, and the address that it was made at. */
export type LinkSaid = { readonly lookup: string; readonly madeAt: number };

/**
 * Somebody says a code: nothing happens yet but that they are asked whether they want it. A code that
 * is wrong, expired, used or the person's own is refused alike, and costs a guess; it is charged to
 * the code of that name as well, which dies of it. A code that others could read is void.
 */
export function sayLinkCode(
  context: Context,
  asker: At,
  { code, isPublic }: { readonly code: string; readonly isPublic: boolean },
): Result<LinkSaid, LinkRefusal> {
  const { tx, now, keys } = context;
  const proven = isProven(context, asker.personId);
  if (!proven.ok) return proven;
  const guess = guessCode(context, asker.personId);
  if (!guess.ok) {
    const { code: why, params } = guess.refusal;
    return why === 'guesses-locked' ? refuse('link-locked') : refuse(why, params);
  }
  const named = tx.linkCodes.named(linkCodeName(code));
  const isRight =
    named !== undefined &&
    withEither(keys, (one) => one.secretLookup('link', code) === named.lookup || undefined) ===
      true &&
    named.expiresAt > now &&
    named.personId !== asker.personId;
  if (!isRight) {
    guess.value.countWrong();
    if (named !== undefined && named.personId !== asker.personId) chargeWrong(context, named);
    return refuse('link-unknown');
  }
  if (isPublic) {
    tx.linkCodes.end(named.lookup);
    return refuse('link-public');
  }
  const decision = decideLinkOf(context, asker.personId, named.personId);
  if (!decision.ok) {
    if (decision.refusal.code === 'link-judged') tx.linkCodes.end(named.lookup);
    return decision;
  }
  const step = {
    askerId: asker.identityId,
    step: 'asker',
    expiresAt: askedUntil(context),
  } as const;
  tx.linkCodes.setStep(named.lookup, step);
  return ok({ lookup: named.lookup, madeAt: named.identityId ?? 0 });
}

function chargeWrong({ tx }: Context, { lookup, wrong }: LinkCode): void {
  if (wrong + 1 >= LINK_GUESSES_MAX) tx.linkCodes.end(lookup);
  else tx.linkCodes.countWrong(lookup);
}

/** Until when (ms) a question about a link can be answered. */
export const askedUntil = ({ now, city }: Context): number =>
  now + city.policies.sessionMinutes * MINUTE_MS;

type Decided = {
  readonly stays: Person;
  readonly goes: Person;
  readonly asker: LinkedPerson;
  readonly owner: LinkedPerson;
};

/** Which of two persons stays; `other` in a refusal is the participant id of the owner. */
export function decideLinkOf(
  context: Context,
  askerId: number,
  ownerId: number,
): Result<Decided, RefusalOf<typeof decideLink>> {
  const { tx } = context;
  const [asker, owner] = [tx.people.get(askerId), tx.people.get(ownerId)];
  if (asker === undefined || owner === undefined) throw new Error('decideLinkOf: nobody');
  const ties = { asker: seeTies(context, asker), owner: seeTies(context, owner) };
  const decision = decideLink(ties.asker, ties.owner, tx.linkCodes.haveJudged(askerId, ownerId));
  if (!decision.ok) return refuse(decision.refusal.code, { other: owner.participantId });
  const [stays, goes] = decision.value === 'owner' ? [owner, asker] : [asker, owner];
  return ok({ ...ties, stays, goes });
}
