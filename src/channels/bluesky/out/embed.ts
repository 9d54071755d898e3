/** Makes what stands under a post: its pictures, or the card of a page. */
import type { AppBskyEmbedExternal, AppBskyEmbedImages, AppBskyFeedPost } from '@atproto/api';
import type { Reply } from '../../../conversation/message.ts';
import { shorten } from '../../../lib/text.ts';
import type { SendOptions } from '../account.ts';
import { linkOf } from './render.ts';

const PICTURES_MAX = 4;
const ALT_GRAPHEMES_MAX = 1000;

/** Nothing for a reply of words alone, and where its pictures are no longer in the spool. */
export async function embedOf(
  reply: Reply,
  { account, readPicture, settings }: SendOptions,
): Promise<Pick<AppBskyFeedPost.Record, 'embed'>> {
  const pictures = await Promise.all(reply.pictures.slice(0, PICTURES_MAX).map(readPicture));
  const images: AppBskyEmbedImages.Image[] = [];
  // Clean pictures have under a megabyte, and a post takes two.
  for (const bytes of pictures) {
    if (bytes === undefined) continue;
    const { data } = await account.agent.uploadBlob(bytes, { encoding: 'image/jpeg' });
    images.push({ image: data.blob, alt: altOf(reply) });
  }
  if (images.length > 0) return { embed: { $type: 'app.bsky.embed.images', images } };
  const uri = linkOf(reply, settings.publicUrl);
  if (uri === undefined || reply.link === undefined) return {};
  const { title, description } = reply.link;
  const card: AppBskyEmbedExternal.External = { uri, title, description };
  return { embed: { $type: 'app.bsky.embed.external', external: card } };
}

/** Tells people who do not see the pictures what they belong to. */
const altOf = ({ link, text }: Reply): string =>
  shorten(link === undefined ? text : `${link.title}. ${link.description}`, ALT_GRAPHEMES_MAX);
