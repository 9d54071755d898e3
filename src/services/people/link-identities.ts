/** One person, several channels: a code from one of them, said on the other, joins the two. */
import { CITY_CREDITS } from '../../domain/city.ts';
import { personAccount } from '../../domain/ledger.ts';
import { decideLink, type LinkedPerson, linkCodeFrom } from '../../domain/link.ts';
import { decideGuess, GUESS_BUDGET } from '../../domain/redemption.ts';
import { MINUTE_MS } from '../../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Person } from '../../store/people.ts';
import type { Context } from '../context.ts';
import { seeBalance } from '../credits/see-balance.ts';

export const LINK_MINUTES = 10;
const CODE_BYTES = 5;

/** A code by which this person can be joined with the one who says it; the one before is void. */
export function beginLink(context: Context, personId: number): string {
  const { tx, now, keys } = context;
  tx.linkCodes.remove(personId);
  tx.linkCodes.forget(now);
  for (;;) {
    const code = linkCodeFrom(context.random.bytes(CODE_BYTES));
    const lookup = keys.secretLookup('link', code);
    if (tx.linkCodes.get(lookup) !== undefined) continue;
    tx.linkCodes.add({
      lookup,
      personId,
      createdAt: now,
      expiresAt: now + LINK_MINUTES * MINUTE_MS,
    });
    return code;
  }
}

function linkedPerson(context: Context, person: Person): LinkedPerson {
  const { tx } = context;
  const ties = tx.linkCodes.tiesOf(person.id);
  const { available, held } = seeBalance(context, person.participantId);
  const account = tx.ledger.account(personAccount(person.participantId).name, CITY_CREDITS);
  return {
    hasHistory: ties.claims > 0 || account !== undefined,
    available,
    held,
    liveCodes: ties.liveCodes,
    openClaims: ties.openClaims,
    roles: ties.delegations,
  };
}

export type Linked = {
  /** Who both are from now on. */
  readonly person: Person;
  /** The addresses that the code came from, for telling them. */
  readonly others: readonly number[];
};

/**
 * Joins the person who says a code with the one who got it. All addresses, roles and agreements go
 * to the one who stays; nothing of the ledger moves. Refusals: `guesses-wait` and `link-locked` after
 * too many wrong codes; `link-unknown` alike for a code that is wrong, expired, used or the person's
 * own; `link-both`.
 */
export function finishLink(
  context: Context,
  askerId: number,
  code: string,
): Result<Linked, Refusal> {
  const { tx, now, keys } = context;
  const guess = mayGuess(context, askerId);
  if (!guess.ok) return guess;
  const found = tx.linkCodes.get(keys.secretLookup('link', code));
  if (found === undefined || found.expiresAt <= now || found.personId === askerId) {
    tx.offers.addCodeFailure(askerId, now);
    return refuse('link-unknown');
  }
  const asker = tx.people.person(askerId);
  const owner = tx.people.person(found.personId);
  if (asker === undefined || owner === undefined) throw new Error('finishLink: nobody');
  const decision = decideLink(linkedPerson(context, asker), linkedPerson(context, owner));
  if (!decision.ok) return decision;
  const others = tx.people.identitiesOf(owner.id).map(({ id }) => id);
  const [stays, goes] = decision.value === 'owner' ? [owner, asker] : [asker, owner];
  join(context, stays, goes);
  return ok({ person: tx.people.person(stays.id) ?? stays, others });
}

function join(context: Context, stays: Person, goes: Person): void {
  const { tx, now } = context;
  tx.linkCodes.remove(stays.id);
  tx.linkCodes.remove(goes.id);
  tx.linkCodes.movePerson(goes.id, stays.id, now);
  if (stays.joinedAt === null && goes.joinedAt !== null) {
    tx.people.setJoined(stays.id, goes.joinedAt);
  }
  if (stays.publicEvidenceAt === null && goes.publicEvidenceAt !== null) {
    tx.people.setPublicEvidence(stays.id, goes.publicEvidenceAt);
  }
  if (stays.languageChosen === 0 && goes.languageChosen === 1) {
    tx.people.setLanguage(stays.id, goes.language, true);
  }
  context.actingChanged();
}

/** Wrong codes of every kind share one budget. */
function mayGuess({ tx, now }: Context, personId: number): Result<true, Refusal> {
  const [day] = GUESS_BUDGET;
  const failures = tx.offers.codeFailures(personId, now - day.windowMs);
  const guess = decideGuess((windowMs) => failures.filter((at) => at >= now - windowMs).length);
  if (guess.ok) return guess;
  return guess.refusal.code === 'guesses-locked'
    ? refuse('link-locked')
    : refuse('guesses-wait', guess.refusal.params);
}
