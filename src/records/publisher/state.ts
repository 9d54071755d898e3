/** The settings of a publisher, and the state that it keeps while it runs. */

import { POINTS } from '../../account/rate-limits.ts';
import type { Loop } from '../../lib/loop.ts';
import type { Step } from '../../lib/steps.ts';
import type { Wait } from '../../lib/wait.ts';
import { type BackOff, createBackOff } from './back-off.ts';
import { type Budget, type BudgetLimits, budgetInWords, createBudget } from './budget.ts';
import { createPictureKeeper, type PictureSettings } from './pictures.ts';
import { createProgress, type Progress, type Say } from './progress.ts';
import { createQueue, type Queue } from './queue.ts';
import { createStatusKeeper, type StatusKeeper } from './status.ts';
import { createSubmission, type Submission } from './submission.ts';

/** `submitted`: on its way. `committed`: the PDS has it. `marked`: the store knows. */
type PublisherStep = Extract<Step, `batch.${string}`>;

export type BatchDetail = {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly count: number;
};

export type PublisherSettings = PictureSettings & {
  readonly budget: BudgetLimits;
  /** From 0 to below 1: which record of a batch is read back. */
  readonly chance?: () => number;
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
  /** Fetches pictures back from the PDS before the spool lets go of them. */
  readonly pictures: Loop;
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
  const ending = new AbortController();
  return {
    ...parts,
    pictures: createPictureKeeper(settings, ending.signal),
    submission: createSubmission(settings),
    queue: createQueue(staged, clock),
    progress: progressOf(parts),
    ending,
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
