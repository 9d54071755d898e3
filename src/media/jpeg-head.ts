/** Reads the head of a JPEG: the segments before its first pixels. */
import type { BytesReader } from './bytes-reader.ts';
import type { PictureHead } from './picture-limits.ts';

const MARK = 0xff;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Marks that announce how large a picture is: all from C0 to CF but tables and conditions. */
const FRAMES = [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];
const PROGRESSIVE = [0xc2, 0xc6, 0xca, 0xce];
/** Restarts, the beginning, and a mark for a time: no segment belongs to them. */
const isAlone = (mark: number): boolean => mark === 1 || (mark >= 0xd0 && mark <= 0xd8);

/** Null where there is none before its first pixels. */
export function readJpegHead(file: BytesReader): PictureHead | null {
  let head: PictureHead | null = null;
  let at = 2;
  for (;;) {
    const found = nextMark(file, at);
    if (found === undefined || found.mark === END_OF_IMAGE) return null;
    at = found.after;
    if (found.mark === START_OF_SCAN) return head;
    if (isAlone(found.mark)) continue;
    const length = file.bigEndian(at, 2);
    if (length === undefined || length < 2) return null;
    if (FRAMES.includes(found.mark)) {
      // Two frames would say two things.
      if (head !== null) return null;
      head = frameOf(file, at, PROGRESSIVE.includes(found.mark));
    }
    at += length;
  }
}

/** The next mark and where it ends; what is between is skipped, as every reader of JPEG does. */
function nextMark(
  file: BytesReader,
  from: number,
): { readonly mark: number; readonly after: number } | undefined {
  let at = from;
  for (;;) {
    const [byte, mark] = [file.bigEndian(at, 1), file.bigEndian(at + 1, 1)];
    if (byte === undefined || mark === undefined) return undefined;
    // A zero stands for the byte itself, and several of it fill up.
    if (byte === MARK && mark !== 0 && mark !== MARK) return { mark, after: at + 2 };
    at += 1;
  }
}

function frameOf(file: BytesReader, at: number, isProgressive: boolean): PictureHead | null {
  const [height, width, channels] = [
    file.bigEndian(at + 3, 2),
    file.bigEndian(at + 5, 2),
    file.bigEndian(at + 7, 1),
  ];
  const sampling = file.bigEndian(at + 9, 1);
  if (height === undefined || width === undefined) return null;
  if (channels === undefined || channels < 1 || sampling === undefined) return null;
  return {
    ...{ format: 'jpeg', width, height, frames: 1, isProgressive, channels, sampleBytes: 1 },
    // How much denser brightness is stored than colour: across, and down.
    isSubsampled: channels === 3 && sampling >> 4 > 1 && (sampling & 15) > 1,
  };
}
