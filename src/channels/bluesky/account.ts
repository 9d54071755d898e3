/**
 * The city's account on Bluesky, through the one session that the publisher has as well: sign-ins
 * are few, and a token is refreshed once for all who use it.
 */
import { Agent } from '@atproto/api';
import { Bot } from '@skyware/bot';
import { type Answer, answered } from '../../account/answer.ts';
import type { Session } from '../../account/session.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Capabilities } from '../channel.ts';
import type { BlueskySettings } from './settings.ts';

export type Account = {
  readonly did: string;
  readonly agent: Agent;
  /** The same session, through the account's server to the service of private messages. */
  readonly chat: Agent;
  /**
   * The same once more. `@skyware/bot` 0.3.12 has no keys for posts, cuts them in the middle of a
   * sentence, takes words of people for mentions and asks once when it is refused with 429: it opens
   * conversations and sends what is cut and linked already, and our outbox keeps what it is refused.
   */
  readonly bot: Bot;
};

/** What it takes to send by the account. */
export type SendOptions = {
  readonly account: Account;
  readonly settings: Pick<BlueskySettings, 'publicUrl'>;
  readonly readPicture: Capabilities['readPicture'];
  readonly clock: Clock;
};

export type OpenAccount = () => Promise<Answer<Account>>;

/** Answers a function that signs in, if that is needed, and gives the account. */
export function createAccount(options: {
  readonly session: Session;
  readonly chatDid: string;
}): OpenAccount {
  const { session, chatDid } = options;
  let opened: Account | undefined;
  return async () => {
    const account = await session.signIn();
    if (account.kind !== 'ok') return account;
    const did = account.value;
    if (opened?.did !== did) {
      const agent = new Agent({ did: did as `did:plc:${string}`, fetchHandler: session.request });
      opened = {
        did,
        agent,
        chat: agent.withProxy('bsky_chat', chatDid as `did:plc:${string}`),
        bot: createBot(session.request, chatDid),
      };
    }
    return answered(opened);
  };
}

/**
 * `@skyware/bot` 0.3.12 keeps its session to itself, where nobody can store it, and its listeners
 * lose a batch when one post of it cannot be loaded: so it gets our requests and never listens.
 */
function createBot(request: Session['request'], chatDid: string): Bot {
  const bot = new Bot({ emitEvents: false, emitChatEvents: false });
  bot.agent.handle = request;
  bot.chatProxy = bot.agent.withProxy('bsky_chat', chatDid as `did:plc:${string}`);
  return bot;
}
