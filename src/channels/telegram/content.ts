/** Finds the content of a message: words, pictures, or something that nobody here can read. */
import type { Message } from 'grammy/types';

/** Told apart because people are answered differently. */
export type Unread = 'location' | 'contact' | 'other';

export type Content = {
  readonly text: string;
  /** File ids, of each picture its largest size. */
  readonly pictures: readonly string[];
  readonly unread: Unread | undefined;
};

const OTHERS = [
  'animation',
  'audio',
  'dice',
  'document',
  'game',
  'paid_media',
  'poll',
  'checklist',
  'sticker',
  'story',
  'video',
  'video_note',
  'voice',
] as const satisfies readonly (keyof Message)[];

/** Undefined for what says nothing, such as that somebody joined the group. */
export function contentOf(message: Message): Content | undefined {
  const text = message.text ?? message.caption ?? '';
  const picture = pictureOf(message);
  if (picture !== undefined) return { text, pictures: [picture], unread: undefined };
  const unread = unreadOf(message);
  if (unread !== undefined) return { text, pictures: [], unread };
  return message.text === undefined ? undefined : { text, pictures: [], unread: undefined };
}

function pictureOf({ photo, document, animation }: Message): string | undefined {
  const [largest] = [...(photo ?? [])].sort((a, b) => b.width * b.height - a.width * a.height);
  if (largest !== undefined) return largest.file_id;
  const isPicture = document?.mime_type?.startsWith('image/') === true && animation === undefined;
  return isPicture ? document.file_id : undefined;
}

function unreadOf(message: Message): Unread | undefined {
  if (message.location !== undefined || message.venue !== undefined) return 'location';
  if (message.contact !== undefined) return 'contact';
  return OTHERS.some((kind) => message[kind] !== undefined) ? 'other' : undefined;
}
