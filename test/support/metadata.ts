// What a picture carries beside its pixels: put in by hand, and read by a reader that knows nothing
// of the program.
import ExifReader from 'exifreader';
import { jpegSegment } from './picture-bytes.ts';

/** What a file itself says it is: size, depth, kind. */
const OF_THE_FILE = ['file', 'jfif', 'png', 'pngFile', 'riff', 'gif'];
/** Of a PNG's chunks, what is not about its pixels. */
const OF_THE_PIXELS = /^(?:Image|Bit|Color|Compression|Filter|Interlace|Pixel)/;

/** The kinds of metadata that a picture has, such as `gps` and `xmp`; comments as `comment`. */
export function metadataIn(bytes: Uint8Array): readonly string[] {
  const found = ExifReader.load(Buffer.from(bytes), { expanded: true });
  const groups = Object.keys(found).filter((name) => !OF_THE_FILE.includes(name));
  const texts = Object.keys(found.png ?? {}).some((name) => !OF_THE_PIXELS.test(name));
  return [...groups, ...(texts ? ['text'] : []), ...segmentsIn(bytes)].toSorted();
}

const SEGMENTS: Readonly<Record<number, string>> = { 254: 'comment', 237: 'photoshop' };
const isPlain = (marker: number): boolean =>
  // Quantization and Huffman tables, frames, scans, and the four letters JFIF.
  [0xdb, 0xc0, 0xc2, 0xc4, 0xda, 0xdd, 0xe0].includes(marker);

/** Segments of a JPEG that are not needed to draw it, and what follows its end. */
function segmentsIn(bytes: Uint8Array): readonly string[] {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return [];
  const view = Buffer.from(bytes);
  const found: string[] = [];
  let at = 2;
  while (view[at] === 0xff && view[at + 1] !== 0xd9) {
    const marker = view[at + 1] ?? 0;
    if (!isPlain(marker)) found.push(SEGMENTS[marker] ?? `segment-${marker.toString(16)}`);
    at += 2 + view.readUInt16BE(at + 2);
    // Picture data goes on until a marker that is neither stuffing nor a restart.
    if (marker !== 0xda) continue;
    while (!(view[at] === 0xff && !/^(?:0|d[0-7])$/.test((view[at + 1] ?? 0).toString(16))))
      at += 1;
  }
  if (at + 2 !== view.length) found.push('trailing');
  return found;
}

/** A tag of EXIF: its number, its type and its bytes; `count` in units of the type. */
type Tag = readonly [number: number, type: number, count: number, bytes: Uint8Array];

const ascii = (number: number, text: string): Tag => [
  number,
  2,
  text.length + 1,
  Buffer.from(`${text}\0`, 'latin1'),
];
const long = (number: number, value: number): Tag => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return [number, 4, 1, bytes];
};
const rationals = (number: number, values: readonly number[]): Tag => {
  const bytes = Buffer.alloc(8 * values.length);
  for (const [at, value] of values.entries()) {
    bytes.writeUInt32LE(value, 8 * at);
    bytes.writeUInt32LE(1, 8 * at + 4);
  }
  return [number, 5, values.length, bytes];
};

/** One directory of tags that begins at `start`, and the directory after it at `next`. */
function directory(start: number, tags: readonly Tag[], next = 0): Buffer {
  const head = Buffer.alloc(2 + 12 * tags.length + 4);
  head.writeUInt16LE(tags.length);
  let after = Buffer.alloc(0);
  for (const [at, [number, type, count, bytes]] of tags.entries()) {
    const entry = 2 + 12 * at;
    head.writeUInt16LE(number, entry);
    head.writeUInt16LE(type, entry + 2);
    head.writeUInt32LE(count, entry + 4);
    if (bytes.length <= 4) {
      Buffer.from(bytes).copy(head, entry + 8);
    } else {
      head.writeUInt32LE(start + head.length + after.length, entry + 8);
      after = Buffer.concat([after, bytes]);
    }
  }
  head.writeUInt32LE(next, head.length - 4);
  return Buffer.concat([head, after]);
}

/**
 * EXIF as a phone writes it, with the owner's name, the serial number of the camera, a maker note,
 * the place, and a thumbnail of the picture as it was before anybody cropped it.
 */
export function exifOf(secret: string, thumbnail: Uint8Array): Buffer {
  const OWN = 8;
  const place = 400;
  const camera = 600;
  const preview = 900;
  const parts = [
    [
      OWN,
      directory(
        OWN,
        [ascii(0x010f, 'Phone'), ascii(0x013b, secret), long(0x8769, camera), long(0x8825, place)],
        preview,
      ),
    ],
    [
      place,
      directory(place, [
        ascii(0x0001, 'N'),
        rationals(0x0002, [37, 52, 30]),
        ascii(0x0003, 'W'),
        rationals(0x0004, [122, 17, 9]),
      ]),
    ],
    [
      camera,
      directory(camera, [
        [0x927c, 7, secret.length, Buffer.from(secret, 'latin1')],
        ascii(0xa430, secret),
        ascii(0xa431, `serial ${secret}`),
      ]),
    ],
    [
      preview,
      directory(preview, [
        [0x0103, 3, 1, Buffer.from([6, 0])],
        long(0x0201, 1000),
        long(0x0202, thumbnail.length),
      ]),
    ],
    [1000, thumbnail],
  ] as const;
  const whole = Buffer.alloc(1000 + thumbnail.length);
  Buffer.from('II*\0\x08\0\0\0', 'latin1').copy(whole);
  for (const [at, bytes] of parts) Buffer.from(bytes).copy(whole, at);
  return whole;
}

export const exifSegment = (exif: Uint8Array): Buffer =>
  jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif]));

/** A caption, an author and a city as press agencies write them: IPTC in Photoshop's segment. */
export function iptcSegment(secret: string): Buffer {
  const fields = [120, 80, 90].map((field) => {
    const head = Buffer.from([0x1c, 2, field, 0, 0]);
    head.writeUInt16BE(secret.length, 3);
    return Buffer.concat([head, Buffer.from(secret, 'latin1')]);
  });
  const data = Buffer.concat(fields);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const resource = Buffer.from('8BIM\x04\x04\0\0', 'latin1');
  const even = Buffer.alloc(data.length % 2);
  return jpegSegment(
    0xed,
    Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), resource, size, data, even]),
  );
}

export const xmpOf = (secret: string): string =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${secret}"/></rdf:RDF></x:xmpmeta>`;
