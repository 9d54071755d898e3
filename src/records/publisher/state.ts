/** The settings of a publisher, and the state that it keeps while it runs. */

import { POINTS } from '../../account/rate-limits.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Step } from '../../lib/steps.ts';
import type { Wait } from '../../lib/wait.ts';
import type { Store } from '../../store/store.ts';
import { type BackOff, createBackOff } from './back-off.ts';
import { type Budget, type BudgetLimits, budgetInWords, createBudget } from './budget.ts';
import { createProgress, type Progress, type Say } from './progress.ts';
import { createQueue, type Queue } from './queue.ts';
import { createStatusKeeper, type StatusKeeper } from './status.ts';
import { createSubmission, type Submission, type SubmissionSettings } from './submission.ts';

/** `submitted`: on its way. `committed`: the PDS has it. `marked`: the store knows. */
type PublisherStep = Extract<Step, `batch.${string}`>;

export type BatchDetail = {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly count: number;
};

export type PublisherSettings = SubmissionSettings & {
  readonly store: Pick<Store, 'commit'>;
  readonly budget: BudgetLimits;
  readonly clock: Clock;
  /** Lets the spool forget a picture that is published. */
  readonly removePicture: (spoolKey: string) => Promise<void>;
  readonly log: { readonly warn: (detail: object, message: string) => void };
  /** Is told what should not have happened. */
  readonly failed: (error: unknown) => void;
  /** Is told now and then how far a long backlog is. */
  readonly progress?: Say;
  readonly observe?: (step: PublisherStep, detail: BatchDetail) => void;
  readonly wait?: Wait;
};

export type State = {
  readonly settings: PublisherSettings;
  readonly submission: Submission;
  readonly budget: Budget;
  readonly status: StatusKeeper;
  readonly backOff: BackOff;
  readonly queue: Queue;
  readonly progress: Progress;
  /** Aborts when the publisher is to stop. */
  readonly ending: AbortController;
  /** Whether something was staged since the queue was last looked at. */
  isAwake: boolean;
  /** Ends the rest that the publisher takes while nothing can be published. */
  endRest: () => void;
  /** Whether the oldest staged records may be in the repository already. */
  isDoubtful: boolean;
};

export function createState(settings: PublisherSettings): State {
  const { store, clock } = settings;
  const { staged, backlog, publishedCounts } = store.read.records;
  const parts = {
    settings,
    budget: createBudget(settings.budget, clock, publishedCounts),
    status: createStatusKeeper(() => backlog().count === 0),
    backOff: createBackOff(),
  };
  return {
    ...parts,
    submission: createSubmission(settings),
    queue: createQueue(staged, clock),
    progress: progressOf(parts),
    ending: new AbortController(),
    isAwake: false,
    endRest: () => undefined,
    isDoubtful: true,
  };
}

function progressOf(parts: Pick<State, 'settings' | 'budget' | 'status' | 'backOff'>): Progress {
  const { settings, budget, status: keeper, backOff } = parts;
  const { backlog, waitingOperations } = settings.store.read.records;
  return createProgress({
    clock: settings.clock,
    backlog,
    pace: () => {
      const waiting = waitingOperations();
      const points =
        waiting.create * POINTS.create +
        waiting.update * POINTS.update +
        waiting.delete * POINTS.delete;
      const status = keeper.status();
      return {
        heldUntil: status.state === 'waiting' ? status.until : 0,
        budgetAt: budget.spentAt(points),
        allowanceAt: settings.repository.pointsAt(points),
      };
    },
    budget: budgetInWords(settings.budget),
    trouble: () => {
      const status = keeper.status();
      const isFailing = status.state === 'waiting' && backOff.failures() > 0;
      return isFailing || status.state === 'stopped' ? status.reason : undefined;
    },
    say: settings.progress ?? (() => undefined),
  });
}
