// What a channel hands to the contract test, so that it is held to what every channel must do.
import type { Channel } from '../../src/channels/channel.ts';
import type { Choice, InboundMessage } from '../../src/conversation/message.ts';

/** A body as the provider posts it, and the message that it means. */
export type InboundCase = {
  readonly title: string;
  readonly raw: string;
  /** Undefined for what must be refused. */
  readonly means:
    | (Pick<InboundMessage, 'sender' | 'text' | 'replyTo' | 'isPublic'> & {
        readonly pictures: readonly Uint8Array[];
      })
    | undefined;
};

/** One message as the recipient's device shows it. */
type Arrived = {
  readonly id: string;
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly pictures: readonly string[];
};

/** The channel at work, with the other end in sight. */
export type OpenChannel = {
  readonly channel: Channel;
  /** What the intake gets for a body; undefined when it is refused. */
  readonly receive: (raw: string) => Promise<
    | {
        readonly message: InboundMessage;
        /** What was kept of its pictures. */
        readonly pictures: readonly (Uint8Array | undefined)[];
      }
    | undefined
  >;
  /** What arrived at an address, or in the public place, in order. */
  readonly arrived: (to: string | null) => readonly Arrived[];
  readonly close: () => Promise<void>;
};

export type ChannelContract = {
  readonly title: string;
  readonly open: () => Promise<OpenChannel>;
  readonly inbound: readonly InboundCase[];
  /** Whether the provider's own id of a message stands in its body. */
  readonly hasOwnIds: boolean;
  /** No buttons and no pictures: whoever composes for it puts everything in words. */
  readonly hasWordsOnly?: true;
  /** An address that can be written to. */
  readonly address: string;
  /** A text as the channel spells it. */
  readonly spell: (text: string) => string;
  /** Whether one message keeps to the channel's limits. */
  readonly fits: (text: string, isPublic: boolean) => boolean;
  /** How many letters fill one message, to a person and in the public place. */
  readonly letters: { readonly toOne: number; readonly toAll: number | undefined };
};

/** A message as it was taken in, with the bytes of its pictures where they can be had. */
export async function withPictures(channel: Channel, message: InboundMessage) {
  const pictures: (Uint8Array | undefined)[] = [];
  for (const picture of message.pictures) {
    const fetched = 'source' in picture ? await channel.fetchPicture?.(picture.source) : undefined;
    pictures.push(fetched?.ok === true ? fetched.value : undefined);
  }
  return { message, pictures };
}
