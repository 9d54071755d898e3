/** Sends a reply as private messages. The chat service knows no keys, so repeats look before they send. */
import { ChatBskyConvoDefs } from '@atproto/api';
import { type Clock, MINUTE_MS, SECOND_MS } from '../../../lib/clock.ts';
import type { Delivery } from '../../channel.ts';
import { renderMessages, type Spoken } from './render.ts';
import type { Speaker } from './speaker.ts';

type Said = ChatBskyConvoDefs.MessageView;

/** How many messages were sent when the rest was refused. */
export class HalfSent extends Error {
  override readonly name = 'HalfSent';
}

export type MessageSender = (to: string, delivery: Delivery) => Promise<readonly string[]>;

const CONVERSATIONS_KEPT = 5000;
const PAGE = 100;
const PAGES_MAX = 5;
/** A server's clock that tells whole seconds. */
const CLOCK_STEP_MS = 2 * SECOND_MS;
const SKEW_MS_MAX = 10 * MINUTE_MS;

/** What it gives answers the ids of the messages, in order; those found as sent among them. */
export function createMessageSender(options: {
  readonly account: Pick<Speaker, 'did' | 'chat' | 'bot'>;
  readonly publicUrl: string | undefined;
  readonly clock: Clock;
}): MessageSender {
  const { account, clock } = options;
  /** Their conversations, by DID: one with two members stays the same. */
  const known = new Map<string, string>();

  const conversationWith = async (to: string): Promise<string> => {
    const before = known.get(to);
    if (before !== undefined) return before;
    // Its own memory of conversations would keep whole profiles, of everybody.
    const { id } = await account.bot.getConversationForMembers([to], { noCacheResponse: true });
    if (known.size >= CONVERSATIONS_KEPT) known.clear();
    known.set(to, id);
    return id;
  };

  /** What we said in the conversation since a time (ms) of ours, oldest first. */
  const saidSince = async (convoId: string, since: number): Promise<Said[]> => {
    const said: Said[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const { data, headers } = await account.chat.chat.bsky.convo.getMessages({
        convoId,
        limit: PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      });
      const from = since - CLOCK_STEP_MS - behindMs(headers['date'], clock.now());
      const messages = data.messages.filter((one): one is Said =>
        ChatBskyConvoDefs.isMessageView(one),
      );
      const recent = messages.filter(({ sentAt }) => Date.parse(sentAt) >= from);
      said.push(...recent.filter(({ sender }) => sender.did === account.did));
      cursor = data.cursor;
      if (cursor === undefined || recent.length < messages.length) break;
    }
    return said.reverse();
  };

  const send = async (conversationId: string, { text, facets }: Spoken): Promise<string> => {
    const message = { conversationId, text, ...(facets === undefined ? {} : { facets }) };
    const { id } = await account.bot.sendMessage(message, { resolveFacets: false });
    return id;
  };

  return async (to, delivery) => {
    const ids: string[] = [];
    try {
      const convoId = await conversationWith(to);
      const said = delivery.attempt > 1 ? await saidSince(convoId, delivery.createdAt) : [];
      for (const words of renderMessages(delivery.reply, options.publicUrl)) {
        const at = said.findIndex(({ text }) => text === words.text);
        const [before] = at < 0 ? [] : said.splice(0, at + 1).slice(-1);
        ids.push(before?.id ?? (await send(convoId, words)));
      }
      return ids;
    } catch (error) {
      // It may be that it is no longer theirs: the next attempt asks anew.
      known.delete(to);
      if (ids.length > 0) throw new HalfSent('some of it was sent', { cause: error });
      throw error;
    }
  };
}

/** How far (ms) a server's clock is behind ours; 0 when it is not, or does not say. */
function behindMs(date: string | undefined, now: number): number {
  const behind = now - Date.parse(date ?? '');
  return Number.isNaN(behind) ? 0 : Math.min(Math.max(0, behind), SKEW_MS_MAX);
}
