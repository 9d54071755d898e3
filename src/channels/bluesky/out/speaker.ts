/** What speaking needs of the account: any `Account` has it. */
import type { Agent } from '@atproto/api';
import type { Bot } from '@skyware/bot';

export type Speaker = {
  readonly did: string;
  readonly agent: Pick<Agent, 'com' | 'uploadBlob'>;
  /** The same session, by way of the account's server to the service of private messages. */
  readonly chat: Pick<Agent, 'chat'>;
  /**
   * `@skyware/bot` 0.3.12 has no keys for posts, cuts them in the middle of a sentence, takes words
   * of people for mentions and asks once when it is refused with 429: it opens conversations and
   * sends what is cut and linked already, and what it is refused waits in our outbox.
   */
  readonly bot: Pick<Bot, 'getConversationForMembers' | 'sendMessage'>;
};
