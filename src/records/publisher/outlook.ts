/** Where a publisher gets its progress from: what waits, what it may spend, what is in its way. */

import { POINTS } from '../../account/rate-limits.ts';
import type { Repository } from '../../account/repository.ts';
import type { Clock } from '../../lib/clock.ts';
import type { RecordRow } from '../../store/records.ts';
import type { Patience } from './back-off.ts';
import { type Budget, type BudgetLimits, budgetInWords } from './budget.ts';
import { createProgress, type Progress, type Say } from './progress.ts';
import type { Standing } from './status.ts';

export type OutlookReads = {
  readonly backlog: () => { readonly count: number; readonly oldest: number | null };
  readonly waitingOperations: () => Readonly<Record<RecordRow['operation'], number>>;
};

export function createOutlook(parts: {
  readonly reads: OutlookReads;
  readonly clock: Clock;
  readonly limits: BudgetLimits;
  readonly budget: Budget;
  readonly repository: Pick<Repository, 'pointsAt'>;
  readonly standing: Standing;
  readonly patience: Patience;
  readonly say: Say | undefined;
}): Progress {
  const { reads, clock, budget, repository, standing, patience } = parts;
  return createProgress({
    clock,
    backlog: reads.backlog,
    pace: () => {
      const waiting = reads.waitingOperations();
      const points =
        waiting.create * POINTS.create +
        waiting.update * POINTS.update +
        waiting.delete * POINTS.delete;
      const status = standing.status();
      return {
        heldUntil: status.state === 'waiting' ? status.until : 0,
        budgetAt: budget.spentAt(points),
        allowanceAt: repository.pointsAt(points),
      };
    },
    budget: budgetInWords(parts.limits),
    trouble: () => {
      const status = standing.status();
      const isFailing = status.state === 'waiting' && patience.failures() > 0;
      return isFailing || status.state === 'stopped' ? status.reason : undefined;
    },
    say: parts.say ?? (() => undefined),
  });
}
