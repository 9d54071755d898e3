/** Messages that go out to people, as the outbox keeps them. */
import type { Reply } from '../conversation/message.ts';
import type { Language } from '../languages/texts.ts';
import type { Identity } from '../store/identities.ts';
import type { DeliveryBody } from '../store/schema/messages.ts';
import type { Moment } from './mailer-parts.ts';

/** An address, and where others read along: both null for a private message. */
export type Address = {
  readonly channel: string;
  readonly identityId: number | null;
  /** The message that is answered. */
  readonly inboxId: number | null;
  /** In the channel's own words. */
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

/** Adds an answer, to be sent at once. */
export function addReply({ tx, now }: Moment, to: Address, body: DeliveryBody): void {
  const { channel, identityId, inboxId, place, thread } = to;
  tx.outbox.add({
    channel,
    identityId,
    inboxId,
    kind: 'reply',
    place,
    thread,
    body,
    notBefore: now,
    createdAt: now,
  });
}

/** Adds a notice, to be sent at `notBefore` (ms) or later. */
export function addNotice(
  { tx, now }: Moment,
  { id, channel }: Pick<Identity, 'id' | 'channel'>,
  { body, notBefore }: { readonly body: DeliveryBody; readonly notBefore: number },
): void {
  tx.outbox.add({
    channel,
    identityId: id,
    kind: 'notice',
    body,
    notBefore,
    createdAt: now,
  });
}
