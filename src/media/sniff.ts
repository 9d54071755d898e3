/** What a file is, told from its first bytes and never from what it is called. */

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif';

export type Sniffed =
  | { readonly is: 'picture'; readonly format: PictureFormat }
  /** Something known that is not taken as evidence, by the name people know it by. */
  | { readonly is: 'other'; readonly name: string }
  | { readonly is: 'unknown' };

const START_BYTES = 1024;

type Signature = { readonly at: number; readonly bytes: string };

/** Each byte is one character of the string. */
const PICTURES: readonly (readonly [PictureFormat, readonly Signature[]])[] = [
  ['jpeg', [{ at: 0, bytes: '\xff\xd8\xff' }]],
  ['png', [{ at: 0, bytes: '\x89PNG\r\n\x1a\n' }]],
  [
    'webp',
    [
      { at: 0, bytes: 'RIFF' },
      { at: 8, bytes: 'WEBP' },
    ],
  ],
  ['gif', [{ at: 0, bytes: 'GIF87a' }]],
  ['gif', [{ at: 0, bytes: 'GIF89a' }]],
];

const OTHERS: readonly (readonly [string, RegExp])[] = [
  ['HEIC', /^.{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)/su],
  ['AVIF', /^.{4}ftypavi[fs]/su],
  ['MOV', /^.{4}ftypqt {2}/su],
  ['MP4', /^.{4}ftyp/su],
  ['WebM', /^\x1aE\xdf\xa3/u],
  ['PDF', /^%PDF-/u],
  ['TIFF', /^(?:II\*\0|MM\0\*)/u],
  ['BMP', /^BM.{4}\0{4}/su],
  ['JPEG XL', /^(?:\xff\x0a|\0\0\0\x0cJXL )/u],
  ['SVG', /^(?:\xef\xbb\xbf)?\s*<(?:svg\b|(?:\?xml|!--|!DOCTYPE svg).*<svg\b)/isu],
];

/** Looks at the first kilobyte. */
export function sniff(bytes: Uint8Array): Sniffed {
  // One character a byte, so that signatures can be written as strings.
  const start = String.fromCharCode(...bytes.subarray(0, START_BYTES));
  for (const [format, signatures] of PICTURES) {
    if (signatures.every(({ at, bytes: own }) => start.startsWith(own, at))) {
      return { is: 'picture', format };
    }
  }
  const other = OTHERS.find(([, signature]) => signature.test(start));
  return other === undefined ? { is: 'unknown' } : { is: 'other', name: other[0] };
}
