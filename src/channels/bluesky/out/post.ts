/** Writes a reply as posts: a short thread, each under a key that was chosen before. */
import { type AppBskyFeedPost, ComAtprotoRepoPutRecord, XRPCError } from '@atproto/api';
import type { OwnPost } from '../../../conversation/message.ts';
import { isoTime } from '../../../lib/clock.ts';
import type { Delivery } from '../../channel.ts';
import type { Account, SendOptions } from '../account.ts';
import { embedOf } from './embed.ts';
import { renderPosts } from './render.ts';
import { PARTS_MAX, type PostKey, postKey } from './rkeys.ts';

const POST = 'app.bsky.feed.post';
/** How many keys are tried when others turn out to have them; two are hardly ever needed. */
const TURNS_MAX = 8;

type Post = AppBskyFeedPost.Record;

/** Writes the posts of a delivery that are not there yet, and answers all of them, in order. */
export async function writePosts(
  options: SendOptions,
  delivery: Delivery,
): Promise<readonly OwnPost[]> {
  const { reply, place, createdAt, id: deliveryId } = delivery;
  const answered: AppBskyFeedPost.ReplyRef | undefined =
    place === null ? undefined : JSON.parse(place);
  const rendered = renderPosts(reply, options.settings.publicUrl);
  const parts = rendered.length === 0 ? [{ text: '' }] : rendered.slice(0, PARTS_MAX);
  const posts: OwnPost[] = [];
  for (const [part, words] of parts.entries()) {
    const thread = replyRef(answered, posts);
    const record: Post = {
      $type: POST,
      ...words,
      // Each a little later than the one before it, as clients sort them.
      createdAt: isoTime(createdAt + part),
      ...(thread === undefined ? {} : { reply: thread }),
    };
    const post = await write(options, {
      key: { createdAt, deliveryId, part },
      record,
      embed: async () => (part === 0 ? embedOf(reply, options) : {}),
      isRepeated: delivery.attempt > 1,
    });
    posts.push(post);
  }
  return posts;
}

/** The post under its key: as it was written before, or written now with what `embed` gives. */
async function write(
  { account }: SendOptions,
  post: {
    readonly key: PostKey;
    readonly record: Post;
    readonly embed: () => Promise<Pick<Post, 'embed'>>;
    readonly isRepeated: boolean;
  },
): Promise<OwnPost> {
  const { key, record, embed, isRepeated } = post;
  let whole: Post | undefined;
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const rkey = postKey(key, turn);
    // A repeat most often finds its post, and then no picture is uploaded again.
    const before = isRepeated ? await read(account, rkey) : undefined;
    if (before !== undefined && isSame(before.value, record)) return before.post;
    if (before !== undefined) continue;
    whole ??= { ...record, ...(await embed()) };
    const created = await create(account, rkey, whole);
    if (created !== undefined) return created;
    const there = await read(account, rkey);
    if (there !== undefined && isSame(there.value, record)) return there.post;
  }
  throw new Error('No key is free for a post.');
}

async function read(
  { did, agent }: Account,
  rkey: string,
): Promise<{ readonly post: OwnPost; readonly value: Partial<Post> } | undefined> {
  try {
    const where = { repo: did, collection: POST, rkey };
    const { data } = await agent.com.atproto.repo.getRecord(where);
    return { post: ownPost(data.uri, data.cid ?? ''), value: data.value };
  } catch (error) {
    if (error instanceof XRPCError && error.error === 'RecordNotFound') return undefined;
    throw error;
  }
}

/** Undefined when there is a record under the key. */
async function create(
  { did, agent }: Account,
  rkey: string,
  record: Post,
): Promise<OwnPost | undefined> {
  try {
    const { data } = await agent.com.atproto.repo.putRecord({
      repo: did,
      collection: POST,
      rkey,
      record,
      // `createRecord` answers 500 when the key is taken; this says so, and changes nothing.
      swapRecord: null,
    });
    return ownPost(data.uri, data.cid);
  } catch (error) {
    if (error instanceof ComAtprotoRepoPutRecord.InvalidSwapError) return undefined;
    throw error;
  }
}

/** The first post answers the person, each further one the post before it. */
function replyRef(
  answered: AppBskyFeedPost.ReplyRef | undefined,
  posts: readonly OwnPost[],
): AppBskyFeedPost.ReplyRef | undefined {
  const before = posts.at(-1);
  const root = answered?.root ?? posts[0];
  return before === undefined || root === undefined ? answered : { root, parent: before };
}

/** Whether both are of one delivery: its time and words, in answer to the same post. */
const isSame = (there: Partial<Post>, ours: Post): boolean =>
  there.createdAt === ours.createdAt &&
  there.text === ours.text &&
  there.reply?.parent.uri === ours.reply?.parent.uri;

const ownPost = (uri: string, cid: string): OwnPost => ({ uri: uri as `at://${string}`, cid });
