/** Makes of a Reply the messages of Telegram that show it, within its limits. */
import type { Choice, Reply } from '../../conversation/message.ts';
import { splitText } from '../../lib/split-text.ts';

/** A picture to show: one that was sent in, or a code for the camera of a shop. */
export type Shown = { readonly spoolKey: string } | { readonly code: string };

export type Rendered =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly choices: readonly Choice[];
      /** The label of a button that shares the person's number. */
      readonly asksForNumber?: string;
    }
  | {
      readonly kind: 'photo';
      readonly caption: string;
      readonly photo: Shown;
      readonly choices: readonly Choice[];
    }
  /** Several pictures; Telegram lets no buttons stand under them. */
  | { readonly kind: 'album'; readonly photos: readonly Shown[] };

/** UTF-16 code units, as Telegram counts. */
export const TEXT_LENGTH_MAX = 4096;
export const CAPTION_LENGTH_MAX = 1024;
const ALBUM_MAX = 10;

const NO_CHOICES: readonly Choice[] = [];

/**
 * The messages that a reply becomes, in order. Its choices stand under the last, where the person
 * reads on. Text is sent as it is, without any markup that people's words could break.
 */
export function render(reply: Reply): readonly Rendered[] {
  const pieces = splitText(reply.text, TEXT_LENGTH_MAX, (piece) => piece.length <= TEXT_LENGTH_MAX);
  const photos: readonly Shown[] = [
    ...reply.pictures.map((spoolKey) => ({ spoolKey })),
    ...(reply.code === undefined ? [] : [{ code: reply.code }]),
  ];
  const [only] = photos;
  if (only === undefined || photos.length > 1) {
    return [...inAlbums(photos), ...texts(pieces, reply.choices, reply.asksForNumber)];
  }
  const last = pieces.at(-1) ?? '';
  const isCaption = last.length <= CAPTION_LENGTH_MAX;
  return [
    ...texts(isCaption ? pieces.slice(0, -1) : pieces, NO_CHOICES),
    { kind: 'photo', caption: isCaption ? last : '', photo: only, choices: reply.choices },
  ];
}

const texts = (
  pieces: readonly string[],
  choices: readonly Choice[],
  asksForNumber?: string,
): Rendered[] =>
  pieces.map((text, at) => {
    const isLast = at === pieces.length - 1;
    return {
      ...{ kind: 'text', text, choices: isLast ? choices : NO_CHOICES },
      ...(isLast && asksForNumber !== undefined ? { asksForNumber } : {}),
    };
  });

/** An album holds two to ten; one that is left over is a photo by itself. */
function inAlbums(photos: readonly Shown[]): Rendered[] {
  const albums: Rendered[] = [];
  for (let at = 0; at < photos.length; at += ALBUM_MAX) {
    const some = photos.slice(at, at + ALBUM_MAX);
    const [only] = some;
    albums.push(
      only !== undefined && some.length === 1
        ? { kind: 'photo', caption: '', photo: only, choices: NO_CHOICES }
        : { kind: 'album', photos: some },
    );
  }
  return albums;
}
