/** Makes of a Reply the posts or private messages that show it, within Bluesky's limits. */
import type { Reply } from '../../../conversation/message.ts';
import { publicAddress } from '../../../lib/public-address.ts';
import { splitText } from '../../../lib/split-text.ts';
import { byteLength, facetsOf, type LinkFacet, type LinkSpan, linksIn } from './links.ts';

/** A text, and the facets that make its links work. */
export type Rendered = {
  readonly text: string;
  readonly facets?: LinkFacet[];
};

export type Limits = { readonly graphemes: number; readonly bytes: number };
export const POST_LIMITS: Limits = { graphemes: 300, bytes: 3000 };
export const MESSAGE_LIMITS: Limits = { graphemes: 1000, bytes: 10_000 };

/** The page that goes with a reply: of the city's own, so its address begins with `publicUrl`. */
export const linkOf = (reply: Reply, publicUrl: string | undefined): string | undefined =>
  reply.link === undefined || publicUrl === undefined
    ? undefined
    : publicAddress(publicUrl, reply.link.path);

/** The posts of a reply, in order. Pictures leave no room for a card: the words name the page then. */
export function renderPosts(reply: Reply, publicUrl: string | undefined): readonly Rendered[] {
  return splitWithLinks(withAddress(reply, publicUrl), POST_LIMITS);
}

/** Private messages hold no pictures: their words name the page that shows them. */
export function renderMessages(reply: Reply, publicUrl: string | undefined): readonly Rendered[] {
  return splitWithLinks(withAddress(reply, publicUrl), MESSAGE_LIMITS);
}

function withAddress(reply: Reply, publicUrl: string | undefined): string {
  const address = reply.pictures.length === 0 ? undefined : linkOf(reply, publicUrl);
  return address === undefined || reply.text.includes(address)
    ? reply.text
    : `${reply.text}\n\n${address}`;
}

/**
 * Splits within `limits`: between sentences, never inside a grapheme or a link. Where a link is
 * longer than a piece, every part of it leads to where the whole does.
 */
export function splitWithLinks(
  original: string,
  { graphemes, bytes }: Limits,
): readonly Rendered[] {
  const text = original.trim();
  const links = linksIn(text);
  const fits = (piece: string): boolean => byteLength(piece) <= bytes;
  const pieces: Rendered[] = [];
  for (let from = 0; from < text.length; ) {
    const rest = text.slice(from);
    const [most = rest] = splitText(rest, graphemes, fits);
    const piece = beforeLink(most, links, from);
    const facets = facetsOf(piece, links, from);
    pieces.push(facets.length === 0 ? { text: piece } : { text: piece, facets });
    from = text.length - rest.slice(piece.length).trimStart().length;
  }
  return pieces;
}

/** The part before a link that the piece would cut; all of it where it begins with that link. */
function beforeLink(piece: string, links: readonly LinkSpan[], from: number): string {
  const end = from + piece.length;
  const cut = links.find((link) => link.start < end && end < link.end);
  if (cut === undefined || cut.start <= from) return piece;
  return piece.slice(0, cut.start - from).trimEnd() || piece;
}
