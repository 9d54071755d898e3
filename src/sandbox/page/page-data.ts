/**
 * What the sandbox's page sees of the city behind it. `createPageData` makes it of the phones, the
 * store and the network; this folder knows nothing of those.
 */

export type SandboxChannel = 'sms' | 'telegram' | 'bluesky';

type SandboxRole = 'resident' | 'organizer' | 'redeemer' | 'admin';

/** Somebody whose phone the page draws. */
export type SandboxPerson = {
  readonly channel: SandboxChannel;
  /** The address on the channel: E.164 number, Telegram user id, or DID. */
  readonly person: string;
  /** Where it is missing, the page calls them by their role, in its own language. */
  readonly name?: string;
  readonly role: SandboxRole;
};

/** A message on a phone. `in` is what the person wrote, `out` what the city answered. */
export type SandboxMessage = {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly text: string;
  readonly choices: readonly { readonly label: string; readonly send: string }[];
  /** ISO 8601. */
  readonly at: string;
  /** Of the bot's SMS only. */
  readonly segments?: number;
  readonly encoding?: 'GSM-7' | 'UCS-2';
  /** URLs below /sandbox/, as `/sandbox/pictures/<key>`. */
  readonly pictures?: readonly string[];
  /** The message that this one answers in a thread. */
  readonly replyTo?: string;
  /**
   * Everybody sees it (an announcement, a thread), as against a private message. Where it is
   * missing, an answer to what is public counts as public.
   */
  readonly public?: boolean;
};

/** One line of the public record. */
export type SandboxRecord = {
  /** Position in the order of decision, from 1. */
  readonly seq: number;
  readonly collection: string;
  readonly rkey: string;
  readonly uri: string;
  readonly cid: string;
  readonly operation: 'create' | 'update' | 'delete';
  readonly state: 'staged' | 'published' | 'superseded';
  /** ISO 8601. */
  readonly at: string;
  /** What happened, in one line without private data. */
  readonly summary: string;
};

/** A message on its way in, as a transport would hand it over. */
export type SandboxInbound = {
  readonly channel: SandboxChannel;
  readonly from: string;
  readonly text: string;
  readonly media: readonly { readonly mediaType: string; readonly bytes: Uint8Array }[];
  readonly replyTo?: string;
};

/** A task that has not begun. */
export type ComingTask = {
  readonly number: number;
  /** ISO 8601. */
  readonly startsAt: string;
};

export type SandboxEvent =
  | {
      readonly type: 'message';
      readonly channel: SandboxChannel;
      readonly person: string;
      readonly message: SandboxMessage;
    }
  | { readonly type: 'record'; readonly record: SandboxRecord }
  /** The city's time was moved on, and what became due is done; ISO 8601. */
  | { readonly type: 'clock'; readonly now: string };

type SandboxNetwork = {
  /** Base URL of the local PDS. */
  readonly pds: string;
  readonly plc: string;
  /** The city's account. */
  readonly did: string;
  readonly handle: string;
};

export interface PageData {
  /** The city's name, as it stands in its configuration. */
  readonly city: string;
  /** In which the city's times are told, such as `America/Los_Angeles`. */
  readonly timeZone: string;
  readonly people: readonly SandboxPerson[];
  /** Resolves once the message is stored; a refusal is a sentence and stores nothing. */
  send(message: SandboxInbound): Promise<{ readonly id: string } | { readonly refused: string }>;
  /**
   * The messages of one person in order of time: those after the message `after`, or all that
   * are kept where `after` is missing or unknown. Nobody known has none.
   */
  messages(channel: SandboxChannel, person: string, after?: string): readonly SandboxMessage[];
  /** The bytes of a picture that a message showed. */
  picture(key: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** At most `limit` records with a `seq` above `afterSeq`, newest first. */
  records(afterSeq: number, limit: number): readonly SandboxRecord[];
  /** The newest state of one record. */
  record(
    collection: string,
    rkey: string,
  ):
    | {
        readonly uri: string;
        readonly cid: string;
        readonly value: unknown;
        readonly state: SandboxRecord['state'];
      }
    | undefined;
  network(): SandboxNetwork;
  /** The city's time (ms). */
  now(): number;
  /** Lets so much time (ms) go by; resolves when all that became due is done. */
  passTime(ms: number): Promise<void>;
  /** Open tasks with a fixed time that have not begun, the next one first. */
  comingTasks(): readonly ComingTask[];
  /**
   * Tells of every message (both directions), of every record, once when it is staged and again
   * with the same `seq` when it is published, and of every move of the city's time. Returns what
   * ends the telling.
   */
  subscribe(listener: (event: SandboxEvent) => void): () => void;
}
