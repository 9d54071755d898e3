/** Messages that go out to people, as the outbox keeps them, and what those who add them share. */
import type { ChannelName, OwnPost, Reply } from '../conversation/message.ts';
import type { Voice } from '../conversation/speech.ts';
import type { Language } from '../languages/texts.ts';
import { DAY_MS } from '../lib/clock.ts';
import type { Partner } from '../store/partners.ts';
import type { DeliveryBody } from '../store/schema/messages.ts';
import type { Tx } from '../store/store.ts';
import type { Task } from '../store/tasks.ts';

export type MailerParts = {
  readonly speech: (language: Language, now: number) => Voice;
  /** Whether these words move credits or codes. */
  readonly isCareful: (words: string) => boolean;
  readonly publicPlaces: readonly ChannelName[];
  /** The channels on which something is said below a post, and how each names the place, sealed. */
  readonly below?: readonly {
    readonly channel: ChannelName;
    readonly placeOf: (post: OwnPost) => string;
  }[];
  /** The language of public announcements. */
  readonly firstLanguage: Language;
  /**
   * Gives out what a text costs by SMS from the day of `now`; false when the day has no more for texts
   * of this use.
   */
  readonly spendText: (at: Moment, text: string, use: TextUse) => boolean;
  /** How many messages about new tasks one subscriber gets in a day. */
  readonly alertsPerDay: number;
  /** Does somebody who chose like this, as it is kept, ask for such a task at `now` (ms)? */
  readonly asksFor: (kept: string, found: FoundTask, now: number) => boolean;
  /** When the city may next call on people (ms). */
  readonly nextContactTime: (now: number) => number;
};

type FoundTask = { readonly task: Task; readonly issuer: Partner };

/** What a text is for: the last of a day's texts are kept for what is essential. */
type TextUse = 'alert' | 'answer' | 'essential';

/** The transaction that decides what is said, and its time (ms). */
export type Moment = { readonly tx: Tx; readonly now: number };

/** An address, and where others read along: both null for a private message. */
type Address = {
  readonly channel: string;
  readonly identityId: number | null;
  /** The message that is answered. */
  readonly inboxId: number | null;
  /** In the channel's own words, sealed. */
  readonly place: string | null;
  /** The conversation that the place belongs to. */
  readonly thread: string | null;
};

/** The answers to one message, in the language of its sender. */
export type Answers = {
  /** Where the message came from. */
  readonly to: Address & { readonly identityId: number };
  readonly language: Language;
  readonly replies: readonly Reply[];
};

/** What tells the subscribers that asked for such a task, and may have one more alert. */
export const alertRoom = (
  { alertsPerDay, asksFor }: Pick<MailerParts, 'alertsPerDay' | 'asksFor'>,
  { tx, now }: Moment,
  found: FoundTask,
) => ({
  alertsPerDay,
  alertsSince: now - DAY_MS,
  filters: tx.broadcasts.filters().filter((kept) => asksFor(kept, found, now)),
});

/** Adds an answer, to be sent at once. */
export function addReply({ tx, now }: Moment, to: Address, reply: DeliveryBody): void {
  const { isEssential: _isEssential, ...body } = reply;
  const { channel, identityId, inboxId, place, thread } = to;
  const address = { channel, identityId, inboxId, place, thread };
  tx.outbox.add({ ...address, kind: 'reply', body, notBefore: now, createdAt: now });
}
