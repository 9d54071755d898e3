// People on a Bluesky network who talk with the city: by posts, and by messages through their server.
import { readFileSync } from 'node:fs';
import type { Agent, AppBskyFeedPost, AtpAgent } from '@atproto/api';
import { expect } from 'vitest';
import type { OwnPost } from '../../src/conversation/message.ts';
import { joinNetwork } from './bluesky-deliveries.ts';
import type { ChatService } from './chat-service.ts';

const POSTS = 'app.bsky.feed.post';
const POLL = { interval: 100 } as const;
const PHOTO = new Uint8Array(
  readFileSync(new URL('../../src/sandbox/page/client/photo.jpg', import.meta.url)),
);

export type CityPost = OwnPost & { readonly value: AppBskyFeedPost.Record };
export type Person = Awaited<ReturnType<typeof openPerson>>;

/** What the city has posted, oldest first, as its server has it. */
export async function postsOf(agent: AtpAgent, did: string): Promise<readonly CityPost[]> {
  const posts: CityPost[] = [];
  let cursor: string | undefined;
  do {
    const { data } = await agent.com.atproto.repo.listRecords({
      repo: did,
      collection: POSTS,
      limit: 100,
      reverse: true,
      ...(cursor === undefined ? {} : { cursor }),
    });
    posts.push(...(data.records as CityPost[]));
    cursor = data.cursor;
  } while (cursor !== undefined);
  return posts;
}

export async function openPerson(options: {
  readonly pds: string;
  readonly chat: ChatService;
  readonly city: { readonly did: string; readonly handle: string };
  readonly name: string;
  /** Resolves once everybody is shown what was posted. */
  readonly shown: () => Promise<void>;
}) {
  const { chat, city, name } = options;
  const agent = await joinNetwork(options.pds, `${name}.test`);
  const did = agent.assertDid;
  const proxied: Pick<Agent, 'chat'> = agent.withProxy(
    'bsky_chat',
    chat.did as `did:plc:${string}`,
  );
  const { convo } = proxied.chat.bsky;
  const refOf = ({ uri, cid }: { uri: string; cid: string }): OwnPost => ({
    uri: uri as OwnPost['uri'],
    cid,
  });

  const heard = (): readonly string[] =>
    chat
      .between(did, city.did)
      .filter(({ sender }) => sender === city.did)
      .map(({ text }) => text);
  const write = async (text: string): Promise<void> => {
    const { data } = await convo.getConvoForMembers({ members: [city.did] });
    await convo.sendMessage({ convoId: data.convo.id, message: { text } });
  };

  /** The texts with which the city answered a post, each once it is whole. */
  const answersTo = async (post: OwnPost): Promise<readonly string[]> => {
    const all = await postsOf(agent, city.did);
    return all
      .filter(({ value }) => value.reply?.parent.uri === post.uri)
      .map(({ value }) => value.text);
  };
  const reply = async (
    to: { readonly root: OwnPost; readonly parent: OwnPost },
    text: string,
    more: Partial<AppBskyFeedPost.Record> = {},
  ): Promise<OwnPost> => refOf(await agent.post({ text, reply: to, ...more }));

  return {
    did,
    agent,
    heard,
    write,
    reply,
    answersTo,
    /** Writes in private, and waits for an answer like this. */
    ask: async (text: string, answer: RegExp): Promise<string> => {
      const before = heard().length;
      const news = () => heard().slice(before).join('\n');
      await write(text);
      await expect.poll(news, { ...POLL, message: `${name}: ${text}` }).toMatch(answer);
      return news();
    },
    /** Waits until the city has answered a post like this. */
    answered: async (post: OwnPost, answer: RegExp): Promise<string> => {
      const news = async () => (await answersTo(post)).join('\n');
      await expect.poll(news, { ...POLL, message: name }).toMatch(answer);
      await options.shown();
      return await news();
    },
    mention: async (text: string): Promise<OwnPost> => {
      const called = `@${city.handle}`;
      const facet = {
        index: { byteStart: 0, byteEnd: called.length },
        features: [{ $type: 'app.bsky.richtext.facet#mention', did: city.did }],
      };
      return refOf(await agent.post({ text: `${called} ${text}`, facets: [facet] }));
    },
    replyWithPhoto: async (
      to: { readonly root: OwnPost; readonly parent: OwnPost },
      text: string,
    ): Promise<OwnPost> => {
      const { data } = await agent.uploadBlob(PHOTO, { encoding: 'image/jpeg' });
      const images = [{ image: data.blob, alt: 'The creek, clean' }];
      return await reply(to, text, { embed: { $type: 'app.bsky.embed.images', images } });
    },
  };
}
