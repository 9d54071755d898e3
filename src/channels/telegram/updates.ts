/** Takes updates to the inbox. */
import type { Update } from 'grammy/types';
import { MAY_NOT_POST } from './errors.ts';
import { followMove } from './ids.ts';
import { storeSaid } from './messages.ts';
import { type Parsed, type Posted, parse, type Said, type Surroundings } from './parse.ts';
import { authorOf } from './posted.ts';
import { createPresses, type IntakeOptions } from './presses.ts';
import { isReadable, UnreadableUpdate } from './readable.ts';
import { wordsIn } from './settings.ts';

/** Resolves once an update is stored and need not be sent again; rejects when it must. */
export function createTake(options: IntakeOptions): (update: Update) => Promise<void> {
  const { announcements, memory, connection, settings, nameOf, texts, problems } = options;
  const { channel } = settings;
  const { announceWords } = texts;
  const takePress = createPresses(options);
  return async (update) => {
    const { id, username } = await connection.me();
    const around = { id, username, channel, nameOf, announceWords };
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
        return problems.set('channel', parsed.mayPost ? undefined : MAY_NOT_POST);
      case 'nothing':
        return;
    }
  };
}

/** An update that cannot be read now cannot be later either: it must not hold up the next ones. */
function parseSafely(options: IntakeOptions, update: Update, around: Surroundings): Parsed {
  const leaveOut = (cause?: unknown): Parsed => {
    options.unread.add();
    options.failed(new UnreadableUpdate({ cause }));
    return { kind: 'nothing' };
  };
  try {
    const parsed = parse(update, around);
    return isReadable(parsed) ? parsed : leaveOut();
  } catch (error) {
    return leaveOut(error);
  }
}

async function takeSaid(options: IntakeOptions, said: Said): Promise<void> {
  const { albums } = options;
  if (said.album === undefined) {
    await albums.close(said.sender);
    return storeSaid(options, said);
  }
  if (!said.isAddressed && !albums.isKnown(said)) return;
  if (said.place === null) options.typing.begin(said.sender);
  const late = await albums.hold(said);
  if (late !== undefined) await storeSaid(options, late);
}

async function takePost(options: IntakeOptions, post: Posted): Promise<void> {
  const { api, inbox, texts, unawaited, failed } = options;
  if (inbox.known('telegram', [post.externalId]).has(post.externalId)) return;
  const author = await authorOf(options, post);
  if (author.kind === 'unclear') {
    for (const { address, talker } of author.organizers) {
      const { postUnclear } = wordsIn(texts, talker.language);
      unawaited.add(api.sendMessage(Number(address), postUnclear), failed);
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
    sentAt: post.sentAt,
    receivedAt: options.now(),
  });
}
