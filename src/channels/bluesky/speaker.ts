/** What speaking needs of the account. */
import type { Agent } from '@atproto/api';

export type Speaker = {
  readonly did: string;
  readonly agent: Pick<Agent, 'com' | 'uploadBlob'>;
  /** The same session, by way of the account's server to the service of private messages. */
  readonly chat: Pick<Agent, 'chat'>;
};
