/** Publishes the next batch of staged records, and remembers in the store that it is public. */

import { type Answer, answered, type Refused, refused, uncertain } from '../../account/answer.ts';
import { POINTS } from '../../account/rate-limits.ts';
import { isAboutAll } from '../../account/refusal.ts';
import { SECOND_MS } from '../../lib/clock.ts';
import type { RecordRow } from '../../store/records.ts';
import { recordUri } from '../strong-ref.ts';
import { type Batch, composeBatch } from './batch.ts';
import { pause } from './pauses.ts';
import { readBack } from './read-back.ts';
import type { BatchDetail, State } from './state.ts';
import { isAboutPicture } from './submission.ts';

/** Uploading it once more brings a picture back, unless the PDS will not have it. */
const PICTURE_TRIES_MAX = 3;

/** Publishes as many of the rows, from the first, as there are points and pictures for. */
export async function publish(state: State, rows: readonly RecordRow[]): Promise<Answer<unknown>> {
  const { budget, submission, ending, progress } = state;
  const { repository } = state.settings;
  const batch = composeBatch(rows, Math.min(budget.available(), repository.pointsLeft()));
  if (batch === undefined) {
    await waitForPoints(state, POINTS[rows[0]?.operation ?? 'create']);
    return answered(undefined);
  }
  const { clock } = state.settings;
  const startedAt = clock.elapsed();
  const { ready, answer } = await submission.upload(batch, ending.signal);
  // The records before the first that lacks a picture go first.
  const complete =
    ready === batch.rows.length ? batch : composeBatch(batch.rows.slice(0, ready), batch.points);
  if (complete === undefined) return park(state, batch, answer);
  const sent = await send(state, complete);
  if (sent.kind === 'ok') progress.notePace(complete.rows.length, clock.elapsed() - startedAt);
  return sent;
}

function waitForPoints(state: State, points: number): Promise<void> {
  const { repository, clock } = state.settings;
  const budgetAt = state.budget.availableAt(points);
  const allowanceAt = repository.pointsAt(points);
  const reason =
    budgetAt >= allowanceAt ? 'The write budget is used up.' : 'The PDS takes no more for now.';
  return pause(state, reason, Math.max(budgetAt, allowanceAt, clock.elapsed() + SECOND_MS));
}

/** Sets the first record aside when its picture is lost: the others need not wait for it. */
function park(state: State, { rows: [row] }: Batch, answer: Answer<unknown>): Answer<unknown> {
  if (row === undefined || answer.kind !== 'refused' || !isAboutPicture(answer)) return answer;
  state.settings.log.warn({ reason: answer.message }, 'A record is set aside.');
  state.queue.park(row, `${answer.code}: ${answer.message}`);
  return answered(undefined);
}

async function send(state: State, batch: Batch): Promise<Answer<unknown>> {
  const { observe } = state.settings;
  const isAlone = !state.backOff.mayArrive();
  const answer = await state.submission.submit(batch, isAlone, () =>
    observe?.('batch.submitted', detailOf(batch)),
  );
  if (answer.kind !== 'limited') state.budget.spend(batch.points);
  if (answer.kind === 'ok') return keep(state, batch);
  if (answer.kind === 'uncertain') {
    state.backOff.noteLostAnswer(batch.rows.length);
    return uncertain(answer.message + uriIfAlone(state, batch));
  }
  return answer.kind === 'refused' ? sendFewer(state, batch, answer) : answer;
}

/** A batch counts as published once the repository gave out a sample of it. */
async function keep(state: State, batch: Batch): Promise<Answer<unknown>> {
  const answer = await readBack(state, batch);
  state.backOff.noteAnswered();
  if (answer.kind === 'ok') await mark(state, batch);
  // What was not read is compared before anything else is written.
  else state.isDoubtful = true;
  return answer;
}

/** Makes the next batch smaller: one record may spoil a whole batch, and those before it may go. */
function sendFewer(state: State, batch: Batch, answer: Refused): Answer<unknown> {
  const { backOff } = state;
  if (isAboutAll(answer)) return answer;
  // Somebody else keeps writing just before us: that passes.
  if (answer.code === 'InvalidSwap') return uncertain(answer.message);
  if (answer.code === 'BlobNotFound' && backOff.lostAnswers() < PICTURE_TRIES_MAX) {
    backOff.noteLostAnswer(batch.rows.length);
    return uncertain(answer.message);
  }
  if (batch.rows.length === 1) {
    // A record that was there before: the spool no longer has its picture.
    if (answer.code === 'BlobNotFound') return park(state, batch, answer);
    return refused(answer.code, answer.message + uriIfAlone(state, batch));
  }
  // A request that was given up on may have arrived after all, and written what this one was to.
  if (backOff.mayArrive()) state.isDoubtful = true;
  backOff.noteRefusal(batch.rows.length);
  return answered(undefined);
}

const uriIfAlone = ({ settings }: State, { rows: [first, ...others] }: Batch): string =>
  first === undefined || others.length > 0
    ? ''
    : ` (${recordUri(settings.repository.did, first.collection, first.rkey)})`;

/** Remembers that the PDS has these records. Their pictures stay here until they are fetched back. */
export async function mark(state: State, batch: Batch): Promise<void> {
  const { store, clock, observe } = state.settings;
  observe?.('batch.committed', detailOf(batch));
  const pictures = batch.pictures.flatMap((cid) => store.read.pictures.toPublish(cid));
  const written = new Set(batch.written.map(({ seq }) => seq));
  const replaced = batch.rows.flatMap(({ seq }) => (written.has(seq) ? [] : [seq]));
  await store.commit((tx) => {
    tx.records.markPublished([...written], clock.now());
    if (replaced.length > 0) tx.records.markSuperseded(replaced, clock.now());
    if (pictures.length > 0) tx.pictures.markUploaded(pictures.map(({ id }) => id));
  });
  state.status.setPublishing();
  state.backOff.noteSuccess();
  state.progress.notePublished(batch.rows.length);
  observe?.('batch.marked', detailOf(batch));
  if (pictures.length > 0) state.pictures.wake();
}

const detailOf = ({ rows }: Batch): BatchDetail => ({
  firstSeq: rows[0]?.seq ?? 0,
  lastSeq: rows.at(-1)?.seq ?? 0,
  count: rows.length,
});
