/** Writes a reply as posts: a short thread, each under a key that was chosen before. */
import { type AppBskyFeedPost, ComAtprotoRepoPutRecord, XRPCError } from '@atproto/api';
import type { OwnPost } from '../../../conversation/message.ts';
import { isoTime } from '../../../lib/clock.ts';
import type { Capabilities, Delivery } from '../../channel.ts';
import { embedOf } from './embed.ts';
import { renderPosts } from './render.ts';
import { PARTS_MAX, type PostKey, postKey } from './rkeys.ts';
import type { Speaker } from './speaker.ts';

const POST = 'app.bsky.feed.post';
/** How many keys are tried when others turn out to have them; two are hardly ever needed. */
const TURNS_MAX = 8;

type Post = AppBskyFeedPost.Record;

export type PostWriter = (delivery: Delivery) => Promise<readonly OwnPost[]>;

/** What it gives writes the posts that are not there yet and answers all of them, in order. */
export function createPostWriter(options: {
  readonly account: Pick<Speaker, 'did' | 'agent'>;
  readonly publicUrl: string | undefined;
  readonly readPicture: Capabilities['readPicture'];
}): PostWriter {
  const { account, publicUrl, readPicture } = options;

  const read = async (rkey: string): Promise<{ post: OwnPost; value: Post } | undefined> => {
    try {
      const { data } = await account.agent.com.atproto.repo.getRecord({
        repo: account.did,
        collection: POST,
        rkey,
      });
      return { post: ownPost(data.uri, data.cid ?? ''), value: data.value as Post };
    } catch (error) {
      if (error instanceof XRPCError && error.error === 'RecordNotFound') return undefined;
      throw error;
    }
  };

  /** Undefined when there is a record under the key. */
  const create = async (rkey: string, record: Post): Promise<OwnPost | undefined> => {
    try {
      const { data } = await account.agent.com.atproto.repo.putRecord({
        repo: account.did,
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
  };

  /** The post under its key: as it was written before, or written now with what `embed` gives. */
  const write = async (
    key: PostKey,
    words: Post,
    embed: (() => Promise<Post['embed'] | undefined>) | undefined,
    isRepeated: boolean,
  ): Promise<OwnPost> => {
    let whole: Post | undefined;
    for (let turn = 0; turn < TURNS_MAX; turn += 1) {
      const rkey = postKey(key, turn);
      // A repeat most often finds its post, and then no picture is uploaded again.
      const before = isRepeated ? await read(rkey) : undefined;
      if (before !== undefined && isSame(before.value, words)) return before.post;
      if (before !== undefined) continue;
      whole ??= await withEmbed(words, embed);
      const created = await create(rkey, whole);
      if (created !== undefined) return created;
      const there = await read(rkey);
      if (there !== undefined && isSame(there.value, words)) return there.post;
    }
    throw new Error('No key is free for a post.');
  };

  return async (delivery) => {
    const { reply, place, createdAt, id: deliveryId } = delivery;
    const answered = place === null ? undefined : (JSON.parse(place) as AppBskyFeedPost.ReplyRef);
    const rendered = renderPosts(reply, publicUrl);
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
      const embed =
        part === 0
          ? () => embedOf(reply, { agent: account.agent, readPicture, publicUrl })
          : undefined;
      const key = { createdAt, deliveryId, part };
      posts.push(await write(key, record, embed, delivery.attempt > 1));
    }
    return posts;
  };
}

async function withEmbed(
  words: Post,
  embed: (() => Promise<Post['embed'] | undefined>) | undefined,
): Promise<Post> {
  const shown = await embed?.();
  return shown === undefined ? words : { ...words, embed: shown };
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

/** Of one delivery: its time and words, in answer to the same post. */
const isSame = (there: Post, ours: Post): boolean =>
  there.createdAt === ours.createdAt &&
  there.text === ours.text &&
  there.reply?.parent.uri === ours.reply?.parent.uri;

const ownPost = (uri: string, cid: string): OwnPost => ({ uri: uri as `at://${string}`, cid });
