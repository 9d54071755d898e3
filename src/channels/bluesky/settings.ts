/** The city's account on Bluesky, as the operator sets it. */
export type BlueskySettings = {
  readonly service: string;
  /** Handle or DID. */
  readonly identifier: string;
  /** An app password with access to direct messages. Never logged. */
  readonly password: string;
  /** The service of direct messages, reached through the account's own server. */
  readonly chatDid: string;
  readonly pollSeconds: number;
  readonly plcUrl: string;
  readonly publicUrl: string | undefined;
  /** The profile names who runs the city. */
  readonly operator: string;
  readonly contact: string;
};
