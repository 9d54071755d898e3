import { missingConsent } from '../../domain/consent.ts';
import { publicWords } from '../../domain/public-words.ts';
import { decideEvidence, EVIDENCE_PICTURES_MAX, EVIDENCE_TEXT_MAX } from '../../domain/review.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Evidence } from '../../store/evidence.ts';
import type { Task } from '../../store/tasks.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { stepClaim } from '../tasks/step-claim.ts';
import { type EvidenceOn, evidenceFacts } from './record-evidence.ts';

export type EvidenceSent = {
  readonly taskId: number;
  readonly text: string;
  /** Of clean pictures. */
  readonly pictureIds: readonly number[];
  /** The message that brought it. */
  readonly inboxId: number;
};

export type EvidenceKept = {
  readonly evidenceId: number;
  readonly task: Task;
  /** The number of pictures that the evidence has by now. */
  readonly pictures: number;
};

/**
 * A person sends evidence on a claim: a new piece, or more of the piece that still waits for its
 * review. Source: domain.md, Evidence and verification.
 */
export const submitEvidence = (
  context: Context,
  person: { readonly id: number },
  sent: EvidenceSent,
) => causeRecords(context, person.id, () => submit(context, person, sent));

function submit(
  context: Context,
  person: { readonly id: number },
  sent: EvidenceSent,
): Result<
  EvidenceKept,
  Refusal<'task-unknown' | 'consent-missing'> | RefusalOf<typeof decideEvidence>
> {
  const { tx } = context;
  const found = tx.tasks.withClaim(sent.taskId, person.id);
  if (found === undefined) return refuse('task-unknown', { task: sent.taskId });
  const { task, claim, work } = found;
  const decision = decideEvidence({
    claim: claim?.state,
    hasText: sent.text !== '',
    pictures: sent.pictureIds.length,
    task,
    sentAt: context.sentAt,
  });
  if (!decision.ok) {
    return refuse(decision.refusal.code, { ...decision.refusal.params, task: sent.taskId });
  }
  if (claim === null) throw new Error('submitEvidence: a decision without a claim');

  const before = decision.value === 'more' ? tx.evidence.pendingOn(claim.id) : undefined;
  const earlier = before === undefined ? [] : tx.evidence.pictures(before.id);
  const room = Math.max(0, EVIDENCE_PICTURES_MAX - earlier.length);
  const added = sent.pictureIds.slice(0, room).map((id) => tx.pictures.get(id));
  const origin = postBehind(context, sent.inboxId);
  const agreed = agreementsOf(context, person.id, origin?.uri ?? null);
  const made = { hasPost: agreed.post !== null, hasWords: agreed.post === null };
  if (missingConsent(made, (consent) => agreed[consent]) !== undefined) {
    return refuse('consent-missing', { task: sent.taskId });
  }
  // The words of a post stay in it, unless its author agreed that their words are public here too:
  // evidence that began as a post says nothing itself, any other does.
  const postCid = before === undefined ? (origin?.cid ?? null) : before.postCid;
  const words = agreed.words || postCid !== null ? sent.text : '';
  // The resident's own post keeps its pictures; the reviewer sees them all the same.
  const here = [
    ...earlier.filter(({ isElsewhere }) => isElsewhere === 0),
    ...(agreed.post === null ? added : []),
  ];
  const evidenceId = keep(
    context,
    { claim, task, work, before },
    {
      inboxId: sent.inboxId,
      ...joinWords(before, words, agreed.post),
      postCid,
      pictures: here.filter((picture) => picture !== undefined),
    },
  );
  for (const picture of added) {
    if (picture === undefined) continue;
    tx.evidence.addPicture(evidenceId, picture.id);
    if (picture.perceptualHash !== null) {
      tx.alike.addPicture(picture.id, picture.perceptualHash);
    }
  }
  return ok({ evidenceId, task, pictures: earlier.length + added.length });
}

/** What a person agreed to, of words and of the post that a message is (null for none). */
function agreementsOf({ tx }: Context, personId: number, post: string | null) {
  const person = tx.people.get(personId);
  return {
    post,
    words: person?.publicEvidenceAt != null,
    posts: person?.publicDid != null && post?.startsWith(`at://${person.publicDid}/`) === true,
  };
}

/** The sender's own post that a message is. */
function postBehind({ tx, keys }: Context, inboxId: number) {
  const { postUri = null, postCid = null } = tx.inbox.origin(inboxId) ?? {};
  if (postUri === null || postCid === null) return undefined;
  return { uri: keys.openText(postUri), cid: keys.openText(postCid) };
}

/** Writes evidence down, in public and here: a new piece, or all of one that there was before. */
function keep(
  context: Context,
  on: EvidenceOn & { readonly before: Evidence | undefined },
  all: {
    readonly inboxId: number;
    readonly text: string;
    readonly posts: readonly string[];
    readonly postCid: string | null;
    readonly pictures: Parameters<typeof evidenceFacts>[2]['pictures'];
  },
): number {
  const { tx, now, records } = context;
  const { claim, task, before } = on;
  const facts = evidenceFacts(context, on, { ...all, submittedAt: before?.submittedAt ?? now });
  if (before !== undefined) {
    const { cid } = records.update('evidence', before, facts);
    tx.evidence.amend(before.id, all.text, all.posts.join(' ') || null, cid);
    return before.id;
  }
  const { rkey, cid } = records.create('evidence', facts);
  const evidenceId = tx.evidence.add({
    claimId: claim.id,
    inboxId: all.inboxId,
    partnerId: task.partnerId,
    text: all.text,
    postUri: all.posts[0] ?? null,
    postCid: all.postCid,
    submittedAt: now,
    rkey,
    cid,
  });
  stepClaim(context, claim, 'submit');
  return evidenceId;
}

/** Everything that was said, and where, with what was said before it. */
function joinWords(before: Evidence | undefined, text: string, postUri: string | null) {
  const posts = before?.postUri?.split(' ') ?? [];
  const words = [before?.text ?? '', text].filter(Boolean).join('\n');
  return {
    // Masked when it is joined: a number can come in two messages.
    text: publicWords(words, EVIDENCE_TEXT_MAX),
    posts: postUri === null || posts.includes(postUri) ? posts : [...posts, postUri],
  };
}
