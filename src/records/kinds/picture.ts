/** Pictures in records: a blob that the publisher uploads, or the address of one. */
import { parseCid } from '@atproto/lex-data';
import type { l } from '@atproto/lex-schema';

/** A cleaned picture: the publisher uploads its bytes before the record. */
export type PublicPicture = {
  /** The CID of its bytes (`bafkrei…`). */
  readonly cid: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
};

/** A picture that was cleaned, or one at an address. */
export type PictureFacts = PublicPicture | { readonly uri: string };

/** An address in the content of an attachment, or in the place of a picture. */
export const addressOf = (uri: string) => ({
  $type: 'org.hypercerts.defs#uri' as const,
  uri: uri as l.UriString,
});

const blobOf = ({ cid, mediaType, sizeBytes }: PublicPicture): l.BlobRef => ({
  $type: 'blob' as const,
  ref: parseCid(cid, { flavor: 'raw' }),
  mimeType: mediaType,
  size: sizeBytes,
});

/** A picture as part of the content of an attachment. */
export const attached = (picture: PublicPicture) => ({
  $type: 'org.hypercerts.defs#smallBlob' as const,
  blob: blobOf(picture),
});

/** As records carry a picture of up to 5 MB. */
export const smallImage = (picture: PictureFacts) =>
  'uri' in picture
    ? addressOf(picture.uri)
    : { $type: 'org.hypercerts.defs#smallImage' as const, image: blobOf(picture) };

/** As records carry a picture of up to 10 MB. */
const largeImage = (picture: PictureFacts) =>
  'uri' in picture
    ? addressOf(picture.uri)
    : { $type: 'org.hypercerts.defs#largeImage' as const, image: blobOf(picture) };

/** What the city shows of itself; each may be left out. */
export type PicturesFacts = {
  readonly avatar?: PictureFacts | undefined;
  readonly banner?: PictureFacts | undefined;
};

/** The two pictures in the form that profiles and collections share. */
export const pictures = ({ avatar, banner }: PicturesFacts) => ({
  ...(avatar === undefined ? {} : { avatar: smallImage(avatar) }),
  ...(banner === undefined ? {} : { banner: largeImage(banner) }),
});

type Stored = {
  readonly uri?: string;
  readonly image?: {
    readonly ref: { readonly $link?: string };
    readonly mimeType: string;
    readonly size: number;
  };
};

/** The facts of a picture that a stored record shows (its JSON); undefined for none. */
export function pictureIn(stored: unknown): PictureFacts | undefined {
  const { uri, image } = (stored ?? {}) as Stored;
  if (uri !== undefined) return { uri };
  const cid = image?.ref.$link;
  if (image === undefined || cid === undefined) return undefined;
  return { cid, mediaType: image.mimeType, sizeBytes: image.size };
}
