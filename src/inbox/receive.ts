/** Takes messages in: each is stored once, on disk, before its channel hears that it was received. */
import type { Intake } from '../channels/channel.ts';
import type { Language } from '../conversation/language/texts.ts';
import type { InboundMessage } from '../conversation/message.ts';
import type { Observe } from '../lib/steps.ts';
import { cleanText } from '../lib/text.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import { identityOf } from '../services/people.ts';
import type { Store } from '../store/store.ts';

/** More than any channel carries; what is longer is cut before anything looks at it. */
const TEXT_LENGTH_MAX = 5000;

/** What the inbox keeps of a message until it is done. */
export type Payload = {
  readonly text: string;
  readonly replyTo: string | null;
  readonly pictures: number;
};

export function createReceiver(options: {
  readonly store: Store;
  readonly foundation: Foundation;
  /** The language a stranger's first words are in. */
  readonly guessLanguage: (text: string) => Language;
  readonly removePicture: (spoolKey: string) => Promise<void>;
  readonly observe: Observe;
  /** There is something new in the inbox; with pictures it has to be looked at first. */
  readonly wake: (hasPictures: boolean) => void;
}): Intake {
  const { store, foundation, observe } = options;
  return async (message: InboundMessage) => {
    const text = cleanText(message.text.slice(0, TEXT_LENGTH_MAX));
    const payload: Payload = {
      text,
      replyTo: message.replyTo,
      pictures: message.pictures.length,
    };
    const stored = await store.commit((tx) => {
      const context = contextOf(foundation, tx);
      const { channel, externalId } = message;
      const id = tx.inbox.addMessage({
        channel,
        externalId,
        identityId: identityOf(context, channel, message.sender, () => options.guessLanguage(text)),
        payload: JSON.stringify(payload),
        receivedAt: message.receivedAt,
      });
      if (id === undefined) {
        return { id: tx.inbox.inboxId(channel, externalId) as number, isNew: false };
      }
      for (const picture of message.pictures) tx.pictures.addPicture(id, picture.spoolKey);
      return { id, isNew: true };
    });
    observe(stored.isNew ? 'message.stored' : 'message.duplicate', {
      count: 1,
      channel: message.channel,
    });
    if (stored.isNew) options.wake(message.pictures.length > 0);
    else for (const { spoolKey } of message.pictures) await options.removePicture(spoolKey);
    return stored;
  };
}
