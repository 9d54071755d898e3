/** Stores what a person said, as the messages that it means. */
import type { InboundMessage } from '../../conversation/message.ts';
import type { Inbox, Memory } from '../channel.ts';
import { hiddenToken, type Place, writePlace } from './ids.ts';
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
  const isNewSaid = isNew && said.changedAfterMs === undefined;
  if (isNewSaid && said.place === null) options.typing.begin(said.sender);
}

/** Where the link on a task's sign leads: the code that is shown there. */
const CHECK_IN = /^here-([0-9]{4})$/;

/** `/start` is how a chat begins, how it is taken up again, and where a link leads. */
function messagesOf(options: MessagesOptions, said: Said): readonly InboundMessage[] {
  const { memory, now } = options;
  const externalId = idOf(memory, said);
  const messageOf = (text: string) => ({ ...inboundOf(said, text, now()), externalId });
  if (said.start === undefined) return [messageOf(said.text)];
  const { payload } = said.start;
  const words = wordsFor(options, said);
  const talker = options.talkerOf(said.sender);
  const [, code] = CHECK_IN.exec(payload) ?? [];
  const followed = payload === '' ? undefined : options.buttons.followed(payload);
  const linked = code === undefined ? followed : `${words.here} ${code}`;
  if (linked === undefined) {
    return [messageOf(talker === undefined ? words.greeting : words.optIn)];
  }
  const message = messageOf(linked);
  if (talker?.isStopped !== true) return [message];
  const again = { ...messageOf(words.optIn), externalId: `${externalId}/start` };
  return [again, message];
}

/**
 * The words of a private message are in its id, hidden: told again with the same ones it is a copy,
 * however old.
 */
const idOf = (memory: Memory, { externalId, text, album, place }: Said): string =>
  place === null && album === undefined
    ? `${externalId}/${hiddenToken(memory, 'words', text).split(':').at(-1)}`
    : externalId;

const inboundOf = (
  said: Said,
  text: string,
  receivedAt: number,
): Omit<InboundMessage, 'externalId'> => ({
  channel: 'telegram',
  sender: said.sender,
  text,
  pictures: said.pictures.map((source) => ({ source })),
  replyTo: said.replyTo,
  ...(said.thread === undefined ? {} : { thread: said.thread }),
  ...whereSaid(said.place),
  ...(said.namesUs === undefined ? {} : { namesUs: true }),
  ...(said.changedAfterMs === undefined ? {} : { changedAfterMs: said.changedAfterMs }),
  ...(said.unread === undefined ? {} : { unread: said.unread }),
  ...(said.location === undefined ? {} : { location: said.location }),
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
