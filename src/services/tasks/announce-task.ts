import { CITY_CREDITS } from '../../domain/city.ts';
import { decideAnnounce, type TaskDraft } from '../../domain/task.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { COLLECTIONS, KINDS } from '../../records/kinds/index.ts';
import { type StrongRef, strongRef } from '../../records/strong-ref.ts';
import type { Partner } from '../../store/partners.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { capsNow } from '../credits/epoch.ts';
import { issuersOf } from '../evidence/review-evidence.ts';
import { changeClaim } from './join-task.ts';
import { locationOf, placeOf } from './place.ts';
import { recordWork } from './record-work.ts';

const partnerRef = (context: Context, partner: Partner): StrongRef =>
  strongRef(context.did, COLLECTIONS.partner, partner.rkey, partner.cid);

/** The issuer a person announces for; undefined for someone who announces for none. */
const issuerOf = (context: Context, personId: number): Partner | undefined =>
  issuersOf(context, personId)[0];

/** Credits the issuer can still promise in this epoch: its cap less what is issued or promised. */
function creditsLeft(context: Context, issuer: Partner): number {
  const { issuer: cap, city } = capsNow(context, issuer.id);
  const promised = context.tx.tasks.promisedCredits(issuer.id);
  return Math.min(cap.amount - cap.issued - promised, city.amount - city.issued);
}

/**
 * Looks at a draft without announcing it. Refusals: `not-issuer` and those of `decideAnnounce`.
 */
export function checkTask(
  context: Context,
  personId: number,
  draft: TaskDraft,
): Result<{ readonly issuer: Partner }, Refusal> {
  const issuer = issuerOf(context, personId);
  if (issuer === undefined) return refuse('not-issuer');
  const decision = decideAnnounce(draft, {
    now: context.now,
    creditsLeft: creditsLeft(context, issuer),
  });
  return decision.ok ? ok({ issuer }) : decision;
}

/** Announces a task. Refusals: as `checkTask`. */
export function announceTask(
  context: Context,
  personId: number,
  draft: TaskDraft,
): Result<{ readonly task: Task; readonly issuer: Partner }, Refusal> {
  const checked = checkTask(context, personId, draft);
  if (!checked.ok) return checked;
  const { issuer } = checked.value;
  const { tx, now } = context;
  const id = tx.tasks.nextId();
  const place = placeOf(context, draft.place);
  const rkey = context.newTid();
  const ref = context.stage(
    tx,
    'create',
    COLLECTIONS.task,
    rkey,
    KINDS.task.build({
      ...draft,
      number: id,
      issuer: partnerRef(context, issuer),
      location: locationOf(context, place),
      creditKind: CITY_CREDITS,
      status: 'open',
      createdAt: now,
    }),
  );
  tx.tasks.add({
    ...draft,
    id,
    partnerId: issuer.id,
    placeId: place.id,
    createdBy: personId,
    createdAt: now,
    rkey,
    cid: ref.cid,
  });
  const task = tx.tasks.get(id);
  if (task === undefined) throw new Error('announceTask: the task is not there');
  return ok({ task, issuer });
}

/**
 * Ends a task: nobody can join any more. Who joined or stood by and sent no evidence is let go and
 * listed in `released`; evidence that waits can still be reviewed. Refusals: `task-unknown` (also
 * for a task of another issuer), `task-closed`.
 */
export function closeTask(
  context: Context,
  personId: number,
  taskId: number,
): Result<
  { readonly task: Task; readonly released: readonly number[]; readonly waiting: number },
  Refusal
> {
  const { tx, now } = context;
  const found = ownTask(context, personId, taskId);
  if (found === undefined) return refuse('task-unknown', { task: taskId });
  const { task } = found;
  if (task.state === 'closed') return refuse('task-closed', { task: taskId });
  const { place, ref } = restage(context, found, { status: 'closed' });
  tx.tasks.close(taskId, now, place.id, ref.cid);
  recordWork(context, taskId);
  const claims = tx.tasks.roster(taskId).map((line) => line.claim);
  const released = claims.filter(({ state }) => state === 'active' || state === 'standby');
  for (const claim of released) {
    changeClaim(context, claim, 'closed');
    if (claim.state === 'active') tx.tasks.addTaken(taskId, -1);
  }
  return ok({
    task,
    released: released.map((claim) => claim.personId),
    waiting: claims.filter(({ state }) => state === 'submitted').length,
  });
}

const postOf = ({ postUri, postCid }: Task): { readonly post?: StrongRef } =>
  postUri === null || postCid === null
    ? {}
    : { post: { uri: postUri as StrongRef['uri'], cid: postCid } };

/** A task has a public post: its record says so from now on. */
export function rememberPost(context: Context, taskId: number, post: StrongRef): void {
  const { tx } = context;
  const found = tx.tasks.withIssuer(taskId);
  if (found === undefined || found.task.postUri !== null) return;
  const { ref } = restage(context, found, { post });
  tx.tasks.setPost(taskId, post, ref.cid);
}

/** Writes a new version of a task's public record. */
function restage(
  context: Context,
  { task, issuer }: { readonly task: Task; readonly issuer: Partner },
  change: { readonly status?: Task['state']; readonly post?: StrongRef },
) {
  // A task that was announced before places had records gets its own now.
  const place = placeOf(context, task.place, task.placeId);
  const ref = context.stage(
    context.tx,
    'update',
    COLLECTIONS.task,
    task.rkey,
    KINDS.task.build({
      ...task,
      ...postOf(task),
      number: task.id,
      issuer: partnerRef(context, issuer),
      location: locationOf(context, place),
      creditKind: CITY_CREDITS,
      status: task.state,
      updatedAt: context.now,
      ...change,
    }),
  );
  return { place, ref };
}

/** Who is in a task, for its issuer. Refusal: `task-unknown`, also for a task of another issuer. */
export function seeRoster(context: Context, personId: number, taskId: number) {
  const found = ownTask(context, personId, taskId);
  if (found === undefined) return refuse('task-unknown', { task: taskId });
  return ok({
    task: found.task,
    lines: context.tx.tasks
      .roster(taskId)
      .map(({ claim, participantId }) => ({ participantId, state: claim.state })),
  });
}

/** A task of an issuer that the person acts for. */
function ownTask(context: Context, personId: number, taskId: number) {
  const found = context.tx.tasks.withIssuer(taskId);
  if (found === undefined) return undefined;
  return issuersOf(context, personId).some((issuer) => issuer.id === found.issuer.id)
    ? found
    : undefined;
}
