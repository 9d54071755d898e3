/**
 * Writes staged records to the city's repository: in their order, in batches, each one once,
 * whatever the network, the PDS or this process do in between.
 */

import { type Answer, answered, type Refused, refused, uncertain } from '../../account/answer.ts';
import { POINTS } from '../../account/rate-limits.ts';
import { isAboutAll, isAboutPicture, type Trouble, troubleOf } from '../../account/refusal.ts';
import type { Repository } from '../../account/repository.ts';
import { type Clock, MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';
import type { Step } from '../../lib/steps.ts';
import { systemWait, type Wait, waitUntil } from '../../lib/wait.ts';
import type { PictureRow } from '../../store/pictures.ts';
import type { RecordRow } from '../../store/records.ts';
import { recordUri } from '../strong-ref.ts';
import { createPatience } from './back-off.ts';
import { type Batch, composeBatch } from './batch.ts';
import { type BudgetLimits, createBudget, type PublishedCounts } from './budget.ts';
import { createOutlook, type OutlookReads } from './outlook.ts';
import type { Say } from './progress.ts';
import { createQueue, LOOK_AGAIN_MS } from './queue.ts';
import { compareEach, countPublished } from './reconcile.ts';
import { createStanding, type PublisherStatus } from './status.ts';
import { createSubmission, type SubmissionSettings } from './submission.ts';

/** What publishing needs of the store. */
type PublisherStore = {
  readonly read: {
    readonly records: {
      readonly staged: (after: number, limit: number, bytesMax: number) => RecordRow[];
      readonly publishedCounts: PublishedCounts;
    } & OutlookReads;
    readonly pictures: { readonly toPublish: (cid: string) => PictureRow[] };
  };
  readonly commit: <T>(work: (tx: PublisherTx) => T) => Promise<T>;
};

type PublisherTx = {
  readonly records: { readonly markPublished: (seqs: readonly number[], at: number) => void };
  readonly pictures: { readonly markPublished: (ids: readonly number[]) => void };
};

/** `submitted`: on its way. `committed`: the PDS has it. `marked`: the store knows. */
type PublisherStep = Extract<Step, `batch.${string}`>;

export type BatchDetail = {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly count: number;
};

export type PublisherSettings = Pick<SubmissionSettings, 'readPicture'> & {
  readonly store: PublisherStore;
  readonly repository: Repository;
  readonly budget: BudgetLimits;
  readonly clock: Clock;
  /** Lets the spool forget a picture that is published. */
  readonly removePicture: (spoolKey: string) => Promise<void>;
  readonly log: { readonly warn: (detail: object, message: string) => void };
  /** What should not have happened. */
  readonly failed: (error: unknown) => void;
  /** Is told now and then how far a long backlog is. */
  readonly progress?: Say;
  readonly observe?: (step: PublisherStep, detail: BatchDetail) => void;
  readonly wait?: Wait;
};

export type Publisher = {
  /** Something was staged. */
  readonly wake: () => void;
  /** Publishes until `signal` aborts; a batch under way is finished first. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly status: () => PublisherStatus;
  /** Why records are set aside, while others are published: their pictures are lost. */
  readonly parked: () => readonly string[];
  /** How long (s) what waits will take to be published; null when nobody can tell. */
  readonly estimateSeconds: () => number | null;
  /** Resolves when everything that is staged is published; rejects when publishing stops. */
  readonly idle: () => Promise<void>;
};

/** Uploading it once more brings a picture back, unless the PDS will not have it. */
const PICTURE_TRIES_MAX = 3;
const AFTER_FAILURE_MS = MINUTE_MS;

export function createPublisher(settings: PublisherSettings): Publisher {
  const { store, repository, clock, log, observe, wait = systemWait } = settings;
  const { staged, backlog, publishedCounts } = store.read.records;
  const { toPublish } = store.read.pictures;
  const { readPicture, removePicture } = settings;
  const submission = createSubmission({ repository, toPublish, readPicture });
  const budget = createBudget(settings.budget, clock, publishedCounts);
  const standing = createStanding(() => backlog().count === 0);
  const patience = createPatience();
  const queue = createQueue(staged, clock);
  let awake = false;
  let rouse = (): void => undefined;
  /** Whether the oldest staged records may be in the repository already. */
  let doubtful = true;

  const progress = createOutlook({
    reads: store.read.records,
    clock,
    limits: settings.budget,
    budget,
    repository,
    standing,
    patience,
    say: settings.progress,
  });

  const sleep = (until: number, signal: AbortSignal): Promise<void> =>
    waitUntil(until, { clock, wait, between: progress.look }, signal);

  /** Nothing can be published: sleeps until `wake`, the end, or the next try of what is set aside. */
  async function rest(signal: AbortSignal): Promise<void> {
    const until = queue.triedAgainAt();
    if (until === undefined) {
      standing.rest();
      progress.finished();
    } else {
      standing.stop(queue.parked().join(' '), until);
    }
    if (awake || signal.aborted) return;
    const rested = new AbortController();
    rouse = () => rested.abort();
    signal.addEventListener('abort', rouse);
    if (until !== undefined) await sleep(until, rested.signal);
    else await new Promise((resolve) => rested.signal.addEventListener('abort', resolve));
    signal.removeEventListener('abort', rouse);
  }

  async function pause(reason: string, until: number, signal: AbortSignal): Promise<void> {
    standing.become({ state: 'waiting', reason, until });
    await sleep(until, signal);
  }

  /** Stops, and looks again after a while unless that cannot help. */
  async function halt({ reason, isFinal }: Trouble, againMs: number, signal: AbortSignal) {
    log.warn({ reason }, 'Publishing stopped.');
    const until = clock.now() + againMs;
    standing.stop(reason, isFinal ? undefined : until);
    if (isFinal) return;
    await sleep(until, signal);
    doubtful = true;
    patience.startAfresh();
  }

  /** The PDS has these: remember it, then let go of their pictures. */
  async function mark(batch: Batch): Promise<void> {
    observe?.('batch.committed', detailOf(batch));
    const pictures = batch.pictures.flatMap((cid) => toPublish(cid));
    await store.commit((tx) => {
      tx.records.markPublished(
        batch.rows.map(({ seq }) => seq),
        clock.now(),
      );
      if (pictures.length > 0) tx.pictures.markPublished(pictures.map(({ id }) => id));
    });
    standing.goOn();
    patience.succeeded();
    progress.published(batch.rows.length);
    observe?.('batch.marked', detailOf(batch));
    for (const { spoolKey } of pictures) {
      await removePicture(spoolKey).catch((error: unknown) => {
        log.warn({ err: error, spoolKey }, 'A published picture stays in the spool.');
      });
    }
  }

  /** Sets right what an unclear end left behind: what is in the repository is marked. */
  async function findOut(rows: readonly RecordRow[]): Promise<Answer<unknown>> {
    const all = composeBatch(rows, Number.POSITIVE_INFINITY);
    const found = await countPublished(all?.rows ?? [], repository);
    if (found.kind !== 'ok') return found;
    // When all of them are there, the next ones may be there as well.
    doubtful = found.value === all?.rows.length;
    const published = composeBatch(rows.slice(0, found.value), Number.POSITIVE_INFINITY);
    if (published !== undefined) await mark(published);
    return found;
  }

  /** Looks at each record of the next batch, and publishes what is not as it should be. */
  async function mend(rows: readonly RecordRow[], signal: AbortSignal): Promise<Answer<unknown>> {
    const all = composeBatch(rows, Number.POSITIVE_INFINITY);
    const found = await compareEach(all?.rows ?? [], repository);
    if (found.kind !== 'ok') return found;
    const { there, missing, removed } = found.value;
    if (removed.length > 0) {
      log.warn({ removed }, 'Somebody removed records of the city; they are put back.');
    }
    doubtful = false;
    const published = composeBatch(there, Number.POSITIVE_INFINITY);
    if (published !== undefined) await mark(published);
    return missing.length === 0 ? found : publish(missing, signal);
  }

  /** Publishes as many of the rows, from the first, as there are points and pictures for. */
  async function publish(
    rows: readonly RecordRow[],
    signal: AbortSignal,
  ): Promise<Answer<unknown>> {
    const batch = composeBatch(rows, Math.min(budget.available(), repository.pointsLeft()));
    if (batch === undefined) {
      const cost = POINTS[rows[0]?.operation ?? 'create'];
      const budgetAt = budget.availableAt(cost);
      const allowanceAt = repository.pointsAt(cost);
      const reason =
        budgetAt >= allowanceAt ? 'The write budget is used up.' : 'The PDS takes no more for now.';
      await pause(reason, Math.max(budgetAt, allowanceAt, clock.now() + SECOND_MS), signal);
      return answered(undefined);
    }
    const startedAt = performance.now();
    const { ready, answer } = await submission.upload(batch, signal);
    // What needs no picture, or has it, goes first.
    const complete =
      ready === batch.rows.length ? batch : composeBatch(batch.rows.slice(0, ready), batch.points);
    if (complete === undefined) return park(batch, answer);
    const sent = await send(complete);
    if (sent.kind === 'ok') progress.took(complete.rows.length, performance.now() - startedAt);
    return sent;
  }

  /** Its first record cannot have its picture; the others need not wait until it can. */
  function park({ rows: [row] }: Batch, answer: Answer<unknown>): Answer<unknown> {
    if (row === undefined || answer.kind !== 'refused' || !isAboutPicture(answer)) return answer;
    log.warn({ reason: answer.message }, 'A record is set aside.');
    queue.park(row, `${answer.code}: ${answer.message}`);
    return answered(undefined);
  }

  async function send(batch: Batch): Promise<Answer<unknown>> {
    const answer = await submission.submit(batch, () =>
      observe?.('batch.submitted', detailOf(batch)),
    );
    if (answer.kind !== 'limited') budget.spend(batch.points);
    if (answer.kind === 'ok') await mark(batch);
    if (answer.kind === 'uncertain') {
      patience.missed(batch.rows.length);
      return uncertain(answer.message + aloneAt(batch));
    }
    return answer.kind === 'refused' ? sendFewer(batch, answer) : answer;
  }

  /** One record may spoil a whole batch: finds it, and lets those before it through. */
  function sendFewer(batch: Batch, answer: Refused): Answer<unknown> {
    if (isAboutAll(answer)) return answer;
    // Somebody else keeps writing just before us: that passes.
    if (answer.code === 'InvalidSwap') return uncertain(answer.message);
    if (answer.code === 'BlobNotFound' && patience.misses() < PICTURE_TRIES_MAX) {
      patience.missed(batch.rows.length);
      return uncertain(answer.message);
    }
    if (batch.rows.length === 1) return refused(answer.code, answer.message + aloneAt(batch));
    patience.refused(batch.rows.length);
    return answered(undefined);
  }

  const aloneAt = ({ rows: [first, ...others] }: Batch): string =>
    first === undefined || others.length > 0
      ? ''
      : ` (${recordUri(repository.did, first.collection, first.rkey)})`;

  /** What to do about an answer, other than going on. */
  async function heed(answer: Answer<unknown>, signal: AbortSignal): Promise<void> {
    if (answer.kind === 'ok') return;
    if (answer.kind === 'refused') return halt(troubleOf(answer), LOOK_AGAIN_MS, signal);
    if (answer.kind === 'limited') {
      const until = Math.max(answer.until, clock.now() + patience.limited());
      return pause('The PDS takes no more requests for now.', until, signal);
    }
    doubtful = true;
    const until = clock.now() + patience.failed();
    const detail = { reason: answer.message, failures: patience.failures() };
    log.warn(detail, 'Publishing failed and is tried again.');
    await pause(`The last try failed: ${answer.message}`, until, signal);
  }

  async function step(signal: AbortSignal): Promise<void> {
    awake = false;
    const rows = queue.next(patience.recordsMax());
    if (rows.length === 0) {
      await rest(signal);
      return;
    }
    standing.become({ state: 'publishing' });
    progress.look();
    const next = doubtful ? (patience.isSuspicious() ? mend : findOut) : publish;
    await heed(await next(rows, signal), signal);
  }

  return {
    wake: () => {
      awake = true;
      rouse();
    },
    run: async (signal) => {
      standing.goOn();
      doubtful = true;
      while (!signal.aborted && !standing.isEnded()) {
        try {
          await step(signal);
        } catch (error) {
          settings.failed(error);
          const trouble = { reason: 'The program failed.', isFinal: false };
          await halt(trouble, AFTER_FAILURE_MS, signal);
        }
      }
      if (!standing.isEnded()) standing.stop('It was asked to stop.');
    },
    status: standing.status,
    parked: queue.parked,
    estimateSeconds: progress.estimateSeconds,
    idle: standing.idle,
  };
}

const detailOf = ({ rows }: Batch): BatchDetail => ({
  firstSeq: rows[0]?.seq ?? 0,
  lastSeq: rows.at(-1)?.seq ?? 0,
  count: rows.length,
});
