/**
 * Looks through the threads of open tasks: a reply that is hidden, set back in time or below many
 * others never becomes a notification.
 */
import { XRPCError } from '@atproto/api';
import type { Capabilities } from '../../channel.ts';
import type { Account } from '../account.ts';
import { asked } from './ask.ts';
import { fieldsOf, listOf } from './fields.ts';
import type { Posts } from './posts.ts';
import type { Heed } from './rounds.ts';

/** Answers of the bot and of the person below each other: what is deeper notifies or mentions. */
const DEPTH = 10;
/** A thread without end, or one that holds itself. */
const POSTS_MAX = 20_000;
/** Where as many are not answered, the server is in trouble with all of them. */
const FAILURES_MAX = 3;

/** Looks once. A thread that cannot be read is reported, and the others are read. */
export async function lookThroughThreads(options: {
  readonly account: Account;
  readonly announcements: Capabilities['announcements'];
  readonly failed: Capabilities['failed'];
  readonly posts: Pick<Posts, 'take'>;
  readonly heed: Heed;
}): Promise<void> {
  const { account, announcements, failed, posts, heed } = options;
  const { feed } = account.agent.app.bsky;
  const thread = (uri: string, depth: number): Promise<unknown> =>
    heed(asked(feed.getPostThread({ uri, depth, parentHeight: 0 })));
  let failures = 0;
  for (const uri of announcements.open()) {
    const isOwn = uri.startsWith(`at://${account.did}/app.bsky.feed.post/`);
    if (!isOwn) continue;
    try {
      // One that is too large to be read whole has its first replies at least.
      const data = await thread(uri, DEPTH).catch((error: unknown) => {
        if (isLimited(error)) throw error;
        return thread(uri, 1);
      });
      await posts.take(repliesOf(fieldsOf(data)['thread']), account);
    } catch (error) {
      failures += isSingular(error) ? 0 : 1;
      if (isLimited(error) || failures > FAILURES_MAX) throw error;
      // Somebody deleted the announcement: there is nothing to look through.
      if (!(error instanceof XRPCError && error.error === 'NotFound')) failed(error);
    }
  }
}

const isLimited = (error: unknown): boolean => error instanceof XRPCError && error.status === 429;

/** Whether the server answered, and it is about this thread. */
const isSingular = (error: unknown): boolean =>
  error instanceof XRPCError && error.status >= 400 && error.status < 500 && !isLimited(error);

/** The posts below the first one; what is blocked or gone has none. */
function repliesOf(thread: unknown): readonly unknown[] {
  const found: unknown[] = [];
  const waiting = [...listOf(fieldsOf(thread)['replies'])];
  for (let at = 0; at < waiting.length && found.length < POSTS_MAX; at += 1) {
    const { post, replies } = fieldsOf(waiting[at]);
    if (post !== undefined) found.push(post);
    for (const reply of listOf(replies)) waiting.push(reply);
  }
  return found;
}
