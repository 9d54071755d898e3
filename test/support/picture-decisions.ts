// What a city decides about pictures, wherever it runs: one table for both ways to open them.
import drawn from './drawn-pictures.json' with { type: 'json' };
import { hugePng, pngChunk, pngWith } from './picture-bytes.ts';

export type Side = 'left' | 'right' | 'top' | 'bottom';

/** `red` is the side of the clean picture that is red; the other one is blue. */
type Taken = { readonly size: readonly [width: number, height: number]; readonly red?: Side };
export type Decision = Taken | string;
type Case = readonly [name: string, make: () => Uint8Array, decision: Decision];

const FILES: Readonly<Record<string, string>> = drawn.files;

/** What is hidden behind the pixels of some of them. */
export const SECRET = drawn.secret;

/** The photos, and what they look like on Node. */
export const LOOKS: readonly (readonly [name: string, hash: string])[] = Object.entries(
  drawn.looks,
);

/** A picture that scripts/draw-pictures.ts has drawn. */
export function drawnPicture(name: string): Buffer<ArrayBuffer> {
  const text = FILES[name];
  if (text === undefined) throw new Error(`Nobody has drawn "${name}".`);
  return Buffer.from(text, 'base64');
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const of = (name: string, decision: Decision): Case => [name, () => drawnPicture(name), decision];
/** Another picture made of a drawn one. */
const from =
  (name: string, change: (bytes: Buffer<ArrayBuffer>) => Uint8Array): Case[1] =>
  () =>
    change(drawnPicture(name));

const cutOff = (name: string, missing: number): Case[1] =>
  from(name, (bytes) => bytes.subarray(0, -missing));

/** 80 × 60 pixels, the left half red. */
const PLAIN: Decision = { size: [80, 60], red: 'left' };
const TURNED = ['right', 'right', 'left', 'top', 'top', 'bottom', 'bottom'] as const;

const TAKEN: readonly Case[] = [
  ...['jpeg', 'png', 'gif', 'webp', 'progressive jpeg'].map((name) => of(name, PLAIN)),
  of('progressive jpeg with all its colours', PLAIN),
  of('grey jpeg', { size: [80, 60] }),
  of('jpeg of four colours', PLAIN),
  of('png of 16 bits', PLAIN),
  of('interlaced png', PLAIN),
  of('png of few colours', PLAIN),
  of('webp without loss', PLAIN),
  of('wide png', { size: [2048, 683], red: 'left' }),
  ...TURNED.map((red, at) =>
    of(`jpeg turned ${at + 2}`, { size: at < 3 ? [80, 60] : [60, 80], red }),
  ),
  of('jpeg of a phone', PLAIN),
  of('jpeg with EXIF, XMP and a profile', PLAIN),
  of('jpeg with IPTC and comments', PLAIN),
  of('jpeg with a segment that nobody knows, and another picture behind it', PLAIN),
  of('png with EXIF and a profile', PLAIN),
  of('png with texts', PLAIN),
  of('webp with EXIF, XMP and a profile', PLAIN),
  of('gif with a comment and XMP', PLAIN),
  ...LOOKS.map(([name]) => of(name, { size: sizeOfPhoto(name) })),
  ['a JPEG and a ZIP', from('jpeg', (bytes) => Buffer.concat([bytes, latin('PK\x03\x04')])), PLAIN],
  ['a PNG and a ZIP', from('png', (bytes) => Buffer.concat([bytes, latin('PK\x03\x04')])), PLAIN],
  ['a GIF and a JAR', from('gif', (bytes) => Buffer.concat([bytes, latin('PK\x03\x04')])), PLAIN],
  ['a JPEG without its last byte', cutOff('jpeg', 1), PLAIN],
  ['a JPEG without its last two', cutOff('jpeg', 2), PLAIN],
  ['a PNG without its end', cutOff('png', 12), PLAIN],
  ['a GIF without its end', cutOff('gif', 1), PLAIN],
  ['a PNG that moves', from('png', (bytes) => pngWith(bytes, ...movement())), PLAIN],
  ['a strip one pixel wide', () => hugePng(1, 12_000), { size: [1, 2048] }],
  ['one pixel', () => hugePng(1, 1), { size: [1, 1] }],
  ['a PNG of nearly 50 megapixels', () => hugePng(8000, 6249), { size: [2048, 1600] }],
];

function sizeOfPhoto(name: string): readonly [number, number] {
  if (name.endsWith('large')) return [2048, 1536];
  return name.endsWith('tiny') ? [90, 68] : [240, 180];
}

function movement(): readonly Buffer[] {
  const frame = Buffer.alloc(26);
  frame.writeUInt32BE(80, 4);
  frame.writeUInt32BE(60, 8);
  return [pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])), pngChunk('fcTL', frame)];
}

/** A JPEG that says that it has another size; what is missing of it is not there. */
const jpegOf = (name: string, mark: number, width: number, height: number): Case[1] =>
  from(name, (bytes) => {
    const frame = bytes.indexOf(Buffer.from([0xff, mark]));
    bytes.writeUInt16BE(height, frame + 5);
    bytes.writeUInt16BE(width, frame + 7);
    return bytes;
  });

/** A GIF that says how large it is and has next to nothing in it. */
function gifOf(width: number, height: number, frames: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  const colours = Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
  const all = Array<Buffer>(frames).fill(frame);
  return Buffer.concat([latin('GIF89a'), size, colours, ...all, latin(';')]);
}

const half = (name: string): Case[1] => from(name, (bytes) => bytes.subarray(0, bytes.length / 2));

const REFUSED: readonly (readonly [name: string, make: () => Uint8Array, reason: string])[] = [
  ['a JPEG of which more is missing', cutOff('photo 0', 40), 'broken'],
  ['a PNG of which more is missing', cutOff('png', 13), 'broken'],
  ['a GIF of which more is missing', cutOff('gif', 2), 'broken'],
  ['a WebP without its last byte', cutOff('webp', 1), 'broken'],
  ['a moving GIF without its last bytes', cutOff('moving gif', 8), 'animated'],
  ['half a JPEG', half('photo 0'), 'broken'],
  ['half a PNG', half('photo that is tiny'), 'broken'],
  ['half a WebP', half('photo as WebP'), 'broken'],
  ['the mere beginning of a JPEG', () => latin('\xff\xd8\xff\xe0'), 'broken'],
  ['the mere beginning of a PNG', () => latin('\x89PNG\r\n\x1a\n'), 'broken'],
  ['the mere beginning of a WebP', () => latin('RIFF\x10\0\0\0WEBPVP8 '), 'broken'],
  ['the mere beginning of a GIF', () => latin('GIF89a\x01\0\x01\0'), 'broken'],
  ['text with a JPEG’s first bytes', () => latin(`\xff\xd8\xff${'hello '.repeat(99)}`), 'broken'],
  [
    'a JPEG that says it is a PNG',
    from('jpeg', (bytes) => Buffer.concat([drawnPicture('png').subarray(0, 8), bytes])),
    'broken',
  ],
  ['a GIF that moves', () => drawnPicture('moving gif'), 'animated'],
  ['a WebP that moves', () => drawnPicture('moving webp'), 'animated'],
  ['a GIF of four billion pixels a frame', () => gifOf(65_535, 65_535, 1000), 'animated'],
  ['a GIF of a hundred thousand frames', () => gifOf(1, 1, 100_000), 'animated'],
  ['a PNG of 400 megapixels', () => hugePng(20_000, 20_000), 'too-many-pixels'],
  ['a PNG of 50 megapixels in one row', () => hugePng(50_000_000, 1), 'too-many-pixels'],
  ['a PNG of too many pixels in one column', () => hugePng(1, 20_001), 'too-many-pixels'],
  ['a JPEG of four billion pixels', jpegOf('jpeg', 0xc0, 65_500, 65_500), 'too-many-pixels'],
  [
    'a progressive JPEG that takes much memory',
    jpegOf('progressive jpeg with all its colours', 0xc2, 8000, 6000),
    'too-heavy',
  ],
  ['ten million bytes and one more', () => new Uint8Array(10_000_001), 'too-large'],
  ['nothing', () => latin(''), 'not-a-picture'],
  ['text', () => latin('I was there, I promise.'), 'not-a-picture'],
  ['a web page', () => latin('<!DOCTYPE html><html></html>'), 'not-a-picture'],
  ['a ZIP in front of a JPEG', () => latin('PK\x03\x04\x14\0\xff\xd8\xff'), 'not-a-picture'],
  ['an SVG', () => latin('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'drawing'],
  ['a PDF', () => latin('%PDF-1.7\n'), 'document'],
  ['an iPhone’s HEIC', () => latin('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'heic'],
  ['a video', () => latin('\0\0\0\x18ftypisom\0\0\x02\0isomiso2'), 'video'],
  ['a TIFF', () => latin('II*\0\x08\0\0\0'), 'kind'],
];

/** Each picture with what becomes of it: its size when it is taken, else the code of the refusal. */
export const DECISIONS: readonly Case[] = [
  ...TAKEN,
  ...REFUSED.map(([name, make, reason]): Case => [name, make, `picture-${reason}`]),
];

/**
 * Where the two differ, because other programs open the pictures: Images takes no edge of more than
 * 12,000 pixels, and on one's own machine no JPEG of which something is missing in the middle.
 */
export const DIFFERENT: readonly (readonly [
  name: string,
  make: () => Uint8Array,
  onNode: Decision,
  onCloudflare: Decision,
])[] = [
  [
    'a strip of 20,000 pixels',
    () => hugePng(1, 20_000),
    { size: [1, 2048] },
    'picture-too-many-pixels',
  ],
  [
    'a JPEG that claims to have 48 megapixels',
    jpegOf('jpeg', 0xc0, 8000, 6000),
    { size: [2048, 1536] },
    'picture-broken',
  ],
  [
    'a GIF that claims to have four billion pixels and has one',
    () => gifOf(65_535, 65_535, 1),
    { size: [1, 1] },
    'picture-too-many-pixels',
  ],
];

/** Where to look in a picture of two colours for one side of it, in parts of width and height. */
export const PLACES: Readonly<Record<Side, readonly [x: number, y: number]>> = {
  left: [0.1, 0.5],
  right: [0.9, 0.5],
  top: [0.5, 0.1],
  bottom: [0.5, 0.9],
};
