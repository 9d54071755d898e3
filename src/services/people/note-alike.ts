import { ALIKE_PLACES, ALIKE_TIMES } from '../../domain/alike.ts';
import type { PairBasis } from '../../store/accounts.ts';
import type { Context } from '../context.ts';
import { findAlike } from '../evidence/find-alike.ts';

/** The evidence up to which accounts were compared, by its number. */
const CURSOR = 'alike-evidence';
const ALIKE_MAX = 5;

/**
 * Compares the accounts of new evidence with others: the same photos, times or places. Nothing comes
 * of it by itself: the pairs are shown to the admins. Answers how much evidence was looked at.
 * Source: domain.md, Two accounts of one person.
 */
export function noteAlike(context: Context, limit: number): number {
  const { tx } = context;
  const found = tx.resemblance.evidenceAfter(Number(tx.cursors.get(CURSOR) ?? 0), limit);
  const looked = new Set<number>();
  for (const { id, personId } of found) {
    notePhotos(context, id, personId);
    if (!looked.has(personId)) noteHabits(context, personId);
    looked.add(personId);
  }
  const last = found.at(-1);
  if (last !== undefined) tx.cursors.put(CURSOR, String(last.id));
  return found.length;
}

function notePhotos(context: Context, evidenceId: number, personId: number): void {
  for (const { isSamePerson, participantId } of findAlike(context, evidenceId, ALIKE_MAX)) {
    const other = isSamePerson ? undefined : context.tx.resemblance.personOf(participantId);
    if (other !== undefined) note(context, personId, { other, basis: 'photos', times: 1 });
  }
}

function noteHabits(context: Context, personId: number): void {
  const { resemblance } = context.tx;
  const { tasksMin, withinMs } = ALIKE_TIMES;
  for (const { otherId, times } of resemblance.joinedTogether(personId, withinMs, tasksMin)) {
    note(context, personId, { other: otherId, basis: 'times', times });
  }
  const { placesMin } = ALIKE_PLACES;
  for (const { otherId, times } of resemblance.samePlaces(
    personId,
    ALIKE_PLACES.withinMs,
    placesMin,
  )) {
    note(context, personId, { other: otherId, basis: 'places', times });
  }
}

const note = (
  { tx, now }: Context,
  one: number,
  seen: { readonly other: number; readonly basis: PairBasis; readonly times: number },
): void => tx.accounts.addPair({ ...seen, one, verdict: 'open', createdAt: now });
