import { publicWords } from '../../domain/public-words.ts';
import { decideEvidence, EVIDENCE_PICTURES_MAX, EVIDENCE_TEXT_MAX } from '../../domain/review.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { COLLECTIONS, KINDS } from '../../records/kinds/index.ts';
import type { StrongRef } from '../../records/strong-ref.ts';
import type { Evidence } from '../../store/evidence.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { claimRef } from '../tasks/join-task.ts';

/**
 * A person sends evidence on a claim: a new piece, or more of the piece that still waits for its
 * review. Pictures are ids of clean ones. Refusals: `task-unknown` and those of `decideEvidence`.
 */
export function submitEvidence(
  context: Context,
  person: { readonly id: number },
  sent: {
    readonly taskId: number;
    readonly text: string;
    readonly pictureIds: readonly number[];
    readonly inboxId: number;
  },
): Result<
  { readonly evidenceId: number; readonly task: Task; readonly pictures: number },
  Refusal
> {
  const { tx, now } = context;
  const task = tx.tasks.get(sent.taskId);
  if (task === undefined) return refuse('task-unknown', { task: sent.taskId });
  const claim = tx.tasks.claimOn(person.id, sent.taskId);
  const decision = decideEvidence({
    claim: claim?.state,
    hasText: sent.text !== '',
    pictures: sent.pictureIds.length,
  });
  if (!decision.ok) return refuse(decision.refusal.code, { task: sent.taskId });
  if (claim === undefined) throw new Error('submitEvidence: a decision without a claim');

  const before = decision.value === 'more' ? tx.evidence.pendingOn(claim.id) : undefined;
  const earlier = before === undefined ? [] : tx.evidence.pictures(before.id);
  const room = EVIDENCE_PICTURES_MAX - earlier.length;
  const added = sent.pictureIds.slice(0, Math.max(0, room)).map((id) => tx.pictures.get(id));
  const origin = tx.inbox.origin(sent.inboxId);
  const said = wordsAndPosts(before, sent.text, origin?.postUri ?? null);
  const first = before ?? { postUri: origin?.postUri ?? null, postCid: origin?.postCid ?? null };
  // What is in the resident's own post stays there; the reviewer sees it all the same.
  const isHere = (picture: PictureOf | undefined): boolean =>
    picture !== undefined && !('isElsewhere' in picture ? picture.isElsewhere : origin?.postUri);
  const all = [...earlier, ...added].filter(isHere).map((picture) => {
    if (picture?.cid == null || picture.mediaType === null || picture.sizeBytes === null) {
      throw new Error('submitEvidence: a picture that is not clean');
    }
    return { cid: picture.cid, mediaType: picture.mediaType, sizeBytes: picture.sizeBytes };
  });
  // Masked when it is joined: a number can come in two messages.
  const text = publicWords(said.text, EVIDENCE_TEXT_MAX);
  const rkey = before?.rkey ?? context.newTid();
  const ref = context.stage(
    tx,
    before === undefined ? 'create' : 'update',
    COLLECTIONS.evidence,
    rkey,
    KINDS.evidence.build({
      claim: claimRef(context, claim),
      taskTitle: task.title,
      text,
      pictures: all,
      ...postsOf(said.posts, first.postCid),
      submittedAt: before?.submittedAt ?? now,
    }),
  );
  let evidenceId: number;
  if (before === undefined) {
    evidenceId = tx.evidence.add({
      claimId: claim.id,
      inboxId: sent.inboxId,
      partnerId: task.partnerId,
      text,
      postUri: said.posts[0] ?? null,
      postCid: first.postCid,
      submittedAt: now,
      rkey,
      cid: ref.cid,
    });
    tx.tasks.setClaimState(claim.id, 'submitted');
  } else {
    evidenceId = before.id;
    tx.evidence.amend(evidenceId, text, said.posts.join(' ') || null, ref.cid);
  }
  for (const picture of added) {
    if (picture === undefined) continue;
    tx.evidence.addPicture(evidenceId, picture.id);
    if (picture.perceptualHash !== null) {
      tx.alike.addPictureHash(picture.id, picture.perceptualHash);
    }
  }
  return ok({ evidenceId, task, pictures: earlier.length + added.length });
}

type PictureOf =
  | ReturnType<Context['tx']['evidence']['pictures']>[number]
  | ReturnType<Context['tx']['pictures']['get']>;

/** What is said, and where, with what was before it. */
function wordsAndPosts(before: Evidence | undefined, text: string, postUri: string | null) {
  const posts = before?.postUri?.split(' ') ?? [];
  return {
    text: [before?.text ?? '', text].filter(Boolean).join('\n'),
    posts: postUri === null || posts.includes(postUri) ? posts : [...posts, postUri],
  };
}

/** Evidence that began as a post names the post's version; further posts only their addresses. */
function postsOf(posts: readonly string[], cid: string | null) {
  const [first, ...others] = posts;
  if (first === undefined) return {};
  if (cid === null) return { morePosts: posts };
  return { post: { uri: first as StrongRef['uri'], cid }, morePosts: others };
}
