import * as lexicon from '../../lexicons/org/hypercerts/context/attachment.defs.ts';
import { postUrl } from '../../lib/post-url.ts';
import type { StrongRef } from '../strong-ref.ts';
import { cut, datetime, reference } from './fields.ts';
import { addressOf, attached, type PublicPicture } from './picture.ts';

export type EvidenceFacts = {
  /** The activity of the task, by which clients find what was shown for it. */
  readonly work: StrongRef;
  /** The claim as it stood before the evidence. */
  readonly claim: StrongRef;
  readonly taskTitle: string;
  /** The person's words, masked; empty when only pictures came. */
  readonly text: string;
  readonly pictures: readonly PublicPicture[];
  /**
   * The resident's own Bluesky post: words and pictures stay there, and this record says where.
   * Without it they are here.
   */
  readonly post?: StrongRef;
  /** Addresses of further posts of the resident's own. */
  readonly morePosts?: readonly string[];
  /** In ms. */
  readonly submittedAt: number;
};

/** The record of evidence: a Hypercerts attachment whose subjects are the work and the claim. */
export const evidence = {
  lexicon,
  build: (evidence: EvidenceFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    title: cut(`Evidence: ${evidence.taskTitle}`, 200, 256),
    contentType: 'evidence',
    subjects: [reference(evidence.work), reference(evidence.claim)],
    ...contentOf(evidence),
    ...descriptionOf(evidence),
    createdAt: datetime(evidence.submittedAt),
  }),
  summarize: ({ title }: lexicon.Main) => title,
} as const;

/** The lexicon takes no more parts. */
const CONTENT_MAX = 100;

/**
 * The pictures that are here, and the posts for readers who look for content: first their addresses
 * for programs, then those at which people read them.
 */
function contentOf({ pictures, post, morePosts = [] }: EvidenceFacts) {
  const posts = [...(post === undefined ? [] : [post.uri]), ...morePosts];
  const pages = posts.flatMap((uri) => postUrl(uri) ?? []);
  const all = [...pictures.map(attached), ...[...posts, ...pages].map(addressOf)];
  const content = all.slice(0, CONTENT_MAX);
  return content.length === 0 ? {} : { content };
}

/** The version of a post, which nobody can change unseen; otherwise the words that are here. */
function descriptionOf({ text, post }: EvidenceFacts) {
  if (post !== undefined) {
    return { description: { $type: 'com.atproto.repo.strongRef' as const, ...reference(post) } };
  }
  if (text === '') return {};
  const value = cut(text, 25_000, 250_000);
  return { description: { $type: 'org.hypercerts.defs#descriptionString' as const, value } };
}
