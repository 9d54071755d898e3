import type { EvidenceOfPicture } from '../../store/alike.ts';
import type { Context } from '../context.ts';

/** Other evidence with a picture of this one: the very same, or one that looks nearly the same. */
type Alike = EvidenceOfPicture & {
  readonly likeness: 'same' | 'nearly';
  readonly isSamePerson: boolean;
};

/**
 * Where pictures of a piece of evidence were sent for other work, by anybody and whatever was
 * decided about it: the same ones first, then the newest, up to `limit`. Evidence on the same claim
 * is left out. It is a hint for a reviewer and decides nothing.
 */
export function findAlike(context: Context, evidenceId: number, limit: number): Alike[] {
  const { alike, evidence } = context.tx;
  const pictures = evidence.pictures(evidenceId);
  const found = pictures.length === 0 ? undefined : evidence.get(evidenceId);
  if (found === undefined) return [];
  const places = new Map<number, Alike>();
  const add = (likeness: Alike['likeness'], others: readonly EvidenceOfPicture[]): void => {
    for (const other of others) {
      if (places.get(other.evidenceId)?.likeness === 'same') continue;
      const isSamePerson = other.participantId === found.participantId;
      places.set(other.evidenceId, { ...other, likeness, isSamePerson });
    }
  };
  for (const { cid, perceptualHash } of pictures) {
    if (cid !== null) add('same', alike.evidenceWithBytes(cid, found.claimId, limit));
    if (perceptualHash === null) continue;
    const ids = alike.pictures(perceptualHash);
    // The same ones are among these once more, and shall leave room for others.
    add('nearly', alike.evidenceWithPictures(ids, found.claimId, 2 * limit));
  }
  return [...places.values()]
    .sort(
      (one, other) =>
        Number(other.likeness === 'same') - Number(one.likeness === 'same') ||
        other.evidenceId - one.evidenceId,
    )
    .slice(0, limit);
}
