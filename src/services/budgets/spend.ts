import {
  addUse,
  BUDGETS,
  type BudgetName,
  type BudgetUse,
  decide,
  usedOf,
  windowsOf,
} from '../../domain/budgets.ts';
import type { Context } from '../context.ts';

/** Whose budget is asked: the id of a person or an issuer, or the name of a channel. */
type Subject = number | string;

type Ask = {
  /** When it is used (ms); the context's time where it is left out. */
  readonly at?: number;
  readonly count?: number;
  /** One of many budgets of the same name, such as that of one text. */
  readonly of?: string;
};

export type Spent =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly budget: BudgetName;
      /** Nobody was told of it in this window. */
      readonly isFirst: boolean;
      /** When there is room again (ms). */
      readonly until: number;
    };

const OK: Spent = { ok: true };

/** Uses so much of a budget, if there is room for all of it. A refusal counts as told. */
export function spend(
  context: Context,
  budget: BudgetName,
  subject: Subject,
  ask: Ask = {},
): Spent {
  return asked(context, budget, subject, { ...ask, isUsed: true });
}

/** As `spend`, but uses nothing: is there room for one? */
export const hasRoom = (
  context: Context,
  budget: BudgetName,
  subject: Subject,
  at?: number,
): Spent => asked(context, budget, subject, { ...(at !== undefined && { at }), isUsed: false });

/** Uses so much of a budget, whether there is room or not. */
export function take(context: Context, budget: BudgetName, subject: Subject, count: number): void {
  if (count === 0) return;
  const windows = windowsOf(budget, context.city.policies.budgets);
  change(context, { budget, subject }, (use) => addUse(windows, use, { at: context.now, count }));
}

/** How much of a budget is used now. */
export function used(
  { uses, tx, city, now }: Context,
  budget: BudgetName,
  subject: Subject,
  of?: string,
): number {
  const all = uses.of(tx, `${BUDGETS[budget].of}:${subject}`);
  return usedOf(windowsOf(budget, city.policies.budgets), all[keyOf(budget, of)], now);
}

/** Forgets what was used of a budget, and of all of the same name. */
export function giveBack(
  { uses, tx, city, now, isBatch }: Context,
  budget: BudgetName,
  subject: Subject,
): void {
  const whose = `${BUDGETS[budget].of}:${subject}`;
  const given = Object.keys(uses.of(tx, whose)).filter(
    (key) => key === budget || key.startsWith(keyOf(budget, '')),
  );
  if (given.length === 0) return;
  for (const key of given) uses.remove(whose, key);
  if (!isBatch) uses.save(tx, city, now);
}

const keyOf = (budget: BudgetName, of: string | undefined): string =>
  of === undefined ? budget : `${budget}:${of}`;

function asked(
  context: Context,
  budget: BudgetName,
  subject: Subject,
  { at = context.now, count = 1, of, isUsed }: Ask & { readonly isUsed: boolean },
): Spent {
  const windows = windowsOf(budget, context.city.policies.budgets);
  const key = keyOf(budget, of);
  let spent = OK;
  change(context, { budget, subject, key }, (use) => {
    const decided = decide(windows, use, { at, count });
    if (decided.ok) return isUsed ? decided.use : use;
    spent = { ok: false, budget, isFirst: decided.isFirst, until: decided.until };
    return decided.isFirst ? decided.use : use;
  });
  if (!spent.ok) context.refused.push({ budget, isFirst: spent.isFirst, count: 1 });
  return spent;
}

/** Changes what is kept of one budget; nothing is written for what stays the same. */
function change(
  { uses, tx, city, now, isBatch }: Context,
  { budget, subject, key = budget }: { budget: BudgetName; subject: Subject; key?: string },
  next: (use: BudgetUse | undefined) => BudgetUse | undefined,
): void {
  const whose = `${BUDGETS[budget].of}:${subject}`;
  const all = uses.of(tx, whose);
  const before = all[key];
  const after = next(before);
  if (after === before || after === undefined) return;
  uses.put(whose, key, after);
  if (!isBatch) uses.save(tx, city, now);
}
