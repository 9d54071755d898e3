/**
 * Albums arrive as one update a picture, seconds apart and in any order. Their parts are held, on
 * disk and as ciphertext, until the album is quiet; then it is one message with all its pictures.
 */
import { DAY_MS, SECOND_MS } from '../../lib/clock.ts';
import type { Wait } from '../../lib/wait.ts';
import type { ChannelDesk } from '../channel.ts';
import { messageId } from './ids.ts';
import type { Said } from './parse.ts';

export type Albums = {
  /**
   * Holds a part of an album; resolves once it is on disk. The part itself for one that came after
   * its album was taken, with the album's words: it is a message of its own.
   */
  readonly hold: (part: Said) => Promise<Said | undefined>;
  /** Whether parts of the same album are held or were taken. */
  readonly isKnown: (part: Said) => boolean;
  /** Takes the albums that this person has begun: what they say next comes after them. */
  readonly close: (sender: string) => Promise<void>;
  /** Goes on with what an earlier run held. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

/** No part that belongs to an album comes later than this after the one before. */
const QUIET_MS = 4 * SECOND_MS;
const PARTS_MAX = 10;
/** Telegram repeats an update that was not acknowledged for a day. */
const REPEATED_MS = 2 * DAY_MS;
const HELD = 'telegram-albums';

type Held = { readonly key: string; readonly parts: readonly Said[] };

const keyOf = (part: Said): string => `${part.chat}/album/${part.album ?? ''}`;

export function createAlbums(options: {
  readonly desk: Pick<
    ChannelDesk,
    'known' | 'payload' | 'keepPayload' | 'derive' | 'recallSecret' | 'rememberSecret' | 'failed'
  >;
  /** Stores one message with the pictures of them all. */
  readonly take: (album: Said) => Promise<void>;
  readonly now: () => number;
  readonly wait: Wait;
}): Albums {
  const { desk } = options;
  const held = new Map<string, Held>();
  const closing = new Map<string, Promise<void>>();
  const waiting = new Map<string, AbortController>();
  const timers = new Set<Promise<void>>();
  let isStopped = false;

  const save = (): Promise<void> =>
    desk.rememberSecret(HELD, held.size === 0 ? undefined : JSON.stringify([...held.values()]));

  /** Names a chat and a message to nobody: the store keeps it in the clear. */
  const token = (about: string): string => {
    const bytes = desk.derive(JSON.stringify(['telegram', 'album', about]));
    return `telegram:album:${Buffer.from(bytes).toString('base64url').slice(0, 22)}`;
  };
  const partToken = (part: Said): string => token(messageId(part.chat, part.message));

  const take = async (key: string): Promise<void> => {
    const album = held.get(key);
    if (album === undefined) return;
    const whole = asOne(album);
    const until = options.now() + REPEATED_MS;
    await desk.keepPayload(token(key), whole.text, until);
    for (const part of album.parts) await desk.keepPayload(partToken(part), '', until);
    await options.take(whole);
    held.delete(key);
    await save();
  };

  const close = (key: string): Promise<void> => {
    waiting.get(key)?.abort();
    waiting.delete(key);
    const known = closing.get(key);
    if (known !== undefined) return known;
    const ended = take(key)
      .catch((error: unknown) => {
        // It goes on being held, and is tried again when it has been quiet for a while longer.
        if (!isStopped) closeWhenQuiet(key);
        throw error;
      })
      .finally(() => closing.delete(key));
    closing.set(key, ended);
    return ended;
  };

  const closeWhenQuiet = (key: string): void => {
    waiting.get(key)?.abort();
    const patience = new AbortController();
    waiting.set(key, patience);
    const timer = options
      .wait(QUIET_MS, patience.signal)
      .then(() => (patience.signal.aborted ? undefined : close(key)))
      .catch(desk.failed)
      .finally(() => timers.delete(timer));
    timers.add(timer);
  };

  return {
    isKnown: (part) => held.has(keyOf(part)) || desk.known([keyOf(part)]).size > 0,
    hold: async (part) => {
      const key = keyOf(part);
      await closing.get(key);
      if (desk.payload(partToken(part)) !== undefined) return undefined;
      if (desk.known([key]).has(key)) {
        return { ...part, text: part.text || (desk.payload(token(key)) ?? ''), album: undefined };
      }
      const parts = held.get(key)?.parts ?? [];
      if (!parts.some(({ message }) => message === part.message)) {
        held.set(key, { key, parts: [...parts, part] });
      }
      closeWhenQuiet(key);
      await save();
      if ((held.get(key)?.parts.length ?? 0) >= PARTS_MAX) await close(key);
      return undefined;
    },
    close: async (sender) => {
      for (const { key, parts } of held.values()) {
        if (parts[0]?.sender === sender) await close(key);
      }
    },
    start: () => {
      const kept = desk.recallSecret(HELD);
      for (const album of kept === undefined ? [] : (JSON.parse(kept) as Held[])) {
        held.set(album.key, album);
        closeWhenQuiet(album.key);
      }
    },
    stop: async () => {
      isStopped = true;
      for (const patience of waiting.values()) patience.abort();
      await Promise.allSettled([...timers, ...closing.values()]);
    },
  };
}

/** The album as one message: its first picture's, with the words and the pictures of all. */
function asOne({ key, parts }: Held): Said {
  const inOrder = [...parts].sort((one, other) => one.message - other.message);
  const [first] = inOrder;
  if (first === undefined) throw new Error('An album has at least one part.');
  const pictures = inOrder.flatMap((part) => part.pictures);
  return {
    ...first,
    externalId: key,
    text: inOrder
      .map((part) => part.text)
      .filter(Boolean)
      .join('\n'),
    pictures,
    album: undefined,
    unread: pictures.length === 0 ? first.unread : undefined,
  };
}
