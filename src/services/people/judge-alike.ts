import { decideAlike, keptReason } from '../../domain/alike.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { AccountPair } from '../../store/accounts.ts';
import type { Person } from '../../store/people.ts';
import type { Context } from '../context.ts';
import { isAdmin } from '../roles.ts';

/** Two accounts, by what is public of them. */
export type AlikePair = {
  readonly id: number;
  readonly one: Pick<Person, 'id' | 'participantId'>;
  readonly other: Pick<Person, 'id' | 'participantId'>;
  readonly basis: AccountPair['basis'];
  readonly times: number;
};

/** The pairs that an admin is to look at, those seen most often first. */
export const seeAlike = (context: Context, limit: number): AlikePair[] =>
  context.tx.accounts.openPairs(limit).map((pair) => named(context, pair));

function named({ tx }: Context, { id, personId, otherId, basis, times }: AccountPair): AlikePair {
  const [one, other] = [tx.people.get(personId), tx.people.get(otherId)];
  if (one === undefined || other === undefined) throw new Error('seeAlike: a pair of nobody');
  return { id, one, other, basis, times };
}

/**
 * An admin says that two accounts are one person's, or two people's, and why: that is kept. Where
 * they are one person's, neither decides about the other's work from then on; nobody is banned.
 * Source: domain.md, Two accounts of one person.
 */
export function judgeAlike(
  context: Context,
  adminId: number,
  { id, verdict, reason }: { id: number; verdict: 'same' | 'different'; reason: string },
): Result<AlikePair, Refusal<'not-admin'> | RefusalOf<typeof decideAlike>> {
  const { tx, now } = context;
  if (!isAdmin(context, adminId)) return refuse('not-admin');
  const found = tx.accounts.pair(id);
  // What they were linked by, or share, is no matter of opinion.
  const isOpenToAll = found !== undefined && !['linked', 'phone'].includes(found.basis);
  const pair = isOpenToAll ? { one: found.personId, other: found.otherId } : undefined;
  const may = decideAlike({ pair, adminId, reason: reason.trim() });
  if (!may.ok) return may;
  if (found === undefined) throw new Error('judgeAlike: a decision about nothing');
  const kept = { verdict, reason: keptReason(reason), decidedBy: adminId, decidedAt: now };
  tx.accounts.setVerdict(id, kept);
  return ok(named(context, found));
}
