/**
 * Takes posts over, whoever found them: each once, the oldest first. One that cannot be loaded or
 * stored is parked, on disk, and asked for again, and the rest goes on.
 */
import type { InboundMessage } from '../../../conversation/message.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Capabilities, Inbox, Memory } from '../../channel.ts';
import type { Account } from '../account.ts';
import { fieldsOf, listOf } from '../fields.ts';
import { asked } from './ask.ts';
import { parsePost } from './parse.ts';

/** Values that are stored with the messages, such as how far a reader has come. */
type Remembered = Readonly<Record<string, string>>;

export type Posts = ReturnType<typeof createPosts>;

type State = Pick<Capabilities, 'memory' | 'announcements' | 'failed'> & {
  readonly inbox: Pick<Inbox, 'known' | 'receive' | 'receiveAll'>;
  readonly clock: Clock;
};

/** Kept as ciphertext: an address names the author, who may not have agreed to anything. */
const PARKED = 'bluesky-parked-posts';
/** Further ones are found again by the next look a day back. */
const PARKED_MAX = 500;
/** Tries with a minute between them: a day and a half. */
const TRIES_MAX = 2000;
/** One transaction stores so many, and so many are asked for at once. */
const BATCH = 100;
const ASKED_MAX = 25;

type Parked = { readonly uri: string; readonly tries: number };

export const createPosts = (state: State) => ({
  /**
   * Of posts as the network shows them, takes those that are for us and new, and with them what is
   * to be remembered. Answers which of them are parked.
   */
  take: (shown: readonly unknown[], { did }: Account, remember: Remembered = {}) =>
    take(state, shown, { did, remember }),
  /** Asks again for what is parked. */
  retry: (account: Account) => retry(state, account),
});

async function take(
  state: State,
  shown: readonly unknown[],
  { did, remember }: { readonly did: string; readonly remember: Remembered },
): Promise<readonly string[]> {
  const { inbox, memory } = state;
  const announcements = new Set(state.announcements.open());
  const around = { did, isAnnouncement: (uri: string) => announcements.has(uri) };
  const parsed = shown.toSorted(byTime).map((post) => parsePost(post, around));
  const missing = parsed.flatMap((one) => (one.kind === 'missing' ? [one.uri] : []));
  const said = parsed.flatMap((one) => (one.kind === 'said' ? [one.message] : []));
  const receivedAt = state.clock.now();
  const fresh = unstored(inbox, said).map((message) => ({ ...message, receivedAt }));
  await park(memory, missing);
  return [...missing, ...(await store(state, fresh, remember))];
}

/** Answers which of them could not be stored. */
async function store(
  state: State,
  messages: readonly InboundMessage[],
  remember: Remembered,
): Promise<readonly string[]> {
  const refused: string[] = [];
  for (let at = 0; at < Math.max(1, messages.length); at += BATCH) {
    const batch = messages.slice(at, at + BATCH);
    // The last of them go with what is remembered: either both are there or neither is.
    const isLast = at + BATCH >= messages.length;
    const mark = isLast ? remember : {};
    if (batch.length === 0 && Object.keys(mark).length === 0) continue;
    await state.inbox.receiveAll(batch, mark).catch(async (error: unknown) => {
      if (batch.length === 0) throw error;
      refused.push(...(await storeEach(state, batch)));
      if (Object.keys(mark).length > 0) await state.inbox.receiveAll([], mark);
    });
  }
  return refused;
}

/** Stores one by one, after all of them together were refused. */
async function storeEach(
  { inbox, memory, failed }: State,
  messages: readonly InboundMessage[],
): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const message of messages) {
    await inbox.receive(message).catch((error: unknown) => {
      failed(error);
      refused.push(message.externalId);
    });
  }
  // Where the store itself is in trouble this fails as well, and all is asked for again.
  await park(memory, refused);
  return refused;
}

async function retry(state: State, account: Account): Promise<void> {
  const { memory } = state;
  const waiting = parkedIn(memory).map(({ uri }) => uri);
  if (waiting.length === 0) return;
  const done = new Set<unknown>();
  for (let at = 0; at < waiting.length; at += ASKED_MAX) {
    const uris = waiting.slice(at, at + ASKED_MAX);
    const { posts } = await asked(account.agent.app.bsky.feed.getPosts({ uris }));
    const shown = listOf(posts);
    const again = await take(state, shown, { did: account.did, remember: {} });
    for (const { uri } of shown.map(fieldsOf)) {
      if (typeof uri === 'string' && !again.includes(uri)) done.add(uri);
    }
  }
  // Others may have been parked meanwhile. What is not shown was deleted, or is not there yet.
  const left = parkedIn(memory)
    .filter(({ uri }) => !done.has(uri))
    .map(({ uri, tries }) => ({ uri, tries: tries + (waiting.includes(uri) ? 1 : 0) }))
    .filter(({ tries }) => tries < TRIES_MAX);
  await memory.rememberSecret(PARKED, JSON.stringify(left));
}

const parkedIn = (memory: Memory): readonly Parked[] =>
  JSON.parse(memory.recallSecret(PARKED) ?? '[]');

async function park(memory: Memory, uris: readonly string[]): Promise<void> {
  const before = parkedIn(memory);
  const fresh = uris.filter((uri) => !before.some((one) => one.uri === uri));
  if (fresh.length === 0) return;
  const all = [...before, ...fresh.map((uri) => ({ uri, tries: 0 }))];
  await memory.rememberSecret(PARKED, JSON.stringify(all.slice(-PARKED_MAX)));
}

/** The time that the network tells: that of the post, or of its arrival where it is earlier. */
const timeOf = (shown: unknown): number => {
  const at = Date.parse(String(fieldsOf(shown)['indexedAt']));
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
};

const byTime = (one: unknown, other: unknown): number => {
  const [first, second] = [timeOf(one), timeOf(other)];
  return first === second ? 0 : first - second;
};

/** Those of the messages that are not stored yet, in their order. */
export function unstored<M extends { readonly externalId: string }>(
  inbox: Pick<Inbox, 'known'>,
  messages: readonly M[],
): readonly M[] {
  const ids = messages.map(({ externalId }) => externalId);
  const known = inbox.known('bluesky', ids);
  return messages.filter(({ externalId }) => !known.has(externalId));
}
