import { CITY_CREDITS } from '../../domain/city.ts';
import { personAccount } from '../../domain/ledger.ts';
import { decideLink, type LinkedPerson } from '../../domain/link.ts';
import { withEither } from '../../lib/crypto.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Person } from '../../store/people.ts';
import { guessCode } from '../budgets/guess-code.ts';
import { publishAdmins } from '../city/publish-city.ts';
import type { Context } from '../context.ts';
import { seeBalance } from '../credits/see-balance.ts';
import { recordPartner } from '../partners/record-partner.ts';
import { forgetRoles } from '../roles.ts';

export type Linked = {
  /** The person that both are from now on. */
  readonly person: Person;
  /** The addresses that the code came from, for telling them. */
  readonly others: readonly number[];
};

/**
 * Joins the person who says a code with the one who got it. All addresses, roles and agreements go
 * to the one who stays; nothing of the ledger moves. A code that is wrong, expired, used or the
 * person's own is refused alike, and costs a guess.
 */
export function finishLink(
  context: Context,
  askerId: number,
  code: string,
): Result<
  Linked,
  Refusal<'guesses-wait' | 'link-locked' | 'link-unknown'> | RefusalOf<typeof decideLink>
> {
  const { tx, now, keys } = context;
  const guess = guessCode(context, askerId);
  if (!guess.ok) {
    const { code: why, params } = guess.refusal;
    return why === 'guesses-locked' ? refuse('link-locked') : refuse(why, params);
  }
  const found = withEither(keys, ({ secretLookup }) =>
    tx.linkCodes.get(secretLookup('link', code)),
  );
  if (found === undefined || found.expiresAt <= now || found.personId === askerId) {
    guess.value.countWrong();
    return refuse('link-unknown');
  }
  const asker = tx.people.get(askerId);
  const owner = tx.people.get(found.personId);
  if (asker === undefined || owner === undefined) throw new Error('finishLink: nobody');
  const decision = decideLink(tiesOf(context, asker), tiesOf(context, owner));
  if (!decision.ok) return decision;
  const others = tx.identities.of(owner.id).map(({ id }) => id);
  const [stays, goes] = decision.value === 'owner' ? [owner, asker] : [asker, owner];
  join(context, stays, goes);
  return ok({ person: tx.people.get(stays.id) ?? stays, others });
}

function tiesOf(context: Context, person: Person): LinkedPerson {
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

function join(context: Context, stays: Person, goes: Person): void {
  const { tx, now } = context;
  tx.linkCodes.remove(stays.id);
  tx.linkCodes.remove(goes.id);
  const actedFor = tx.partners.acting(goes.id, now).map(({ partner }) => partner?.id ?? null);
  tx.linkCodes.movePerson(goes.id, stays.id, now);
  for (const partnerId of actedFor) {
    if (partnerId === null) publishAdmins(context);
    else recordPartner(context, partnerId);
  }
  if (stays.joinedAt === null && goes.joinedAt !== null) {
    tx.people.setJoined(stays.id, goes.joinedAt);
  }
  if (stays.publicEvidenceAt === null && goes.publicEvidenceAt !== null) {
    tx.people.setPublicEvidence(stays.id, goes.publicEvidenceAt);
  }
  if (stays.publicDid === null && goes.publicDid !== null) {
    tx.people.setPublicDid(stays.id, goes.publicDid);
  }
  if (stays.languageChosen === 0 && goes.languageChosen === 1) {
    tx.people.setLanguage(stays.id, goes.language, true);
  }
  forgetRoles(context);
}
