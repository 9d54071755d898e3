/** Stores what a person said, as the messages that it means. */
import type { InboundMessage } from '../../conversation/message.ts';
import type { Inbox } from '../channel.ts';
import { type Place, writePlace } from './ids.ts';
import type { Said } from './parse.ts';
import type { Parts } from './parts.ts';
import { type TelegramWords, wordsIn } from './settings.ts';

export type MessagesOptions = Parts & { readonly inbox: Inbox };

/** For albums this is called once they are whole. */
export async function storeSaid(options: MessagesOptions, said: Said): Promise<void> {
  const { announcements, inbox } = options;
  // Telegram's copy may have come before it was written down that the post is an announcement.
  const { comments } = said;
  if (comments !== undefined) await announcements.addId(comments.post, comments.copy);
  const messages = messagesOf(options, said);
  const [only] = messages;
  const isNew =
    only !== undefined && messages.length === 1
      ? (await inbox.receive(only)).isNew
      : (await inbox.receiveAll(messages)) > 0;
  if (isNew && said.place === null) options.typing.begin(said.sender);
}

/** `/start` is how a chat begins, how it is taken up again, and where a link leads. */
function messagesOf(options: MessagesOptions, said: Said): readonly InboundMessage[] {
  const messageOf = (text: string) => inboundOf(said, text, options.now());
  if (said.start === undefined) return [messageOf(said.text)];
  const { payload } = said.start;
  const words = wordsFor(options, said);
  const talker = options.talkerOf(said.sender);
  const linked = payload === '' ? undefined : options.buttons.followed(payload);
  if (linked === undefined) {
    return [messageOf(talker === undefined ? words.greeting : words.optIn)];
  }
  const message = messageOf(linked);
  if (talker?.isStopped !== true) return [message];
  const again = { ...messageOf(words.optIn), externalId: `${said.externalId}/start` };
  return [again, message];
}

const inboundOf = (said: Said, text: string, receivedAt: number): InboundMessage => ({
  channel: 'telegram',
  externalId: said.externalId,
  sender: said.sender,
  text,
  pictures: said.pictures.map((source) => ({ source })),
  replyTo: said.replyTo,
  ...(said.thread === undefined ? {} : { thread: said.thread }),
  ...whereSaid(said.place),
  ...(said.unread === undefined ? {} : { unread: said.unread }),
  ...(said.sharedNumber === undefined ? {} : { sharedNumber: said.sharedNumber }),
  ...(said.sentAt === undefined ? {} : { sentAt: said.sentAt }),
  receivedAt,
});

export const whereSaid = (place: Place | null): Pick<InboundMessage, 'isPublic' | 'place'> =>
  place === null ? { isPublic: false } : { isPublic: true, place: writePlace(place) };

/** The channel's own words in the language that the person chose, else that of their app. */
export function wordsFor(
  { talkerOf, texts }: Pick<Parts, 'talkerOf' | 'texts'>,
  { sender, languageCode }: Pick<Said, 'sender' | 'languageCode'>,
): TelegramWords {
  const chosen = talkerOf(sender)?.language;
  const [app = ''] = (languageCode ?? '').toLowerCase().split('-');
  return wordsIn(texts, chosen ?? app);
}
