/** A story as a document that other clients show: `pub.leaflet.pages.linearDocument`. */
import { cut } from './fields.ts';

const HEADING = /^#\s+/;
/** Below the title that a page has already. */
const HEADING_LEVEL = 2;
/** A record may have a megabyte in all. */
const PARAGRAPH_BYTES_MAX = 12_000;
const PARAGRAPH_MAX = 3000;
const PARAGRAPHS_MAX = 60;

/** The document of these paragraphs, in order; one that begins with `# ` is a heading. */
export const documentOf = (story: readonly string[]) => ({
  $type: 'pub.leaflet.pages.linearDocument' as const,
  blocks: story.slice(0, PARAGRAPHS_MAX).map((paragraph) => ({
    $type: 'pub.leaflet.pages.linearDocument#block' as const,
    block: blockOf(cut(paragraph, PARAGRAPH_MAX, PARAGRAPH_BYTES_MAX)),
  })),
});

const blockOf = (paragraph: string) =>
  HEADING.test(paragraph)
    ? {
        $type: 'pub.leaflet.blocks.header' as const,
        level: HEADING_LEVEL,
        plaintext: paragraph.replace(HEADING, ''),
      }
    : { $type: 'pub.leaflet.blocks.text' as const, plaintext: paragraph };
