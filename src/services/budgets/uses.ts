import { type BudgetName, type BudgetUse, useEndsAt, windowsOf } from '../../domain/budgets.ts';
import type { City } from '../../domain/city.ts';
import type { KeptUses, SubjectUses } from '../../store/budgets.ts';
import type { Tx } from '../../store/store.ts';

/** So many texts that somebody repeats are counted; the oldest is forgotten for another one. */
const TEXTS_MAX = 16;

/**
 * What subjects used of their budgets, as it is changed within one transaction. Many messages share
 * one: it is written once, after the last of them.
 */
export class Uses {
  readonly #rows = new Map<string, SubjectUses>();
  /** Copies, since what was read has to stay as it is if this work is undone. */
  readonly #changed = new Map<string, Record<string, BudgetUse>>();

  /** Forgets everything: the work that changed it is undone and done again. */
  clear(): void {
    this.#rows.clear();
    this.#changed.clear();
  }

  /** Takes in what was read of a subject, unless it was changed since. */
  know(subject: string, uses: SubjectUses | null): void {
    if (!this.#rows.has(subject)) this.#rows.set(subject, uses ?? {});
  }

  of({ budgets }: Pick<Tx, 'budgets'>, subject: string): SubjectUses {
    const known = this.#changed.get(subject) ?? this.#rows.get(subject);
    if (known !== undefined) return known;
    const found = budgets.of(subject) ?? {};
    this.#rows.set(subject, found);
    return found;
  }

  /** Keeps what was used of one budget of a subject that was looked up before. */
  put(subject: string, key: string, use: BudgetUse): void {
    // The newest last: the oldest of many goes first.
    if (key.includes(':')) this.remove(subject, key);
    this.#toChange(subject)[key] = use;
  }

  /** Forgets what was used of one budget of a subject that was looked up before. */
  remove(subject: string, key: string): void {
    delete this.#toChange(subject)[key];
  }

  #toChange(subject: string): Record<string, BudgetUse> {
    const changed = this.#changed.get(subject) ?? { ...this.#rows.get(subject) };
    this.#changed.set(subject, changed);
    return changed;
  }

  /** Writes what was changed, without what counts no more at `now` (ms). */
  save({ budgets }: Pick<Tx, 'budgets'>, { policies }: Pick<City, 'policies'>, now: number): void {
    if (this.#changed.size === 0) return;
    const rows = [...this.#changed].map(([subject, changed]): KeptUses => {
      const uses: Record<string, BudgetUse> = {};
      let endsAt = 0;
      let texts = 0;
      for (const [key, use] of Object.entries(changed).reverse()) {
        const end = useEndsAt(windowsOf(budgetOf(key), policies.budgets), use);
        if (end <= now) continue;
        if (key.includes(':') && ++texts > TEXTS_MAX) continue;
        uses[key] = use;
        endsAt = Math.max(endsAt, end);
      }
      return { subject, uses, endsAt };
    });
    for (const [subject, changed] of this.#changed) this.#rows.set(subject, changed);
    this.#changed.clear();
    budgets.putAll(rows);
  }
}

/** The budget of a key: `repeats:9f…` is of `repeats`. */
const budgetOf = (key: string): BudgetName => key.split(':', 1)[0] as BudgetName;
