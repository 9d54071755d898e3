import type { EvidenceFacts } from '../../records/kinds/evidence.ts';
import type { PublicPicture } from '../../records/kinds/picture.ts';
import type { StrongRef } from '../../records/strong-ref.ts';
import type { Claim } from '../../store/claims.ts';
import type { Evidence } from '../../store/evidence.ts';
import type { PictureRow } from '../../store/pictures.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { workOn } from '../tasks/record-work.ts';

/** A picture of evidence, and whether it stays in the resident's own post. */
type Kept = Pick<PictureRow, 'cid' | 'mediaType' | 'sizeBytes'>;

/** What evidence is for; `work` is the first record of the work on the task, if that was looked up. */
export type EvidenceOn = {
  readonly claim: Claim;
  readonly task: Task;
  readonly work?: { readonly rkey: string; readonly cid: string } | null;
};

/** The facts of evidence, with the work on its task, which is recorded before it. */
export function evidenceFacts(
  context: Context,
  { claim, task, work }: EvidenceOn,
  said: {
    readonly text: string;
    /** The addresses of the resident's own posts. */
    readonly posts: readonly string[];
    /** The version of the first of them, where the evidence began as one. */
    readonly postCid: string | null;
    readonly pictures: readonly Kept[];
    readonly submittedAt: number;
  },
): EvidenceFacts {
  return {
    work: workOn(context, task.id, work),
    claim: context.records.ref('claim', claim),
    taskTitle: task.title,
    text: said.text,
    pictures: said.pictures.map(publicPicture),
    ...postsOf(said.posts, said.postCid),
    submittedAt: said.submittedAt,
  };
}

/**
 * Writes evidence that waits once more, if it was written before evidence named the work on its task.
 * What was reviewed stays as it is: its review names its exact version. Whether it was written.
 */
export function bringEvidenceOver(context: Context, evidence: Evidence): boolean {
  const { tx, records } = context;
  const record = records.get('evidence', evidence.rkey);
  if (record === undefined || (record.subjects ?? []).length > 1) return false;
  const claim = tx.claims.get(evidence.claimId);
  const task = claim && tx.tasks.get(claim.taskId);
  if (claim === undefined || task === undefined) {
    throw new Error('bringEvidenceOver: evidence for nothing');
  }
  const posts = evidence.postUri?.split(' ') ?? [];
  const here = tx.evidence.pictures(evidence.id).filter(({ isElsewhere }) => isElsewhere === 0);
  const facts = evidenceFacts(context, { claim, task }, { ...evidence, posts, pictures: here });
  const { cid } = records.update('evidence', evidence, facts);
  tx.evidence.amend(evidence.id, evidence.text, evidence.postUri, cid);
  return true;
}

/** Evidence that began as a post names the post's version; further posts only their addresses. */
function postsOf(posts: readonly string[], cid: string | null) {
  const [first, ...others] = posts;
  if (first === undefined) return {};
  if (cid === null) return { morePosts: posts };
  return { post: { uri: first as StrongRef['uri'], cid }, morePosts: others };
}

function publicPicture({ cid, mediaType, sizeBytes }: Kept): PublicPicture {
  if (cid === null || mediaType === null || sizeBytes === null) {
    throw new Error('publicPicture: a picture that is not clean');
  }
  return { cid, mediaType, sizeBytes };
}
