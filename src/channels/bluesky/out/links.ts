/** Finds the links in a text, and makes the facets that Bluesky knows them by. */

/** In UTF-16 code units. */
export type LinkSpan = { readonly start: number; readonly end: number; readonly uri: Uri };

type Uri = `${string}:${string}`;

/** As the lexicon `app.bsky.richtext.facet` has it. */
export type LinkFacet = {
  $type: 'app.bsky.richtext.facet';
  index: { byteStart: number; byteEnd: number };
  features: { $type: 'app.bsky.richtext.facet#link'; uri: Uri }[];
};

/**
 * Only an address with its scheme is a link. Bluesky's own rule also takes `todo.Gracias` for one
 * when there is such a top-level domain, and words of people for mentions: we mention nobody.
 */
const LINK = /(?<=^|[\s(])https?:\/\/\S+/gu;
const PUNCTUATION = /[.,;:!?]$/u;

const utf8 = new TextEncoder();

export const byteLength = (text: string): number => utf8.encode(text).length;

export function linksIn(text: string): readonly LinkSpan[] {
  const links: LinkSpan[] = [];
  for (const { index: start, 0: found } of text.matchAll(LINK)) {
    const written = withoutEnd(found);
    if (!URL.canParse(written)) continue;
    links.push({ start, end: start + written.length, uri: new URL(written).href as Uri });
  }
  return links;
}

/** The end of a sentence or of a parenthesis around the link is no part of it. */
function withoutEnd(found: string): string {
  const link = found.replace(PUNCTUATION, '');
  return link.endsWith(')') && !link.includes('(') ? link.slice(0, -1) : link;
}

/** Facets for the links of a piece that begins at `from`; they count bytes of UTF-8. */
export function facetsOf(piece: string, links: readonly LinkSpan[], from = 0): LinkFacet[] {
  return links.flatMap((link): LinkFacet[] => {
    const start = Math.max(0, link.start - from);
    const end = Math.min(piece.length, link.end - from);
    if (start >= end) return [];
    const byteStart = byteLength(piece.slice(0, start));
    const byteEnd = byteStart + byteLength(piece.slice(start, end));
    return [
      {
        $type: 'app.bsky.richtext.facet',
        index: { byteStart, byteEnd },
        features: [{ $type: 'app.bsky.richtext.facet#link', uri: link.uri }],
      },
    ];
  });
}
