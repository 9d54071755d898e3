import type { Context } from '../context.ts';
import { codeOf, type LiveCode } from './live-code.ts';

/** A person's codes that can still be honored, oldest first. */
export const seeCodes = (context: Context, personId: number): LiveCode[] =>
  context.tx.redemptions
    .live(personId)
    .filter(({ redemption }) => redemption.expiresAt > context.now)
    .map(({ redemption, offer, redeemer }) => ({
      redemption: redemption.id,
      code: codeOf(context, redemption),
      title: offer.title,
      credits: redemption.credits,
      redeemer,
      expiresAt: redemption.expiresAt,
    }));
