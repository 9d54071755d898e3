import type { Identity } from '../../store/identities.ts';
import type { Redemption } from '../../store/redemptions.ts';
import type { Context } from '../context.ts';
import { requireOpenBooks } from './books-open.ts';
import { endHold } from './end-hold.ts';
import { codeOf, type LiveCode } from './live-code.ts';

/** What becomes of a code that did not reach its holder. */
export type Rescue =
  | { readonly kind: 'sent-elsewhere'; readonly identityId: number; readonly code: LiveCode }
  | {
      readonly kind: 'taken-back';
      readonly personId: number;
      readonly credits: number;
      readonly title: string;
    };

/**
 * Finds codes that did not reach their holders, or are long on their way: each goes to another
 * address of the holder, on one of these channels. Where there is none left, the hold is released,
 * once no channel tries any more. So no credits stay held for a code that nobody knows.
 */
export function rescueCodes(
  context: Context,
  channels: readonly string[],
  limit: number,
): readonly Rescue[] {
  const { tx, now } = context;
  const isOpen = requireOpenBooks(context).ok;
  return tx.redemptions.unheard(now, limit).flatMap((found): Rescue[] => {
    const { redemption, offer, redeemer } = found;
    const ways = tx.redemptions.waysTried(redemption.id);
    const tried = new Set(ways.map(({ identityId }) => identityId));
    const next = tx.identities
      .of(redemption.personId)
      .find((one) => isWay(one, channels) && !tried.has(one.id));
    if (next !== undefined) {
      tx.outbox.dropCode(redemption.id);
      const { title } = offer;
      const { credits, expiresAt } = redemption;
      const code = codeOf(context, redemption);
      const live = { redemption: redemption.id, code, title, credits, redeemer, expiresAt };
      return [{ kind: 'sent-elsewhere', identityId: next.id, code: live }];
    }
    if (ways.some(({ notBefore }) => isTried(redemption, notBefore))) return [];
    // Its credits stay held until the books agree: it is found again then.
    if (!isOpen) return [];
    tx.outbox.dropCode(redemption.id);
    endHold(context, found, 'released');
    const { personId, credits } = redemption;
    return [{ kind: 'taken-back', personId, credits, title: offer.title }];
  });
}

const isWay = (
  { channel, stoppedAt, unreachableAt }: Identity,
  channels: readonly string[],
): boolean => channels.includes(channel) && stoppedAt === null && unreachableAt === null;

/** `notBefore` (ms) is when it is tried again; null for a way that was given up. */
const isTried = ({ expiresAt }: Redemption, notBefore: number | null): boolean =>
  notBefore !== null && notBefore < expiresAt;
