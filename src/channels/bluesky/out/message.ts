/** Sends a reply as private messages. The chat service knows no keys: a repeat looks before it sends. */
import { ChatBskyConvoDefs } from '@atproto/api';
import { MINUTE_MS, SECOND_MS } from '../../../lib/clock.ts';
import { BoundedMap } from '../../../lib/memo.ts';
import type { Delivery } from '../../channel.ts';
import type { SendOptions } from '../account.ts';
import { type Rendered, renderMessages } from './render.ts';

type Sent = ChatBskyConvoDefs.MessageView;

/** Some of the messages were sent when the rest was refused; the cause says why. */
export class HalfSent extends Error {
  override readonly name = 'HalfSent';
}

const CONVERSATIONS_KEPT = 5000;
const PAGE = 100;
const PAGES_MAX = 5;
/** Some servers' clocks tell whole seconds. */
const CLOCK_STEP_MS = 2 * SECOND_MS;
const SKEW_MS_MAX = 10 * MINUTE_MS;

/** Answers the ids of the messages, in order; those found as sent among them. */
export function createMessageSender(options: SendOptions) {
  const { bot } = options.account;
  /** The conversations with people, by their DIDs: one with two members stays the same. */
  const conversations = new BoundedMap<string, string>(CONVERSATIONS_KEPT);

  const conversationWith = async (to: string): Promise<string> => {
    const known = conversations.get(to);
    if (known !== undefined) return known;
    // Its own memory of conversations would keep whole profiles, of everybody.
    const { id } = await bot.getConversationForMembers([to], { noCacheResponse: true });
    conversations.set(to, id);
    return id;
  };

  const send = async (conversationId: string, { text, facets }: Rendered): Promise<string> => {
    const message = { conversationId, text, ...(facets === undefined ? {} : { facets }) };
    const { id } = await bot.sendMessage(message, { resolveFacets: false });
    return id;
  };

  return async (to: string, delivery: Delivery): Promise<readonly string[]> => {
    const ids: string[] = [];
    try {
      const convoId = await conversationWith(to);
      const sent =
        delivery.attempt > 1 ? await sentSince(options, convoId, delivery.createdAt) : [];
      for (const message of renderMessages(delivery.reply, options.settings.publicUrl)) {
        const at = sent.findIndex(({ text }) => text === message.text);
        const [before] = at < 0 ? [] : sent.splice(0, at + 1).slice(-1);
        ids.push(before?.id ?? (await send(convoId, message)));
      }
      return ids;
    } catch (error) {
      // It may be that it is no longer theirs: the next attempt asks for it again.
      conversations.delete(to);
      if (ids.length > 0) throw new HalfSent('some of it was sent', { cause: error });
      throw error;
    }
  };
}

/** The messages that we sent into the conversation since a time (ms) of ours, oldest first. */
async function sentSince(
  { account, clock }: SendOptions,
  convoId: string,
  since: number,
): Promise<Sent[]> {
  const sent: Sent[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { data, headers } = await account.chat.chat.bsky.convo.getMessages({
      convoId,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const from = since - CLOCK_STEP_MS - behindMs(headers['date'], clock.now());
    const messages = data.messages.filter((one): one is Sent =>
      ChatBskyConvoDefs.isMessageView(one),
    );
    const recent = messages.filter(({ sentAt }) => Date.parse(sentAt) >= from);
    sent.push(...recent.filter(({ sender }) => sender.did === account.did));
    cursor = data.cursor;
    if (cursor === undefined || recent.length < messages.length) break;
  }
  return sent.reverse();
}

/** How far (ms) a server's clock is behind ours; 0 when it is not, or does not say. */
function behindMs(date: string | undefined, now: number): number {
  const behind = now - Date.parse(date ?? '');
  return Number.isNaN(behind) ? 0 : Math.min(Math.max(0, behind), SKEW_MS_MAX);
}
