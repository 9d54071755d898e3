import { daySpan } from '../../domain/calendar.ts';
import { ok, type RefusalOf, type Result } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import { actFor } from '../roles.ts';

/** One that was honored today and still stands; nothing of whose it was. */
type Honored = {
  readonly title: string;
  readonly credits: number;
  /** In ms. */
  readonly at: number;
};

type Today = {
  readonly count: number;
  readonly credits: number;
  /** By offer, the one with the most credits first. */
  readonly offers: readonly {
    readonly title: string;
    readonly count: number;
    readonly credits: number;
  }[];
  /** Each by itself, oldest first. */
  readonly all: readonly Honored[];
};

/**
 * What a redeemer honored today, by the city's calendar, without what was undone. Source: domain.md,
 * Offers and redemption.
 */
export function seeToday(
  context: Context,
  personId: number,
): Result<Today, RefusalOf<typeof actFor>> {
  const { tx, now, city } = context;
  const acting = actFor(context, personId, { kind: 'redeemer', right: 'codes' });
  if (!acting.ok) return acting;
  const { from, until } = daySpan(now, city.timeZone);
  const all = tx.redemptions
    .honoredIn(acting.value.id, from, until)
    .filter(({ state }) => state === 'honored');
  const offers = [...Map.groupBy(all, ({ offerId }) => offerId).values()].map((same) => ({
    title: same[0]?.title ?? '',
    count: same.length,
    credits: sumOf(same),
  }));
  return ok({
    count: all.length,
    credits: sumOf(all),
    offers: offers.toSorted((one, other) => other.credits - one.credits),
    all: all.map(({ title, credits, resolvedAt }) => ({ title, credits, at: resolvedAt ?? 0 })),
  });
}

const sumOf = (all: readonly { readonly credits: number }[]): number =>
  all.reduce((sum, { credits }) => sum + credits, 0);
