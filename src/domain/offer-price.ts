/** How a price may move (domain.md, Offers and redemption). */
import { DAY_MS } from '../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { isCount } from './count.ts';
import { OFFER_CREDITS_MAX } from './redemption.ts';

const STEP_SHARE_MAX = 0.25;
/** A price that goes up does so after so long. */
export const PRICE_NOTICE_MS = 30 * DAY_MS;

/** What an offer costs, and what it will cost from a time on (ms); null for no change to come. */
export type Price = {
  readonly credits: number;
  readonly nextCredits: number | null;
  readonly nextCreditsAt: number | null;
};

/** The price as it is at a time (ms): one that was to come is the price from its time on. */
export const priceAt = ({ credits, nextCredits, nextCreditsAt }: Price, at: number): Price =>
  nextCredits === null || nextCreditsAt === null || nextCreditsAt > at
    ? { credits, nextCredits, nextCreditsAt }
    : { credits: nextCredits, nextCredits: null, nextCreditsAt: null };

/** The lowest and the highest price of one step: a quarter, and always one credit. */
const priceStep = (credits: number): { readonly min: number; readonly max: number } => ({
  min: Math.max(1, Math.min(credits - 1, Math.ceil(credits * (1 - STEP_SHARE_MAX)))),
  max: Math.max(credits + 1, Math.floor(credits * (1 + STEP_SHARE_MAX))),
});

/**
 * May a price become another? Answers the price from then on: down at once, up with 30 days' notice.
 * What was to come is given up; the price of today said again gives up nothing else. `price-step`: at
 * most a quarter a step, or one credit where that is less.
 */
export function decidePrice(
  price: Price,
  to: number,
  now: number,
): Result<Price, Refusal<'credits-invalid' | 'price-step'>> {
  const { credits, nextCredits } = price;
  if (!isCount(to, OFFER_CREDITS_MAX)) {
    return refuse('credits-invalid', { max: OFFER_CREDITS_MAX });
  }
  if (to === nextCredits) return ok(price);
  const { min, max } = priceStep(credits);
  if (to < min || to > max) return refuse('price-step', { min, max, credits });
  return to > credits
    ? ok({ credits, nextCredits: to, nextCreditsAt: now + PRICE_NOTICE_MS })
    : ok({ credits: to, nextCredits: null, nextCreditsAt: null });
}
