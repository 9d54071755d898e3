/**
 * Looks through the threads of open tasks: a reply that is hidden, set back in time or below many
 * others never becomes a notification.
 */
import { XRPCError } from '@atproto/api';
import type { Capabilities } from '../../channel.ts';
import type { Account } from '../account.ts';
import { isLimited } from '../errors.ts';
import { fieldsOf, listOf } from '../fields.ts';
import { asked } from './ask.ts';
import type { Posts } from './posts.ts';

/** Answers of the bot and of the person below each other: what is deeper notifies or mentions. */
const DEPTH = 10;
/** Ends a thread without end, or one that holds itself. */
const POSTS_MAX = 20_000;
/** Where more cannot be read, the server is in trouble with all of them. */
const FAILURES_MAX = 3;

/** Looks once. A thread that cannot be read is reported, and the others are read. */
export async function lookThroughThreads(
  { announcements, failed }: Pick<Capabilities, 'announcements' | 'failed'>,
  account: Account,
  posts: Pick<Posts, 'take'>,
): Promise<void> {
  let failures = 0;
  for (const uri of announcements.open()) {
    const isOwn = uri.startsWith(`at://${account.did}/app.bsky.feed.post/`);
    if (!isOwn) continue;
    try {
      await posts.take(await repliesTo(uri, account), account);
    } catch (error) {
      failures += isAboutThread(error) ? 0 : 1;
      if (isLimited(error) || failures > FAILURES_MAX) throw error;
      // Somebody deleted the announcement: there is nothing to look through.
      if (!(error instanceof XRPCError && error.error === 'NotFound')) failed(error);
    }
  }
}

/** Whether the server answered, and it is about this thread. */
const isAboutThread = (error: unknown): boolean =>
  error instanceof XRPCError && error.status >= 400 && error.status < 500 && !isLimited(error);

async function repliesTo(uri: string, { agent }: Account): Promise<readonly unknown[]> {
  const read = (depth: number) =>
    asked(agent.app.bsky.feed.getPostThread({ uri, depth, parentHeight: 0 }));
  // One that is too large to be read whole has its first replies at least.
  const { thread } = await read(DEPTH).catch((error: unknown) => {
    if (isLimited(error)) throw error;
    return read(1);
  });
  return postsBelow(thread);
}

/** The posts below the first one; what is blocked or gone has none. */
function postsBelow(thread: unknown): readonly unknown[] {
  const found: unknown[] = [];
  const waiting = [...listOf(fieldsOf(thread)['replies'])];
  for (let at = 0; at < waiting.length && found.length < POSTS_MAX; at += 1) {
    const { post, replies } = fieldsOf(waiting[at]);
    if (post !== undefined) found.push(post);
    for (const reply of listOf(replies)) waiting.push(reply);
  }
  return found;
}
