import { type l, parseCid } from '@atproto/lex';
import { COLLECTIONS, type RecordValues } from '../collections.ts';
import type { StrongRef } from '../strong-ref.ts';
import { cut, datetime, reference } from './fields.ts';

/** A cleaned picture: the publisher uploads its bytes before the record. */
export type PublicPicture = {
  /** The CID of its bytes (`bafkrei…`). */
  readonly cid: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
};

export type EvidenceFacts = {
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
  /** In ms. */
  readonly submittedAt: number;
};

/** The record of evidence: a Hypercerts attachment whose subject is the claim. */
export const evidenceRecord = (
  evidence: EvidenceFacts,
): RecordValues[typeof COLLECTIONS.evidence] => ({
  $type: COLLECTIONS.evidence,
  title: cut(`Evidence: ${evidence.taskTitle}`, 200, 256),
  contentType: 'evidence',
  subjects: [reference(evidence.claim)],
  ...(evidence.post === undefined ? kept(evidence) : elsewhere(evidence.post)),
  createdAt: datetime(evidence.submittedAt),
});

const kept = ({ pictures, text }: Pick<EvidenceFacts, 'pictures' | 'text'>) => ({
  ...(pictures.length === 0 ? {} : { content: pictures.map(pictureContent) }),
  ...(text === '' ? {} : { description: description(text) }),
});

/** Its address for whoever looks for content, and its version, which nobody can change unseen. */
const elsewhere = (post: StrongRef) => ({
  content: [{ $type: 'org.hypercerts.defs#uri' as const, uri: post.uri }],
  description: { $type: 'com.atproto.repo.strongRef' as const, ...reference(post) },
});

const description = (text: string) => ({
  $type: 'org.hypercerts.defs#descriptionString' as const,
  value: cut(text, 25_000, 250_000),
});

const pictureContent = ({ cid, mediaType, sizeBytes }: PublicPicture) => ({
  $type: 'org.hypercerts.defs#smallBlob' as const,
  blob: {
    $type: 'blob' as const,
    ref: parseCid(cid, { flavor: 'raw' }),
    mimeType: mediaType,
    size: sizeBytes,
  } satisfies l.BlobRef,
});
