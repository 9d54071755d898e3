/** Finds the pictures of a post in its record: images, a gallery, or either beside a quote. */
import { BlobRef } from '@atproto/api';
import { fieldsOf, isObject, listOf } from '../fields.ts';

const IMAGES = 'app.bsky.embed.images';
const GALLERY = 'app.bsky.embed.gallery';
/** More than any client shows. */
const PICTURES_MAX = 20;
const CID = /^[A-Za-z0-9]{10,120}$/;

/** The CIDs of the pictures. Anything else, such as a video, is left to the post itself. */
export function blobsOf(embed: unknown): readonly string[] {
  const { $type, media, images, items } = fieldsOf(embed);
  if ($type === 'app.bsky.embed.recordWithMedia') {
    return fieldsOf(media)['$type'] === $type ? [] : blobsOf(media);
  }
  const found = $type === IMAGES ? images : $type === GALLERY ? items : [];
  const cids = listOf(found)
    .slice(0, PICTURES_MAX)
    .map((one) => cidOf(fieldsOf(one)['image']));
  return [...new Set(cids.filter((cid) => CID.test(cid)))];
}

/** Takes a blob as the library reads it, as JSON writes it, or as it was written long ago. */
function cidOf(blob: unknown): string {
  if (blob instanceof BlobRef) return String(blob.ref);
  const { ref, cid } = fieldsOf(blob);
  const said = isObject(ref) ? ref['$link'] : cid;
  return typeof said === 'string' ? said : '';
}
