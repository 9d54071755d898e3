/**
 * Albums arrive as one update a picture, seconds apart and in any order. Their parts are held, on
 * disk and as ciphertext, until the album is quiet; then it is one message with all its pictures.
 */
import { Background } from '../../lib/background.ts';
import { DAY_MS, SECOND_MS } from '../../lib/clock.ts';
import { hiddenToken, messageId } from './ids.ts';
import { type MessagesOptions, storeSaid } from './messages.ts';
import type { Said } from './parse.ts';

export type Albums = ReturnType<typeof createAlbums>;

type Held = { readonly key: string; readonly parts: readonly Said[] };

type State = MessagesOptions & {
  readonly held: Map<string, Held>;
  /** Albums that are being taken. */
  readonly closing: Map<string, Promise<void>>;
  /** Ends the wait for an album to be quiet. */
  readonly quiet: Map<string, AbortController>;
  readonly waits: Background;
  isStopped: boolean;
};

/** No part that belongs to an album comes later than this after the one before. */
const QUIET_MS = 4 * SECOND_MS;
const PARTS_MAX = 10;
/** Telegram repeats an update that was not acknowledged for a day. */
const REPEATED_MS = 2 * DAY_MS;
const HELD = 'telegram-albums';

const keyOf = (part: Said): string => `${part.chat}/album/${part.album ?? ''}`;

export function createAlbums(options: MessagesOptions) {
  const { inbox, memory } = options;
  const state: State = {
    ...options,
    held: new Map(),
    closing: new Map(),
    quiet: new Map(),
    waits: new Background(),
    isStopped: false,
  };
  const { held } = state;
  return {
    /** Whether parts of the same album are held or were taken. */
    isKnown: (part: Said): boolean =>
      held.has(keyOf(part)) || inbox.known('telegram', [keyOf(part)]).size > 0,
    /**
     * Holds a part of an album; resolves once it is on disk. Gives back, with the album's words, a
     * part that came after its album was taken: it is a message of its own.
     */
    hold: (part: Said): Promise<Said | undefined> => hold(state, part),
    /** Takes the albums that this person has begun: what they say next comes after them. */
    close: async (sender: string): Promise<void> => {
      for (const { key, parts } of held.values()) {
        if (parts[0]?.sender === sender) await close(state, key);
      }
    },
    /** Goes on with what an earlier run held. */
    start: (): void => {
      const kept: readonly Held[] = JSON.parse(memory.recallSecret(HELD) ?? '[]');
      for (const album of kept) {
        held.set(album.key, album);
        closeWhenQuiet(state, album.key);
      }
    },
    stop: async (): Promise<void> => {
      state.isStopped = true;
      for (const wait of state.quiet.values()) wait.abort();
      await state.waits.ended();
      await Promise.allSettled(state.closing.values());
    },
  };
}

async function hold(state: State, part: Said): Promise<Said | undefined> {
  const { inbox, memory, held } = state;
  const key = keyOf(part);
  await state.closing.get(key);
  if (memory.payload(partToken(state, part)) !== undefined) return undefined;
  if (inbox.known('telegram', [key]).has(key)) {
    const text = part.text || (memory.payload(token(state, key)) ?? '');
    return { ...part, text };
  }
  const parts = held.get(key)?.parts ?? [];
  const isNew = !parts.some(({ message }) => message === part.message);
  if (isNew) held.set(key, { key, parts: [...parts, part] });
  closeWhenQuiet(state, key);
  await save(state);
  if ((held.get(key)?.parts.length ?? 0) >= PARTS_MAX) await close(state, key);
  return undefined;
}

function closeWhenQuiet(state: State, key: string): void {
  state.quiet.get(key)?.abort();
  const ending = new AbortController();
  state.quiet.set(key, ending);
  const closed = state.wait(QUIET_MS, ending.signal).then(async () => {
    if (!ending.signal.aborted) await close(state, key);
  });
  state.waits.add(closed, state.failed);
}

/** All who close an album at once wait for the same taking of it. */
function close(state: State, key: string): Promise<void> {
  const { quiet, closing } = state;
  quiet.get(key)?.abort();
  quiet.delete(key);
  const known = closing.get(key);
  if (known !== undefined) return known;
  const ended = take(state, key)
    .catch((error: unknown) => {
      // It goes on being held, and is tried again when it has been quiet for a while longer.
      if (!state.isStopped) closeWhenQuiet(state, key);
      throw error;
    })
    .finally(() => closing.delete(key));
  closing.set(key, ended);
  return ended;
}

async function take(state: State, key: string): Promise<void> {
  const { memory, held } = state;
  const album = held.get(key);
  if (album === undefined) return;
  const whole = asOne(album);
  const until = state.now() + REPEATED_MS;
  await memory.keepPayload(token(state, key), whole.text, until);
  for (const part of album.parts) await memory.keepPayload(partToken(state, part), '', until);
  await storeSaid(state, whole);
  held.delete(key);
  await save(state);
}

const save = ({ memory, held }: State): Promise<void> =>
  memory.rememberSecret(HELD, held.size === 0 ? undefined : JSON.stringify([...held.values()]));

const token = ({ memory }: State, about: string): string => hiddenToken(memory, 'album', about);

const partToken = (state: State, part: Said): string =>
  token(state, messageId(part.chat, part.message));

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
    unread: pictures.length === 0 ? first.unread : undefined,
  };
}
