/** Finds the pictures of a post in its record: images, a gallery, or either beside a quote. */
import { BlobRef } from '@atproto/api';
import { isObject } from '../fields.ts';

/** More than any client shows. */
const PICTURES_MAX = 20;
const CID = /^[A-Za-z0-9]{10,120}$/;

/** The CIDs of the pictures. Anything else, such as a video, is left to the post itself. */
export function blobsOf(embed: unknown): readonly string[] {
  if (!isObject(embed)) return [];
  if (embed['$type'] === 'app.bsky.embed.recordWithMedia') {
    const { media } = embed;
    return isObject(media) && media['$type'] !== embed['$type'] ? blobsOf(media) : [];
  }
  const shown =
    embed['$type'] === 'app.bsky.embed.images'
      ? embed['images']
      : embed['$type'] === 'app.bsky.embed.gallery'
        ? embed['items']
        : [];
  if (!Array.isArray(shown)) return [];
  const cids = shown.slice(0, PICTURES_MAX).flatMap((one: unknown) => {
    const cid = isObject(one) ? cidOf(one['image']) : undefined;
    return cid !== undefined && CID.test(cid) ? [cid] : [];
  });
  return [...new Set(cids)];
}

/** Takes a blob as the library reads it, as JSON writes it, or as it was written long ago. */
function cidOf(blob: unknown): string | undefined {
  if (blob instanceof BlobRef) return String(blob.ref);
  if (!isObject(blob)) return undefined;
  const { ref, cid } = blob;
  const said = isObject(ref) ? ref['$link'] : cid;
  return typeof said === 'string' ? said : undefined;
}
