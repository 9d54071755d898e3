/** Takes updates to the inbox. */
import type { Update } from 'grammy/types';
import type { Inbox, Memory } from '../channel.ts';
import type { Albums } from './albums.ts';
import type { Buttons } from './buttons.ts';
import { storeSaid } from './messages.ts';
import { followMove } from './moves.ts';
import { type Parsed, type Posted, parse, type Said, type Surroundings } from './parse.ts';
import type { Author } from './posted.ts';
import { createPresses, type PressesOptions } from './presses.ts';
import { wordsIn } from './settings.ts';

export type TakeOptions = PressesOptions & {
  readonly inbox: Pick<Inbox, 'known' | 'receive' | 'receiveAll'>;
  readonly memory: Memory;
  readonly buttons: Buttons;
  readonly albums: Pick<Albums, 'hold' | 'close' | 'isKnown'>;
  readonly authorOf: (post: Posted) => Promise<Author>;
  /** Writes to a person without the outbox; nobody waits for it. */
  readonly tell: (to: string, text: string) => void;
  readonly mayPost: (mayPost: boolean) => void;
  readonly failed: (error: unknown) => void;
};

/** Resolves once an update is stored and need not be sent again; rejects when it must. */
export type Take = (update: Update, around: Surroundings) => Promise<void>;

export function createTake(options: TakeOptions): Take {
  const { announcements, memory } = options;
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
        return announcements.addId(parsed.post, parsed.copy);
      case 'moved':
        return followMove(memory, parsed.from, parsed.to);
      case 'standing':
        options.mayPost(parsed.mayPost);
        return;
      case 'nothing':
        return;
    }
  };
}

/** An update that cannot be parsed now cannot be later either: it must not hold up the next ones. */
function parseSafely({ failed }: TakeOptions, update: Update, around: Surroundings): Parsed {
  try {
    return parse(update, around);
  } catch (error) {
    failed(error);
    return { kind: 'nothing' };
  }
}

async function takeSaid(options: TakeOptions, said: Said): Promise<void> {
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

async function takePost(options: TakeOptions, post: Posted): Promise<void> {
  const { inbox, texts } = options;
  if (inbox.known('telegram', [post.externalId]).has(post.externalId)) return;
  const author = await options.authorOf(post);
  if (author.kind === 'unclear') {
    for (const { address, talker } of author.organizers) {
      options.tell(address, wordsIn(texts, talker.language).postUnclear);
    }
    return;
  }
  await inbox.receive({
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
