/**
 * Reads private messages. The log says what is new since a cursor, which is stored together with
 * its messages; unread conversations and requests are looked through besides, since a log without
 * a cursor begins now. Groups are not for us.
 */
import type { Clock } from '../../../lib/clock.ts';
import type { Capabilities, Inbox } from '../../channel.ts';
import type { Account } from '../account.ts';
import { fieldsOf, listOf } from '../fields.ts';
import { asked, pagesOf } from './ask.ts';
import { type Convo, type Convos, createConvos, isAboutConvo } from './convos.ts';
import { type DirectMessage, parseMessage } from './parse.ts';
import { unstored } from './posts.ts';

type State = Pick<Capabilities, 'memory' | 'failed'> & {
  readonly inbox: Pick<Inbox, 'known' | 'receiveAll'>;
  readonly clock: Clock;
  readonly convos: Convos;
};

const CURSOR = 'bluesky-chat-cursor';
const PARKED = 'bluesky-parked-convos';
const PARKED_MAX = 200;
const PAGES_MAX = 1000;
const MESSAGES_PAGE = 100;
/** The most of one conversation that nobody read for long. */
const MESSAGES_PAGES_MAX = 10;

export function createChat(options: Omit<State, 'convos'>) {
  const state = { ...options, convos: createConvos() };
  return {
    /** Asks once where there is nothing new. Answers whether there may be new conversations. */
    read: (account: Account) => readLog(state, account),
    /** Looks through unread conversations, requests, and those that could not be read before. */
    sweep: (account: Account) => sweep(state, account),
  };
}

async function readLog(state: State, account: Account): Promise<boolean> {
  const { memory, convos } = state;
  let isWorthSweep = false;
  const cursors = new Set<string>();
  while (cursors.size < PAGES_MAX) {
    const cursor = memory.recall(CURSOR);
    const page = await asked(
      account.chat.chat.bsky.convo.getLog(cursor === undefined ? {} : { cursor }),
    );
    const logs = listOf(page['logs']);
    const next = page['cursor'];
    isWorthSweep ||= cursor === undefined || logs.some(isNewConvo);
    const messages = await messagesIn(state, account, logs);
    const isMoved = typeof next === 'string' && next !== cursor;
    if (messages.length > 0 || isMoved) {
      await take(state, messages, isMoved ? { [CURSOR]: next } : {});
    }
    for (const id of new Set(messages.map(({ convo }) => convo))) {
      if (convos.isRequest(id)) await convos.accept(account, id);
      await markRead(account, id);
    }
    if (!isMoved || logs.length === 0 || cursors.has(next)) return isWorthSweep;
    cursors.add(next);
  }
  return isWorthSweep;
}

async function sweep(state: State, account: Account): Promise<void> {
  const { memory, failed } = state;
  for (const convo of await state.convos.waiting(account, parkedIn(state))) {
    try {
      await takeConvo(state, account, convo);
    } catch (error) {
      if (!isAboutConvo(error)) throw error;
      failed(error);
      await park(state, convo.id);
      continue;
    }
    const parked = parkedIn(state);
    if (parked.includes(convo.id)) {
      await memory.remember(PARKED, JSON.stringify(parked.filter((id) => id !== convo.id)));
    }
  }
}

/** The messages of a page of the log that are for us, each with its conversation looked at. */
async function messagesIn(
  state: State,
  account: Account,
  logs: readonly unknown[],
): Promise<readonly DirectMessage[]> {
  const messages = logs.flatMap((log) => {
    const { $type, convoId, message } = fieldsOf(log);
    const isNew = $type === 'chat.bsky.convo.defs#logCreateMessage';
    const parsed = isNew ? parseMessage(message, String(convoId), account.did) : undefined;
    return parsed === undefined ? [] : [parsed];
  });
  const ours: DirectMessage[] = [];
  for (const [id, ofConvo] of Map.groupBy(messages, ({ convo }) => convo)) {
    try {
      const convo = await state.convos.find(account, id);
      const sender = ofConvo[0]?.sender ?? '';
      if (convo !== undefined && isForUs(convo) && convo.members.includes(sender)) {
        ours.push(...ofConvo);
      }
    } catch (error) {
      if (!isAboutConvo(error)) throw error;
      // The sweep comes back to it, and the log goes on.
      state.failed(error);
      await park(state, id);
    }
  }
  return ours;
}

async function takeConvo(state: State, account: Account, convo: Convo): Promise<void> {
  if (!isForUs(convo)) return;
  await take(state, await unreadOf(state, account, convo));
  if (convo.isRequest) await state.convos.accept(account, convo.id);
  await markRead(account, convo.id);
}

/** The messages of a conversation that are unread and not stored, oldest first. */
async function unreadOf(
  { inbox }: State,
  { chat, did }: Account,
  { id: convoId, unread: count }: Convo,
): Promise<readonly DirectMessage[]> {
  const found: DirectMessage[] = [];
  const list = (page: object) =>
    chat.chat.bsky.convo.getMessages({ convoId, limit: MESSAGES_PAGE, ...page });
  for await (const { messages } of pagesOf(list, MESSAGES_PAGES_MAX)) {
    const theirs = listOf(messages).flatMap((message) => {
      const parsed = parseMessage(message, convoId, did);
      return parsed === undefined ? [] : [parsed];
    });
    // Somebody has read the messages before the unread ones.
    const unread = theirs.slice(0, Math.max(0, count - found.length));
    const fresh = unstored(inbox, unread);
    found.push(...fresh);
    if (unread.length < theirs.length || fresh.length < unread.length) break;
  }
  return found.reverse();
}

/** Takes messages in, and with them where the log is to be read on. */
async function take(
  { inbox, clock }: State,
  messages: readonly DirectMessage[],
  remember: Readonly<Record<string, string>> = {},
): Promise<void> {
  const receivedAt = clock.now();
  const fresh = unstored(inbox, messages).map(({ convo: _, ...message }) => message);
  const received = fresh.map((message) => ({ ...message, receivedAt }));
  await inbox.receiveAll(received, remember);
}

/** Marks a conversation as read: a courtesy, and the next sweep need not look at it. */
async function markRead({ chat }: Account, convoId: string): Promise<void> {
  await chat.chat.bsky.convo.updateRead({ convoId }).catch((error: unknown) => {
    if (!isAboutConvo(error)) throw error;
  });
}

/** Conversations that could not be read. */
const parkedIn = ({ memory }: State): readonly string[] =>
  JSON.parse(memory.recall(PARKED) ?? '[]');

async function park(state: State, convo: string): Promise<void> {
  const parked = parkedIn(state);
  if (parked.includes(convo)) return;
  await state.memory.remember(PARKED, JSON.stringify([...parked, convo].slice(-PARKED_MAX)));
}

/** Those with one person, who is no bot. */
const isForUs = (convo: Convo): boolean => convo.isDirect && !convo.isWithBot;

const isNewConvo = (log: unknown): boolean =>
  fieldsOf(log)['$type'] === 'chat.bsky.convo.defs#logBeginConvo';
