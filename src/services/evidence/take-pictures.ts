import { picturesTaken } from '../../domain/picture-budget.ts';
import { HOUR_MS } from '../../lib/clock.ts';
import type { Context } from '../context.ts';

/** A picture in the spool, or one that its channel fetches by this. */
type SentPicture = { readonly spoolKey: string } | { readonly source: string };

/**
 * Takes the pictures of a new message as far as its sender's budget goes (picture-budget.ts). Of the
 * others one is kept as refused, so that the sender is told, once in an hour. Answers those that are
 * left out, and whether their sender was told before.
 */
export function takePictures<P extends SentPicture>(
  { tx, now, keys }: Context,
  from: { readonly inboxId: number; readonly identityId: number },
  sent: readonly P[],
): { readonly leftOut: readonly P[]; readonly isTold: boolean } {
  const added = { ...from, addedAt: now };
  const { told, ...before } = tx.pictures.sentBy(from.identityId, now - HOUR_MS);
  const taken = picturesTaken({ ...before, sent: sent.length });
  for (const picture of sent.slice(0, taken)) {
    if ('spoolKey' in picture) tx.pictures.add(added, picture.spoolKey);
    // It may name its sender, as an account on Bluesky.
    else tx.pictures.addRemote(added, keys.sealText(picture.source));
  }
  const leftOut = sent.slice(taken);
  if (leftOut.length > 0 && told === 0) tx.pictures.addRefused(added);
  return { leftOut, isTold: told > 0 };
}
