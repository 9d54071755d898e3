/** Makes what stands under a post: its pictures, or the card of a page. */
import type { AppBskyEmbedExternal, AppBskyEmbedImages, AppBskyFeedPost } from '@atproto/api';
import type { Reply } from '../../../conversation/message.ts';
import { shorten } from '../../../lib/text.ts';
import type { Capabilities } from '../../channel.ts';
import type { Account } from '../account.ts';
import { linkOf } from './render.ts';

const PICTURES_MAX = 4;
const ALT_GRAPHEMES_MAX = 1000;

export type Embed = NonNullable<AppBskyFeedPost.Record['embed']>;

/** Undefined for a reply of words alone, and where its pictures are no longer in the spool. */
export async function embedOf(
  reply: Reply,
  options: {
    readonly agent: Account['agent'];
    readonly readPicture: Capabilities['readPicture'];
    readonly publicUrl: string | undefined;
  },
): Promise<Embed | undefined> {
  const pictures = await Promise.all(
    reply.pictures.slice(0, PICTURES_MAX).map(options.readPicture),
  );
  const images: AppBskyEmbedImages.Image[] = [];
  // Clean pictures have under a megabyte, and a post takes two.
  for (const bytes of pictures) {
    if (bytes === undefined) continue;
    const { data } = await options.agent.uploadBlob(bytes, { encoding: 'image/jpeg' });
    images.push({ image: data.blob, alt: altOf(reply) });
  }
  if (images.length > 0) {
    return { $type: 'app.bsky.embed.images', images } satisfies AppBskyEmbedImages.Main & Embed;
  }
  const uri = linkOf(reply, options.publicUrl);
  if (uri === undefined || reply.link === undefined) return undefined;
  const { title, description } = reply.link;
  const card: AppBskyEmbedExternal.External = { uri, title, description };
  return { $type: 'app.bsky.embed.external', external: card };
}

/** Tells people who do not see the pictures what they belong to. */
const altOf = ({ link, text }: Reply): string =>
  shorten(link === undefined ? text : `${link.title}. ${link.description}`, ALT_GRAPHEMES_MAX);
