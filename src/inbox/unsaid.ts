/** Tells whether anybody said a stored message, before anything else is done about it. */
import type { Reader } from '../conversation/reader.ts';
import type { InboxPayload } from '../store/schema/messages.ts';

/**
 * A sticker may come as the picture of a reaction; any other picture was sent by a person. What the
 * provider obeyed already is a person's word as well, whatever it looks like.
 */
export function isUnsaid(
  { text, pictures, answered, sharedNumber, location }: InboxPayload,
  { legalWord, unsaid }: Pick<Reader, 'legalWord' | 'unsaid'>,
): boolean {
  if (answered !== undefined || sharedNumber !== undefined) return false;
  if (location !== undefined || legalWord(text) !== null) return false;
  const kind = unsaid(text);
  return kind !== null && (pictures === 0 || kind === 'reaction');
}
