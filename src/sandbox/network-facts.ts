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

/** A network that the sandbox has for itself: its time goes by with the city's. */
export type OwnNetwork = NetworkFacts & {
  /** The address that takes by POST how far (ms) its time is to be ahead of the machine's. */
  readonly clock: string;
};
