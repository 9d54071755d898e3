/** The port: what every way in and out is to the rest of the program. */

import type { ChannelName, InboundMessage, OwnPost, Reply } from '../conversation/message.ts';
import type { OutgoingOf } from '../lib/outgoing.ts';
import type { Result } from '../lib/result.ts';
import type { CreatePublicFetch } from '../media/public-fetch-port.ts';

/** One message on its way to one address, or to the channel's public place. */
export type Delivery = {
  /** Ours, the same at every attempt: for channels that recognize repeats. */
  readonly id: number;
  /** The recipient's address; null for the public place. */
  readonly to: string | null;
  readonly reply: Reply;
  /** `update`: the announcement `announced` is to show `reply` from now on. */
  readonly kind: 'reply' | 'notice' | 'announcement' | 'update' | 'broadcast';
  /** The place of the public message that is answered (`InboundMessage.place`); null for private. */
  readonly place: string | null;
  /** The task that an announcement, an update or a broadcast is about. */
  readonly taskId: number | null;
  /** The channel's own id of the announcement, for an update. */
  readonly announced: string | null;
  /** 1 for the first. From the second on the message may have arrived already. */
  readonly attempt: number;
  /** When it was decided (ms): nothing of it was sent before. */
  readonly createdAt: number;
};

/**
 * Why a message was not sent, and so what to do: `retry` later; `closed`: this person takes no
 * private messages now, but is there; `unreachable` this address until it writes again; `stopped`
 * by the recipient's wish; `rejected` this message for good; `misconfigured` until the operator
 * acts.
 */
export type SendError = {
  readonly kind: 'retry' | 'closed' | 'unreachable' | 'stopped' | 'rejected' | 'misconfigured';
  /** For operators: no address, no text of the message. */
  readonly detail: string;
  /** What the channel asks to wait (ms). */
  readonly retryAfterMs?: number;
  /** Nothing of it was sent, and it is no fault of the message: it does not count as an attempt. */
  readonly isUntried?: true;
};

export type SendOutcome =
  | {
      readonly ok: true;
      readonly providerId: string | null;
      /** Further ids by which replies to it may come, such as those of a thread's other posts. */
      readonly alsoIds?: readonly string[];
      /** The public post that it became, for an announcement that others can point at. */
      readonly post?: OwnPost;
      /** What it cost, in SMS segments. */
      readonly segments?: number;
    }
  | { readonly ok: false; readonly error: SendError };

/** Tells what became of a message that the channel took over. */
export type DeliveryReport = {
  readonly channel: ChannelName;
  /** The channel's own id of it. */
  readonly providerId: string;
  readonly state: 'delivered' | 'failed';
  /** Why it failed, where the channel says it: after `retry` it is sent again later. */
  readonly why?: SendError['kind'];
};

/** How a channel is, for people who look after it. */
export type ChannelState = {
  /** `trouble`: it does not work now, and `problem` says why and what to do, in one sentence. */
  readonly state: 'on' | 'trouble';
  readonly problem?: string;
  /** Requests that claimed to be the provider's and were not proven, since the start; none where it is left out. */
  readonly webhooksRefused?: number;
  /** What the provider told, since the start, that nobody can read; none where it is left out. */
  readonly unreadUpdates?: number;
};

/**
 * Fetches the bytes of a picture that a message only named. Refusals: `picture-…` codes for good;
 * it throws where it is to be tried again later.
 */
export type FetchPicture = (
  source: string,
) => Promise<Result<Uint8Array, { readonly code: string }>>;

export type Channel = {
  readonly name: ChannelName;
  /** Whether tasks are announced here in public: a feed, a channel post. */
  readonly hasPublicPlace: boolean;
  /** Whether what was announced there can be changed afterwards. */
  readonly canUpdate?: boolean;
  /** The place below a post of ours, in the channel's own words; left out where there is none. */
  readonly below?: (post: OwnPost) => string;
  /** Whether it reports to the inbox what became of each message that it took over. */
  readonly reportsDelivery?: boolean;
  /** How many messages a second it takes; null for any number. */
  readonly messagesPerSecond: number | null;
  /** The least time (ms) between two messages to one recipient; none where it is left out. */
  readonly betweenMs?: number;
  /** How it is now; without this it is simply on. */
  readonly status?: () => ChannelState;
  /** Sends one message. Never throws for what the channel answers. */
  readonly send: (delivery: Delivery) => Promise<SendOutcome>;
  readonly fetchPicture?: FetchPicture;
  /** The picture is ours now, or is not wanted: the provider need not keep it. Throws to be asked again. */
  readonly releasePicture?: (source: string) => Promise<void>;
};

/** Where a channel's messages go. Only a channel that has it takes messages in. */
export type Inbox = {
  /** Tells which of these external ids are stored already. */
  readonly known: (channel: ChannelName, externalIds: readonly string[]) => ReadonlySet<string>;
  /** Takes a message over: resolves once it is stored, and only then may it be acknowledged. */
  readonly receive: (message: InboundMessage) => Promise<{
    readonly id: number;
    /** False for a message that was stored before; it changes nothing. */
    readonly isNew: boolean;
  }>;
  /**
   * Takes many over in one transaction, and with them where their reader stands (`remember`): after
   * a crash either both are there or neither is. Answers how many were new.
   */
  readonly receiveAll: (
    messages: readonly InboundMessage[],
    remember?: Readonly<Record<string, string>>,
  ) => Promise<number>;
  /** False when the message is not known (yet): the channel should report again. */
  readonly report: (report: DeliveryReport) => Promise<boolean>;
  /**
   * Hears from a channel, once or more, that it has taken in what was said while the city did not
   * run, as far as it can tell: until then nothing expires.
   */
  readonly caughtUp?: (channel: ChannelName) => void;
};

/** The way in of a channel. It does nothing before it is started. */
export type Ingress = {
  /** By path, to be served before the start: each answers what a provider posts there. */
  readonly webhooks?: Readonly<Record<string, (request: Request) => Promise<Response>>>;
  /** Begins to take messages in. Throws a `ChannelError` when it cannot work as it is set up. */
  readonly start: () => Promise<void>;
  /** Takes no more in; resolves when what is under way has ended. */
  readonly stop: () => Promise<void>;
};

/** A channel with both ways. */
export type TwoWayChannel = Channel & {
  readonly status: () => ChannelState;
  /** The name at which people write to it, without the @, where only its provider knows it. */
  readonly address?: () => string | undefined;
  /** Makes its way in, which leads to `inbox`. */
  readonly createIngress: (inbox: Inbox) => Ingress;
};

/** Says in one sentence for the operator why a channel cannot work as it is set up. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
}

/** Facts about somebody who takes part: for menus, greetings and the words on buttons. */
export type TalkerFacts = {
  readonly language: string;
  readonly organizer: boolean;
  readonly redeemer: boolean;
  readonly admin: boolean;
  /** They said STOP. */
  readonly isStopped: boolean;
};

/** Values of a channel that outlive a restart, under names that begin with the channel's own. */
export type Memory = {
  readonly recall: (name: string) => string | undefined;
  readonly remember: (name: string, value: string) => Promise<void>;
  /** The same for secrets, such as a session: kept as ciphertext. */
  readonly recallSecret: (name: string) => string | undefined;
  readonly rememberSecret: (name: string, value: string | undefined) => Promise<void>;
  /**
   * A button or a deep link holds a short token for a payload, which is kept as ciphertext until
   * `expiresAt` (ms).
   */
  readonly payload: (token: string) => string | undefined;
  readonly keepPayload: (token: string, value: string, expiresAt: number) => Promise<void>;
  /** Pseudo-random bytes that only this city's key and this seed give: for signing buttons. */
  readonly derive: (seed: string) => Uint8Array;
};

/** The announcements on a channel of tasks that are open, by its own ids of them. */
export type Announcements = {
  /** The newest first. */
  readonly open: () => readonly string[];
  /** Adds a second id by which replies come. Changes nothing where the first is not known. */
  readonly addId: (externalId: string, alsoId: string) => Promise<void>;
};

/** Everything of the city that a channel may use. */
export type Capabilities = {
  readonly memory: Memory;
  readonly announcements: Announcements;
  /** Tells who is behind an address; undefined for a stranger, who has agreed to nothing yet. */
  readonly talkerOf: (address: string) => TalkerFacts | undefined;
  /** The bytes of a clean picture in the spool; undefined once it is gone. */
  readonly readPicture: (spoolKey: string) => Promise<Uint8Array | undefined>;
  /** Makes a `fetch` for addresses that strangers name. */
  readonly createPublicFetch: CreatePublicFetch;
  /** Where each request of the channel's own waits for its place; none waits where it is left out. */
  readonly outgoing?: OutgoingOf;
  /** Logs an error that nobody waits for. */
  readonly failed: (error: unknown) => void;
  /** Is told whenever the state of the channel is another than before. */
  readonly stateChanged?: (state: ChannelState) => void;
  /** Logs a sentence for the operator: something may have to be changed. */
  readonly warn: (sentence: string) => void;
};
