/** The port: what every way in and out is to the rest of the program. */
import type { ChannelName, InboundMessage, Reply } from '../conversation/message.ts';

/** Takes a message over: resolves once it is stored, and only then may it be acknowledged. */
export type Intake = (message: InboundMessage) => Promise<{
  readonly id: number;
  /** False for a message that was stored before; it changes nothing. */
  readonly isNew: boolean;
}>;

/** One message on its way to one address, or to the channel's public place. */
export type Delivery = {
  /** Ours, the same at every attempt: for channels that recognize repeats. */
  readonly id: number;
  /** The recipient's address; null for the public place. */
  readonly to: string | null;
  readonly reply: Reply;
  readonly kind: 'reply' | 'notice' | 'announcement';
  /** 1 for the first. From the second on the message may have arrived already. */
  readonly attempt: number;
};

/**
 * Why a message was not sent, and so what to do: `retry` later; `unreachable` this address for
 * good; `stopped` by the recipient's wish; `rejected` this message for good; `misconfigured` until
 * the operator acts.
 */
export type SendError = {
  readonly kind: 'retry' | 'unreachable' | 'stopped' | 'rejected' | 'misconfigured';
  /** For operators: no address, no text of the message. */
  readonly detail: string;
  /** What the channel asks to wait (ms). */
  readonly retryAfterMs?: number;
};

export type SendOutcome =
  | { readonly ok: true; readonly providerId: string | null }
  | { readonly ok: false; readonly error: SendError };

/**
 * Tells what became of a message that the channel took over, by the channel's own id of it. False
 * when that id is not known (yet): the channel should report again.
 */
export type Report = (
  channel: ChannelName,
  providerId: string,
  state: 'delivered' | 'failed',
) => Promise<boolean>;

export type Channel = {
  readonly name: ChannelName;
  /** Whether tasks are announced here in public: a feed, a channel post. */
  readonly hasPublicPlace: boolean;
  /** How many messages a second it takes; null for any number. */
  readonly messagesPerSecond: number | null;
  /** Sends one message. Never throws for what the channel answers. */
  readonly send: (delivery: Delivery) => Promise<SendOutcome>;
};
