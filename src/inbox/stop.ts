/** Tells whether a message opts out, before anything else is known of it. */
import type { Reader } from '../conversation/reader.ts';
import type { InboxPayload } from '../store/schema/messages.ts';

export const isStop = (
  { answered, text }: Pick<InboxPayload, 'answered' | 'text'>,
  { legalWord }: Pick<Reader, 'legalWord'>,
): boolean => answered === 'stop' || legalWord(text) === 'stop';
