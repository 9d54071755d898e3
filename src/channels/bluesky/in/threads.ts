/**
 * Looks through the threads of open tasks: a reply that is hidden, set back in time or below many
 * others never becomes a notification.
 */
import { XRPCError } from '@atproto/api';
import { type Clock, DAY_MS } from '../../../lib/clock.ts';
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
/**
 * What is older has long been taken in, and the inbox need not know it any more: a city keeps for 8 days
 * at least that a message came.
 */
const LOOK_BACK_MS = 7 * DAY_MS;
/** Where more cannot be read, the server is in trouble with all of them. */
const FAILURES_MAX = 3;

/** Looks once. A thread that cannot be read is reported, and the others are read. */
export async function lookThroughThreads(
  {
    announcements,
    failed,
    clock,
  }: Pick<Capabilities, 'announcements' | 'failed'> & { readonly clock: Clock },
  account: Account,
  posts: Pick<Posts, 'take'>,
): Promise<void> {
  let failures = 0;
  const since = clock.now() - LOOK_BACK_MS;
  for (const uri of announcements.open()) {
    const isOwn = uri.startsWith(`at://${account.did}/app.bsky.feed.post/`);
    if (!isOwn) continue;
    try {
      const replies = await repliesTo(uri, account);
      await posts.take(
        replies.filter((reply) => !isOlder(reply, since)),
        account,
      );
    } catch (error) {
      failures += isAboutThread(error) ? 0 : 1;
      if (isLimited(error) || failures > FAILURES_MAX) throw error;
      // Somebody deleted the announcement: there is nothing to look through.
      if (!(error instanceof XRPCError && error.error === 'NotFound')) failed(error);
    }
  }
}

/** Whether the network knew a post before a time (ms). */
const isOlder = (post: unknown, since: number): boolean =>
  Date.parse(String(fieldsOf(post)['indexedAt'])) < since;

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
