/** Asks Images, which runs outside of the worker, to unpack a stranger's picture. */
import { readPictureHead } from '../media/picture-head.ts';
import { OUTPUT_EDGE_MAX } from '../media/picture-limits.ts';
import { type PictureFormat, sniff } from '../media/sniff.ts';

/** High, since the picture is encoded once more. */
const QUALITY = 92;
const END_OF_JPEG = Uint8Array.of(0xff, 0xd9);
/** A GIF of one pixel: whoever cannot draw this cannot draw anything. */
const PLAIN_GIF = Uint8Array.from(
  atob('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs='),
  (character) => character.charCodeAt(0),
);

/**
 * Gives the picture as a JPEG of at most 2048 pixels an edge, upright and on white; undefined when
 * it is damaged. The errors of Images do not tell a damaged picture from a failure of its own: it is
 * the picture's fault when it fails twice and another one is drawn afterwards. Otherwise this throws.
 */
export async function drawWithImages(
  images: ImagesBinding,
  bytes: Uint8Array,
  format: PictureFormat,
): Promise<Uint8Array | undefined> {
  for (const tried of [bytes, format === 'jpeg' ? withEnd(bytes) : bytes]) {
    const drawn = await draw(images, tried).catch(() => undefined);
    if (drawn !== undefined) return smallJpeg(drawn);
  }
  // Rejects when it is not the picture.
  await draw(images, PLAIN_GIF);
  return undefined;
}

/** A JPEG that came without its last two bytes is whole: only the mark of its end is missing. */
function withEnd(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(bytes.length + END_OF_JPEG.length);
  whole.set(bytes);
  whole.set(END_OF_JPEG, bytes.length);
  return whole;
}

const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });

async function draw(images: ImagesBinding, bytes: Uint8Array): Promise<Uint8Array> {
  const drawn = await images
    .input(streamOf(bytes))
    .transform({ width: OUTPUT_EDGE_MAX, height: OUTPUT_EDGE_MAX, fit: 'scale-down' })
    .output({ format: 'image/jpeg', quality: QUALITY, background: '#ffffff', anim: false });
  return new Uint8Array(await drawn.response().arrayBuffer());
}

/**
 * Where an account may not use Images, a picture comes back as it went: a large one would take more
 * memory than a worker has.
 */
function smallJpeg(drawn: Uint8Array): Uint8Array {
  const sniffed = sniff(drawn);
  const isJpeg = sniffed.isPicture && sniffed.format === 'jpeg';
  const head = isJpeg ? readPictureHead(drawn, 'jpeg') : null;
  if (head === null || Math.max(head.width, head.height) > OUTPUT_EDGE_MAX) {
    throw new Error('Images has not scaled a picture down to a JPEG.');
  }
  return drawn;
}
