/** Two things cross between channels and the rest: a message comes in, a reply goes out. */

import type { Coordinates } from '../lib/coordinates.ts';

export type ChannelName = 'sms' | 'telegram' | 'bluesky';

/** A picture as it came, its bytes waiting in the spool under this key. */
export type SpooledPicture = { readonly spoolKey: string };

/**
 * A picture that the message only named: its channel fetches it by this once the message is stored,
 * so that a provider need not wait for its acknowledgement.
 */
type RemotePicture = { readonly source: string };

/** A public post in its author's own repository, in the version that was read. */
export type OwnPost = { readonly uri: `at://${string}`; readonly cid: string };

/** A message as a channel understood it, before anybody decided anything about it. */
export type InboundMessage = {
  readonly channel: ChannelName;
  /** The channel's own id of the message: the key against duplicates. */
  readonly externalId: string;
  /** The sender's address on the channel: a phone number, a user id, a DID. */
  readonly sender: string;
  readonly text: string;
  readonly pictures: readonly (SpooledPicture | RemotePicture)[];
  /** The external id of the message that this one replies to. */
  readonly replyTo: string | null;
  /** The external id of the message that began the conversation, where there are threads. */
  readonly thread?: string;
  /** Others read along. What is private about the sender is answered to the sender alone. */
  readonly isPublic: boolean;
  /** Where a public message's answer belongs, in the channel's own words; `send` gets it back. */
  readonly place?: string;
  /** The sender's own public post that this message is. */
  readonly post?: OwnPost;
  /** It was written for others and quotes the announcement of a task: `replyTo`. */
  readonly isQuote?: true;
  /** It names us, where others are spoken to as well. */
  readonly namesUs?: true;
  /** It has other words than a message that was sent so long (ms) before. */
  readonly changedAfterMs?: number;
  /** A part of it that nobody here can read; nothing of that is kept. */
  readonly unread?: 'location' | 'contact' | 'other';
  /**
   * Where its sender says to be, or to meet: only of a location that they shared on purpose. It is kept
   * as long as the message, and never logged.
   */
  readonly location?: Coordinates;
  /**
   * The number (E.164) of the sender's own phone, which the provider vouches for. Nothing of a number
   * is kept that nobody has here.
   */
  readonly sharedNumber?: string;
  /** The provider did this and answered by itself, so that it is not answered again. */
  readonly answered?: 'stop' | 'start' | 'help';
  /** Its sender's country is not one that the city talks with: only STOP is kept. */
  readonly isUnserved?: true;
  /** The cost of receiving it, in SMS segments. */
  readonly segments?: number;
  /**
   * When the person sent it, as the provider tells it (ms): never a time that its sender chose. It
   * was sent when it came where this is left out.
   */
  readonly sentAt?: number;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** When its service first had it (ms), where its author says when it was sent. */
  readonly shownAt?: number;
  /** Its channel cannot tell when it was sent. */
  readonly isUndated?: true;
};

/** Something the person can say next, offered as a button where the channel has buttons. */
export type Choice = { readonly label: string; readonly send: string };

/** A page that goes with a reply: a card where the channel has cards. */
type Link = {
  /** The path of a page of the city, such as `/tasks/12`; channels put `PUBLIC_URL` before it. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
};

/** A message to one person, the same for every channel. */
export type Reply = {
  readonly text: string;
  readonly choices: readonly Choice[];
  /** Spool keys of pictures to show with it, for channels that can. */
  readonly pictures: readonly string[];
  /** Tells nothing about the person that others may not read. Without it a reply is private. */
  readonly isPublic?: true;
  /** The last of the day's texts are kept for it. */
  readonly isEssential?: true;
  /** The answer to a question could not be taken: the question stays open. */
  readonly isAgain?: true;
  /** What it says about a code at the counter, for a page that shows it large. */
  readonly verdict?: 'give' | 'do-not-give';
  /** A redemption code in the text, as it is shown: a QR picture where the channel can show one. */
  readonly code?: string;
  /** The digits that people check in with, which are in the text: a QR picture that sends them. */
  readonly checkIn?: string;
  /** The redemption whose code that is, by its number. */
  readonly redemption?: number;
  readonly link?: Link;
  /** The label of a button that shares the number of one's own phone, where the channel has one. */
  readonly asksForNumber?: string;
};

/** The code that tells why a picture cannot be used. */
export type PictureReason = `picture-${string}`;

/** A picture of the message after it was looked at. */
export type CheckedPicture =
  | { readonly id: number; readonly ok: true }
  | { readonly id: number; readonly ok: false; readonly reason: PictureReason };
