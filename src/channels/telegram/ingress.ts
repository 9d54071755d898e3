/** Takes updates to the inbox. */
import type { Update } from 'grammy/types';
import type { ChannelDesk } from '../channel.ts';
import type { Albums } from './albums.ts';
import type { Buttons } from './buttons.ts';
import { type MessagesOptions, storeSaid } from './messages.ts';
import { followMove } from './moves.ts';
import { type Parsed, type Posted, parse, type Said, type Surroundings } from './parse.ts';
import type { Author } from './posted.ts';
import { createPresses, type PressesOptions } from './presses.ts';
import { wordsIn } from './settings.ts';

export type IngressOptions = PressesOptions & {
  readonly desk: MessagesOptions['desk'] & Pick<ChannelDesk, 'known' | 'recall' | 'remember'>;
  readonly buttons: Buttons;
  readonly albums: Pick<Albums, 'hold' | 'close' | 'isKnown'>;
  readonly authorOf: (post: Posted) => Promise<Author>;
  /** Writes to a person without the outbox; nobody waits for it. */
  readonly tell: (to: string, text: string) => void;
  readonly mayPost: (mayPost: boolean) => void;
  readonly failed: (error: unknown) => void;
};

/** Resolves once an update is stored and need not be sent again; rejects when it must. */
export type Ingress = (update: Update, around: Surroundings) => Promise<void>;

export function createIngress(options: IngressOptions): Ingress {
  const { desk } = options;
  const takePress = createPresses(options);
  return async (update, around) => {
    const parsed = parseSafely(options, update, around);
    switch (parsed.kind) {
      case 'said':
        return takeSaid(options, parsed);
      case 'pressed':
        return takePress(parsed);
      case 'posted':
        return takePost(options, parsed);
      case 'copied':
        return desk.alsoAnnounced(parsed.post, parsed.copy);
      case 'moved':
        return followMove(desk, parsed.from, parsed.to);
      case 'standing':
        options.mayPost(parsed.mayPost);
        return;
      case 'nothing':
        return;
    }
  };
}

/** An update that cannot be parsed now cannot be later either: it must not hold up the next ones. */
function parseSafely({ failed }: IngressOptions, update: Update, around: Surroundings): Parsed {
  try {
    return parse(update, around);
  } catch (error) {
    failed(error);
    return { kind: 'nothing' };
  }
}

async function takeSaid(options: IngressOptions, said: Said): Promise<void> {
  const { albums } = options;
  if (said.album === undefined) {
    await albums.close(said.sender);
    return storeSaid(options, said);
  }
  if (!said.isAddressed && !albums.isKnown(said)) return;
  if (said.place === null) options.answerDue(said.sender);
  const late = await albums.hold(said);
  if (late !== undefined) await storeSaid(options, late);
}

async function takePost(options: IngressOptions, post: Posted): Promise<void> {
  const { desk, texts } = options;
  if (desk.known([post.externalId]).has(post.externalId)) return;
  const author = await options.authorOf(post);
  if (author.kind === 'unclear') {
    for (const { address, talker } of author.organizers) {
      options.tell(address, wordsIn(texts, talker.language).postUnclear);
    }
    return;
  }
  await desk.intake({
    channel: 'telegram',
    externalId: post.externalId,
    sender: author.address,
    text: `${wordsIn(texts, post.language).announce} ${post.text}`.trim(),
    pictures: [],
    replyTo: null,
    isPublic: false,
    receivedAt: options.now(),
  });
}
