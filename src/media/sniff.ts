/** Tells the kind of a file by its first bytes, and never by its name. */

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif';

/** Why a file is not taken. */
export type KindRefusal =
  /** iPhones write it unless they are told otherwise. */
  | 'picture-heic'
  | 'picture-video'
  /** PDF. */
  | 'picture-document'
  /** SVG. */
  | 'picture-drawing'
  /** AVIF, TIFF, BMP, JPEG XL. */
  | 'picture-kind'
  /** No kind that is known. */
  | 'picture-not-a-picture';

export type Sniffed =
  | { readonly isPicture: true; readonly format: PictureFormat }
  | { readonly isPicture: false; readonly code: KindRefusal };

const START_BYTES = 1024;

const PICTURES: readonly (readonly [PictureFormat, RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/u],
  ['png', /^\x89PNG\r\n\x1a\n/u],
  ['webp', /^RIFF.{4}WEBP/su],
  ['gif', /^GIF8[79]a/u],
];

const OTHERS: readonly (readonly [KindRefusal, RegExp])[] = [
  ['picture-heic', /^.{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)/su],
  ['picture-kind', /^.{4}ftypavi[fs]/su],
  ['picture-video', /^.{4}ftyp|^\x1aE\xdf\xa3|^RIFF.{4}AVI /su],
  ['picture-document', /^%PDF-/u],
  ['picture-drawing', /^(?:\xef\xbb\xbf)?\s*<(?:svg\b|(?:\?xml|!--|!DOCTYPE svg).*<svg\b)/isu],
  ['picture-kind', /^(?:II\*\0|MM\0\*|BM.{4}\0{4}|\xff\x0a|\0\0\0\x0cJXL )/su],
];

/** Looks at the first kilobyte. */
export function sniff(bytes: Uint8Array): Sniffed {
  // One character a byte, so that signatures can be written as patterns.
  const start = String.fromCharCode(...bytes.subarray(0, START_BYTES));
  const picture = PICTURES.find(([, signature]) => signature.test(start));
  if (picture !== undefined) return { isPicture: true, format: picture[0] };
  const other = OTHERS.find(([, signature]) => signature.test(start));
  return { isPicture: false, code: other?.[0] ?? 'picture-not-a-picture' };
}
