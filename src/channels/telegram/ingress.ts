/** Takes updates to the inbox: each resolves once what it says is stored. */
import type { Update } from 'grammy/types';
import type { InboundMessage } from '../../conversation/message.ts';
import type { ChannelDesk } from '../channel.ts';
import type { Albums } from './albums.ts';
import type { Buttons } from './buttons.ts';
import { writePlace } from './ids.ts';
import { type Parsed, type Pressed, parse, type Said, type Surroundings } from './parse.ts';
import type { Author } from './posted.ts';
import type { Presses } from './presses.ts';
import type { TelegramLanguage, TelegramTexts, TelegramWords } from './settings.ts';

export type Ingress = {
  /** Resolves once the update need not be sent again; rejects when it must. */
  readonly take: (update: Update, around: Surroundings) => Promise<void>;
  /** Stores what a person said; for albums, once they are whole. */
  readonly store: (said: Said) => Promise<void>;
};

/** Shown for a moment, or until the person has read it. */
type PressAnswer = { readonly text: string; readonly mustRead: boolean };

type Posted = Extract<Parsed, { kind: 'posted' }>;

export type IngressOptions = {
  readonly desk: Pick<
    ChannelDesk,
    'intake' | 'intakeAll' | 'known' | 'talkerOf' | 'alsoAnnounced' | 'remember'
  >;
  readonly buttons: Buttons;
  readonly presses: Presses;
  readonly albums: () => Pick<Albums, 'hold' | 'close' | 'isKnown'>;
  readonly texts: TelegramTexts;
  readonly now: () => number;
  /** Tells the app of whoever pressed a button that it was heard; nobody waits for it. */
  readonly answerPress: (queryId: string, said?: PressAnswer) => void;
  /** An answer to this person is due. */
  readonly answerDue: (to: string) => void;
  readonly authorOf: (post: Posted) => Promise<Author>;
  /** Writes to a person without the outbox; nobody waits for it. */
  readonly tell: (to: string, text: string) => void;
  readonly mayPost: (mayPost: boolean) => void;
  readonly failed: (error: unknown) => void;
};

export function createIngress(options: IngressOptions): Ingress {
  const { desk, buttons, texts } = options;

  const wordsFor = (sender: string, languageCode: string | undefined): TelegramWords => {
    const chosen = desk.talkerOf(sender)?.language;
    const [app = ''] = (languageCode ?? '').toLowerCase().split('-');
    const known = app === 'en' || app === 'es' ? (app satisfies TelegramLanguage) : texts.first;
    return texts.words[chosen ?? known];
  };

  const messageOf = (said: Said, text: string): InboundMessage => ({
    channel: 'telegram',
    externalId: said.externalId,
    sender: said.sender,
    text,
    pictures: said.pictures.map((source) => ({ source })),
    replyTo: said.replyTo,
    ...(said.thread === undefined ? {} : { thread: said.thread }),
    isPublic: said.place !== null,
    ...(said.place === null ? {} : { place: writePlace(said.place) }),
    ...(said.unread === undefined ? {} : { unread: said.unread }),
    receivedAt: options.now(),
  });

  /** `/start` is how a chat begins, how it is taken up again, and where a link leads. */
  const messagesOf = (said: Said): readonly InboundMessage[] => {
    if (said.start === undefined) return [messageOf(said, said.text)];
    const { payload } = said.start;
    const words = wordsFor(said.sender, said.languageCode);
    const talker = desk.talkerOf(said.sender);
    const linked = payload === '' ? undefined : buttons.followed(payload);
    if (linked === undefined) {
      return [messageOf(said, talker === undefined ? words.greeting : words.optIn)];
    }
    const message = messageOf(said, linked);
    if (talker?.isStopped !== true) return [message];
    const again = { ...messageOf(said, words.optIn), externalId: `${said.externalId}/start` };
    return [again, message];
  };

  const store = async (said: Said): Promise<void> => {
    // Telegram's copy may have come before it was written down that the post is an announcement.
    const { comments } = said;
    if (comments !== undefined) await desk.alsoAnnounced(comments.post, comments.copy);
    const messages = messagesOf(said);
    const [only] = messages;
    const isNew =
      only !== undefined && messages.length === 1
        ? (await desk.intake(only)).isNew
        : (await desk.intakeAll(messages)) > 0;
    if (isNew && said.place === null) options.answerDue(said.sender);
  };

  const takeSaid = async (said: Said): Promise<void> => {
    if (said.album === undefined) {
      await options.albums().close(said.sender);
      return store(said);
    }
    if (!said.isAddressed && !options.albums().isKnown(said)) return;
    if (said.place === null) options.answerDue(said.sender);
    const late = await options.albums().hold(said);
    if (late !== undefined) await store(late);
  };

  const takePress = async (pressed: Pressed): Promise<void> => {
    const { queryId, sender, under } = pressed;
    const words = wordsFor(sender, pressed.languageCode);
    const opened = buttons.open(pressed.data, sender);
    if (!opened.ok) {
      const text = opened.why === 'of-other' ? words.buttonOfOther : words.buttonTooOld;
      options.answerPress(queryId, { text, mustRead: true });
      return;
    }
    const externalId = `press/${queryId}`;
    const button = `${sender} ${under?.chat ?? ''} ${under?.message ?? ''} ${pressed.data}`;
    if (!options.presses.isFirst(button)) {
      options.answerPress(queryId, { text: words.buttonTaken, mustRead: false });
      return;
    }
    try {
      await options.albums().close(sender);
      const { isNew } = await desk.intake({
        channel: 'telegram',
        externalId,
        sender,
        text: opened.send,
        pictures: [],
        replyTo: null,
        isPublic: pressed.place !== null,
        ...(pressed.place === null ? {} : { place: writePlace(pressed.place) }),
        receivedAt: options.now(),
      });
      if (isNew && pressed.place === null) options.answerDue(sender);
    } catch (error) {
      options.presses.undo(button);
      throw error;
    }
    options.answerPress(queryId);
  };

  const takePost = async (post: Posted): Promise<void> => {
    if (desk.known([post.externalId]).has(post.externalId)) return;
    const author = await options.authorOf(post);
    if (author.kind === 'unclear') {
      for (const { address, talker } of author.organizers) {
        options.tell(address, texts.words[talker.language].postUnclear);
      }
      return;
    }
    await desk.intake({
      channel: 'telegram',
      externalId: post.externalId,
      sender: author.address,
      text: `${texts.words[post.language].announce} ${post.text}`.trim(),
      pictures: [],
      replyTo: null,
      isPublic: false,
      receivedAt: options.now(),
    });
  };

  /** What cannot be understood now cannot be later either: it must not hold up what follows. */
  const understand = (update: Update, around: Surroundings): Parsed => {
    try {
      return parse(update, around);
    } catch (error) {
      options.failed(error);
      return { kind: 'nothing' };
    }
  };

  return {
    store,
    take: async (update, around) => {
      const parsed = understand(update, around);
      switch (parsed.kind) {
        case 'said':
          return takeSaid(parsed);
        case 'pressed':
          return takePress(parsed);
        case 'posted':
          return takePost(parsed);
        case 'copied':
          return desk.alsoAnnounced(parsed.post, parsed.copy);
        case 'moved':
          return desk.remember(`telegram-moved-${parsed.from}`, String(parsed.to));
        case 'standing':
          options.mayPost(parsed.mayPost);
          return;
        case 'nothing':
          return;
      }
    },
  };
}
