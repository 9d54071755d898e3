/** The two things that cross the border between channels and the rest: what came in, what goes out. */

export type ChannelName = 'sms' | 'telegram' | 'bluesky';

/** A picture as it came: its bytes wait in the spool under this key. */
export type SpooledPicture = { readonly spoolKey: string };

/** A message as a channel understood it, before anybody decided anything about it. */
export type InboundMessage = {
  readonly channel: ChannelName;
  /** The channel's own id of the message: the key against duplicates. */
  readonly externalId: string;
  /** The sender's address on the channel: a phone number, a user id, a DID. */
  readonly sender: string;
  readonly text: string;
  readonly pictures: readonly SpooledPicture[];
  /** The external id of the message that this one replies to. */
  readonly replyTo: string | null;
  readonly isPublic: boolean;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
};

/** Something the person can say next, offered as a button where the channel has buttons. */
export type Choice = { readonly label: string; readonly send: string };

/** What goes out to one person, whatever the channel. */
export type Reply = {
  readonly text: string;
  readonly choices: readonly Choice[];
  /** Spool keys of pictures to show with it, for channels that can. */
  readonly pictures: readonly string[];
};

/** A picture of the message after it was looked at. */
export type CheckedPicture =
  | { readonly id: number; readonly ok: true }
  | { readonly id: number; readonly ok: false; readonly reason: string };
