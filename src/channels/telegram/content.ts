/** Finds the content of a message: words, pictures, or something that nobody here can read. */
import type { Message } from 'grammy/types';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Coordinates } from '../../lib/coordinates.ts';

/** Told apart because people are answered differently. */
export type Unread = 'location' | 'contact' | 'other';

export type Content = {
  readonly text: string;
  /** File ids, of each picture its largest size, and of what was sent as a file. */
  readonly pictures: readonly string[];
  readonly unread: Unread | undefined;
  /** Where a location or a place is that was shared. */
  readonly location?: Coordinates;
  /** The number of the sender's own phone, as Telegram knows it. */
  readonly sharedNumber?: string;
};

const LATITUDE_MAX = 90;
const LONGITUDE_MAX = 180;

const OTHERS = [
  'animation',
  'audio',
  'dice',
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
  const sharedNumber = ownNumber(message);
  if (sharedNumber !== undefined) return { text, pictures: [], unread: undefined, sharedNumber };
  const shared = sharedPlace(message);
  if (shared !== undefined) return { pictures: [], unread: 'location', ...shared };
  const unread = unreadOf(message);
  if (unread !== undefined) return { text, pictures: [], unread };
  return message.text === undefined ? undefined : { text, pictures: [], unread: undefined };
}

function pictureOf({ photo, document, animation }: Message): string | undefined {
  const [largest] = [...(photo ?? [])].sort((a, b) => b.width * b.height - a.width * a.height);
  if (largest !== undefined) return largest.file_id;
  // What a file is, its bytes tell: whoever sends it may have named it anything, or nothing.
  return animation === undefined ? document?.file_id : undefined;
}

/** Anybody can send anybody's card: only the one of the sender's own account tells their number. */
function ownNumber({ contact, from, chat }: Message): string | undefined {
  if (contact?.user_id === undefined || contact.user_id !== from?.id) return undefined;
  if (chat.type !== 'private') return undefined;
  // Until 2019 mobile numbers of Mexico had a 1 after the country code.
  const digits = contact.phone_number.replace(/\D/g, '').replace(/^521(\d{10})$/, '52$1');
  return parsePhoneNumberFromString(`+${digits}`)?.number;
}

/** A location, or a place of a map with its name. */
function sharedPlace({ venue, location }: Message): Pick<Content, 'text' | 'location'> | undefined {
  const { latitude, longitude } = venue?.location ?? location ?? {};
  if (!isDegrees(latitude, LATITUDE_MAX) || !isDegrees(longitude, LONGITUDE_MAX)) return undefined;
  const title: unknown = venue?.title;
  return { text: typeof title === 'string' ? title : '', location: { latitude, longitude } };
}

/** Strangers write updates: Telegram says that it is a number, and that may be wrong. */
const isDegrees = (value: unknown, max: number): value is number =>
  typeof value === 'number' && Math.abs(value) <= max;

function unreadOf(message: Message): Unread | undefined {
  if (message.location !== undefined || message.venue !== undefined) return 'location';
  if (message.contact !== undefined) return 'contact';
  return OTHERS.some((kind) => message[kind] !== undefined) ? 'other' : undefined;
}
