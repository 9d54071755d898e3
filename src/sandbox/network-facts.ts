/** What is known of the sandbox's own Bluesky network, wherever its servers run. */
export type NetworkFacts = {
  /** Addresses of the two servers, such as `http://localhost:41234`. */
  readonly pds: string;
  readonly plc: string;
  /** The city's account. */
  readonly did: string;
  readonly handle: string;
  readonly password: string;
};
