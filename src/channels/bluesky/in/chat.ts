/**
 * Reads private messages. The log says what is new since a cursor, which is stored together with
 * its messages; unread conversations and requests are looked through besides, since a log without
 * a cursor begins now. Groups are none of ours.
 */
import type { InboundMessage } from '../../../conversation/message.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Capabilities, Inbox } from '../../channel.ts';
import type { Account } from '../account.ts';
import { asked } from './ask.ts';
import { type Convo, createConvos } from './convos.ts';
import { fieldsOf, listOf } from './fields.ts';
import type { Heed } from './rounds.ts';

export type Chat = {
  /** One request where there is nothing new. Answers whether there may be new conversations. */
  readonly read: (account: Account, heed: Heed) => Promise<boolean>;
  /** Looks through unread conversations, requests, and those that could not be read before. */
  readonly sweep: (account: Account, heed: Heed) => Promise<void>;
};

type Dm = Omit<InboundMessage, 'receivedAt'> & { readonly convo: string };

const CURSOR = 'bluesky-chat-cursor';
const PARKED = 'bluesky-parked-convos';
const PARKED_MAX = 200;
const PAGES_MAX = 1000;
const MESSAGES_PAGE = 100;
/** Of one conversation that nobody read for long. */
const MESSAGES_PAGES_MAX = 10;

export function createChat(options: {
  readonly inbox: Inbox;
  readonly memory: Capabilities['memory'];
  readonly failed: Capabilities['failed'];
  readonly clock: Clock;
}): Chat {
  const { inbox, memory, failed, clock } = options;
  const convos = createConvos();

  const parked = (): readonly string[] =>
    JSON.parse(memory.recall(PARKED) ?? '[]') as readonly string[];
  const park = async (convo: string): Promise<void> => {
    if (parked().includes(convo)) return;
    await memory.remember(PARKED, JSON.stringify([...parked(), convo].slice(-PARKED_MAX)));
  };

  const stored = (messages: readonly Dm[]): readonly InboundMessage[] => {
    const known = inbox.known(
      'bluesky',
      messages.map(({ externalId }) => externalId),
    );
    const receivedAt = clock.now();
    return messages.flatMap(({ convo: _, ...message }) =>
      known.has(message.externalId) ? [] : [{ ...message, receivedAt }],
    );
  };

  /** The messages of a page of the log that are for us, each with its conversation looked at. */
  const ofLog = async (
    account: Account,
    logs: readonly unknown[],
    heed: Heed,
  ): Promise<readonly Dm[]> => {
    const messages = logs.flatMap((log) => {
      const { $type, convoId, message } = fieldsOf(log);
      const isNews = $type === 'chat.bsky.convo.defs#logCreateMessage';
      const dm = isNews ? dmOf(message, String(convoId), account.did) : undefined;
      return dm === undefined ? [] : [dm];
    });
    const ours: Dm[] = [];
    for (const [id, said] of Map.groupBy(messages, ({ convo }) => convo)) {
      try {
        const convo = await convos.find(account, id, heed);
        if (convo !== undefined && isOurs(convo, said[0]?.sender)) ours.push(...said);
      } catch (error) {
        if (!convos.isSingular(error)) throw error;
        // The sweep comes back to it, and the log goes on.
        failed(error);
        await park(id);
      }
    }
    return ours;
  };

  /** What is in a conversation that we have not stored, oldest first. */
  const unstoredOf = async (
    { chat, did }: Account,
    convo: Convo,
    heed: Heed,
  ): Promise<readonly Dm[]> => {
    const found: Dm[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MESSAGES_PAGES_MAX; page += 1) {
      const data = await heed(
        asked(
          chat.chat.bsky.convo.getMessages({
            convoId: convo.id,
            limit: MESSAGES_PAGE,
            ...(cursor === undefined ? {} : { cursor }),
          }),
        ),
      );
      const theirs = listOf(fieldsOf(data)['messages']).flatMap((message) => {
        const dm = dmOf(message, convo.id, did);
        return dm === undefined ? [] : [dm];
      });
      const known = inbox.known(
        'bluesky',
        theirs.map(({ externalId }) => externalId),
      );
      // What was said before the unread ones was read by somebody, once.
      const unread = theirs.slice(0, Math.max(0, convo.unread - found.length));
      found.push(...unread.filter(({ externalId }) => !known.has(externalId)));
      const next = fieldsOf(data)['cursor'];
      if (unread.length < theirs.length || known.size > 0 || typeof next !== 'string') break;
      cursor = next;
    }
    return found.reverse();
  };

  /** That it was read is a courtesy, and spares the next sweep a conversation. */
  const markRead = async ({ chat }: Account, convoId: string, heed: Heed): Promise<void> => {
    await heed(chat.chat.bsky.convo.updateRead({ convoId })).catch((error: unknown) => {
      if (!convos.isSingular(error)) throw error;
    });
  };

  const takeConvo = async (account: Account, convo: Convo, heed: Heed): Promise<void> => {
    if (!isOurs(convo, undefined)) return;
    const messages = await unstoredOf(account, convo, heed);
    await inbox.receiveAll(stored(messages));
    if (convo.isRequest) await convos.accept(account, convo.id, heed);
    await markRead(account, convo.id, heed);
  };

  return {
    read: async (account, heed) => {
      let isWorthSweep = false;
      const cursors = new Set<string>();
      while (cursors.size < PAGES_MAX) {
        const cursor = memory.recall(CURSOR);
        const data = await heed(
          asked(account.chat.chat.bsky.convo.getLog(cursor === undefined ? {} : { cursor })),
        );
        const logs = listOf(fieldsOf(data)['logs']);
        const next = fieldsOf(data)['cursor'];
        isWorthSweep ||= cursor === undefined || logs.some(isNewConvo);
        const messages = await ofLog(account, logs, heed);
        const isMoved = typeof next === 'string' && next !== cursor;
        if (messages.length > 0 || isMoved) {
          await inbox.receiveAll(stored(messages), isMoved ? { [CURSOR]: next } : {});
        }
        for (const id of new Set(messages.map(({ convo }) => convo))) {
          if (convos.isRequest(id)) await convos.accept(account, id, heed);
          await markRead(account, id, heed);
        }
        if (!isMoved || logs.length === 0 || cursors.has(next)) return isWorthSweep;
        cursors.add(next);
      }
      return isWorthSweep;
    },
    sweep: async (account, heed) => {
      const again = parked();
      const all = await convos.waiting(account, again, heed);
      for (const convo of all) {
        try {
          await takeConvo(account, convo, heed);
        } catch (error) {
          if (!convos.isSingular(error)) throw error;
          failed(error);
          await park(convo.id);
          continue;
        }
        const left = parked();
        if (left.includes(convo.id)) {
          await memory.remember(PARKED, JSON.stringify(left.filter((id) => id !== convo.id)));
        }
      }
    },
  };
}

/** Of one with a person, who is no bot. */
const isOurs = (convo: Convo, sender: string | undefined): boolean =>
  convo.isDirect && !convo.isWithBot && (sender === undefined || convo.members.includes(sender));

const isNewConvo = (log: unknown): boolean =>
  fieldsOf(log)['$type'] === 'chat.bsky.convo.defs#logBeginConvo';

/** Undefined for what we said ourselves, and for what was deleted. */
function dmOf(message: unknown, convo: string, did: string): Dm | undefined {
  const { $type, id, text, sender, embed, replyTo } = fieldsOf(message);
  const from = fieldsOf(sender)['did'];
  if ($type !== undefined && $type !== 'chat.bsky.convo.defs#messageView') return undefined;
  if (typeof id !== 'string' || typeof text !== 'string') return undefined;
  if (typeof from !== 'string' || from === did) return undefined;
  const answered = fieldsOf(replyTo)['id'];
  return {
    convo,
    channel: 'bluesky',
    externalId: id,
    sender: from,
    text,
    pictures: [],
    replyTo: typeof answered === 'string' ? answered : null,
    isPublic: false,
    ...(text.trim() === '' && embed !== undefined ? { unread: 'other' as const } : {}),
  };
}
