/**
 * Writes staged records to the city's repository: in their order, in batches, each one once,
 * whatever the network, the PDS or this process do in between.
 */
import type { Clock } from '../lib/clock.ts';
import type { Step } from '../lib/steps.ts';
import { systemWait, type Wait } from '../lib/wait.ts';
import type { PictureRow } from '../store/pictures.ts';
import type { RecordRow } from '../store/records.ts';
import type { Answer } from './answer.ts';
import { type Batch, composeBatch, OPERATIONS_MAX, RECORDS_BYTES_MAX } from './batch.ts';
import { type BudgetLimits, createBudget, POINTS, type PublishedCounts } from './budget.ts';
import { countPublished } from './presence.ts';
import type { Repository } from './repository.ts';
import { createSubmission, type SubmissionSettings } from './submission.ts';

/** What publishing needs of the store. */
type PublisherStore = {
  readonly read: {
    readonly records: {
      readonly stagedRecords: (after: number, limit: number, bytesMax: number) => RecordRow[];
      readonly recordsBacklog: () => { readonly count: number };
      readonly publishedCounts: PublishedCounts;
    };
    readonly pictures: { readonly picturesToPublish: (cid: string) => PictureRow[] };
  };
  readonly commit: <T>(work: (tx: PublisherTx) => T) => Promise<T>;
};

type PublisherTx = {
  readonly records: { readonly recordsPublished: (seqs: readonly number[], at: number) => void };
  readonly pictures: { readonly picturesPublished: (ids: readonly number[]) => void };
};

/** `submitted`: on its way. `committed`: the PDS has it. `marked`: the store knows. */
type PublisherStep = Extract<Step, `batch.${string}`>;

export type BatchDetail = {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly count: number;
};

export type PublisherStatus =
  /** Everything that was staged is published. */
  | { readonly state: 'idle' }
  | { readonly state: 'publishing' }
  /** Goes on by itself at `until` (ms). */
  | { readonly state: 'waiting'; readonly reason: string; readonly until: number }
  /** Needs a person, unless it was asked to stop. */
  | { readonly state: 'stopped'; readonly reason: string };

export type PublisherSettings = Pick<SubmissionSettings, 'readPicture'> & {
  readonly store: PublisherStore;
  readonly repository: Repository;
  readonly budget: BudgetLimits;
  readonly clock: Clock;
  /** Lets the spool forget a picture that is published. */
  readonly removePicture: (spoolKey: string) => Promise<void>;
  readonly log: { readonly warn: (detail: object, message: string) => void };
  readonly observe?: (step: PublisherStep, detail: BatchDetail) => void;
  readonly wait?: Wait;
};

export type Publisher = {
  /** Something was staged. */
  readonly wake: () => void;
  /** Publishes until `signal` aborts; a batch under way is finished first. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly status: () => PublisherStatus;
  /** Resolves when everything that is staged is published; rejects when publishing stops. */
  readonly idle: () => Promise<void>;
};

const RETRY_FIRST_MS = 250;
const RETRY_MS_MAX = 60_000;
/** Refusals that the next try does not get again. */
const PASSING = ['InvalidSwap', 'BlobNotFound'];

export function createPublisher(settings: PublisherSettings): Publisher {
  const { store, repository, clock, log, observe, wait = systemWait } = settings;
  const { stagedRecords, recordsBacklog, publishedCounts } = store.read.records;
  const { picturesToPublish } = store.read.pictures;
  const { readPicture, removePicture } = settings;
  const submit = createSubmission({ repository, picturesToPublish, readPicture });
  const budget = createBudget(settings.budget, clock, publishedCounts);
  const waiters = new Set<{ resolve: () => void; reject: (error: Error) => void }>();
  let status: PublisherStatus = { state: 'idle' };
  let awake = false;
  let rouse = (): void => undefined;
  /** Whether the oldest staged records may be in the repository already. */
  let doubtful = true;
  let failures = 0;

  /** Sleeps until `wake` or the end, and tells those who wait for it. */
  async function rest(signal: AbortSignal): Promise<void> {
    status = { state: 'idle' };
    for (const waiter of waiters) waiter.resolve();
    waiters.clear();
    if (awake || signal.aborted) return;
    await new Promise<void>((resolve) => {
      rouse = resolve;
      signal.addEventListener('abort', rouse);
    });
    signal.removeEventListener('abort', rouse);
  }

  async function pause(reason: string, until: number, signal: AbortSignal): Promise<void> {
    status = { state: 'waiting', reason, until };
    await wait(Math.max(0, until - clock.now()), signal);
  }

  function stop(reason: string): void {
    status = { state: 'stopped', reason };
    for (const waiter of waiters) waiter.reject(new Error(`Publishing stopped. ${reason}`));
    waiters.clear();
  }

  /** The PDS has these: remember it, then let go of their pictures. */
  async function mark(batch: Batch): Promise<void> {
    observe?.('batch.committed', detailOf(batch));
    const pictures = batch.pictures.flatMap((cid) => picturesToPublish(cid));
    await store.commit((tx) => {
      tx.records.recordsPublished(
        batch.rows.map(({ seq }) => seq),
        clock.now(),
      );
      if (pictures.length > 0) tx.pictures.picturesPublished(pictures.map(({ id }) => id));
    });
    failures = 0;
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

  async function publish(batch: Batch): Promise<Answer<unknown>> {
    budget.spend(batch.points);
    const answer = await submit(batch, () => observe?.('batch.submitted', detailOf(batch)));
    if (answer.kind === 'ok') await mark(batch);
    return answer;
  }

  /** What to do about an answer, other than going on. */
  async function heed(answer: Answer<unknown>, signal: AbortSignal): Promise<void> {
    if (answer.kind === 'ok') return;
    if (answer.kind === 'limited') {
      await pause('The PDS takes no more requests for now.', answer.until, signal);
      return;
    }
    if (answer.kind === 'refused' && !PASSING.includes(answer.code)) {
      stop(`${answer.code}: ${answer.message}`);
      return;
    }
    doubtful ||= answer.kind === 'uncertain';
    const delayMs = Math.min(RETRY_MS_MAX, RETRY_FIRST_MS * 2 ** failures);
    failures += 1;
    log.warn({ reason: answer.message, failures }, 'Publishing failed and is tried again.');
    await pause(`The last try failed: ${answer.message}`, clock.now() + delayMs, signal);
  }

  async function step(signal: AbortSignal): Promise<void> {
    awake = false;
    const rows = stagedRecords(0, OPERATIONS_MAX, RECORDS_BYTES_MAX);
    const [first] = rows;
    if (first === undefined) {
      await rest(signal);
      return;
    }
    if (doubtful) {
      status = { state: 'publishing' };
      await heed(await findOut(rows), signal);
      return;
    }
    const batch = composeBatch(rows, budget.available());
    if (batch === undefined) {
      const until = budget.availableAt(POINTS[first.operation]);
      await pause('The write budget is used up.', until, signal);
      return;
    }
    status = { state: 'publishing' };
    await heed(await publish(batch), signal);
  }

  return {
    wake: () => {
      awake = true;
      rouse();
    },
    run: async (signal) => {
      status = { state: 'idle' };
      doubtful = true;
      try {
        while (!signal.aborted && !isStopped(status)) await step(signal);
      } catch (error) {
        stop('The program failed.');
        throw error;
      }
      if (!isStopped(status)) stop('It was asked to stop.');
    },
    status: () => status,
    idle: () => {
      if (isStopped(status)) return Promise.reject(new Error(status.reason));
      if (recordsBacklog().count === 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        waiters.add({ resolve, reject });
      });
    },
  };
}

const isStopped = (
  status: PublisherStatus,
): status is Extract<PublisherStatus, { state: 'stopped' }> => status.state === 'stopped';

const detailOf = ({ rows }: Batch): BatchDetail => ({
  firstSeq: rows[0]?.seq ?? 0,
  lastSeq: rows.at(-1)?.seq ?? 0,
  count: rows.length,
});
