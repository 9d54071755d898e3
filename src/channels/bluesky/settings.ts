/** What an operator says about the city's account on Bluesky. */
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
  /** Who runs the city, named in the profile. */
  readonly operator: string;
  readonly contact: string;
};
