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
  ...(evidence.pictures.length === 0 ? {} : { content: evidence.pictures.map(pictureContent) }),
  ...(evidence.text === '' ? {} : { description: description(evidence.text) }),
  createdAt: datetime(evidence.submittedAt),
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
