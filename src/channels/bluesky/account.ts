/** The city's account on Bluesky, through one session. */
import type { Agent } from '@atproto/api';

export type Account = {
  readonly did: string;
  readonly agent: Agent;
  /** The same session, by way of the account's server to the service of private messages. */
  readonly chat: Agent;
};
