/** Offers, and redemptions: each rests on one burn, and each burn has one. */
import { NOWHERE } from '../repository.ts';
import { type Authority, createNamed, UNNAMED } from './authority.ts';
import { type Context, checkCreditKind, keysOf, type Looked, timeOf, uriAt } from './context.ts';
import { follow } from './follow.ts';
import type { Ledger, Offers } from './ledger.ts';
import { lookAt } from './look.ts';
import { checkHistory, historyOf, type OfferHistory } from './offer-history.ts';

export function lookAtOffers(context: Context, authority: Authority): Offers {
  const keys = keysOf(context, 'offer');
  const redeemer = new Array<number>(keys.rkeys.length).fill(NOWHERE);
  const credits = new Array<number>(keys.rkeys.length).fill(0);
  const creditKind = new Array<string | undefined>(keys.rkeys.length).fill(undefined);
  const histories = new Map<number, OfferHistory>();
  const isUnnamed = createNamed();
  lookAt(context, 'offer', (offer) => {
    const { value, at, uri, fail } = offer;
    if (isUnnamed(value.by)) fail('act-unauthorized', UNNAMED);
    if (value.creditKind !== undefined) checkCreditKind(value.creditKind, fail);
    const time = timeOf(value);
    redeemer[at] = follow(context, value.redeemer, { kind: 'partner', from: uri, time });
    const createdAt = Date.parse(value.createdAt);
    const partner = redeemer[at] ?? NOWHERE;
    authority.check({ partner, by: value.by, time: createdAt, right: 'offers', fail });
    credits[at] = value.credits;
    creditKind[at] = value.creditKind;
    if (value.history === undefined || value.history.length === 0) return;
    histories.set(at, historyOf(value.history));
    checkHistory(offer, { partner, authority });
  });
  return {
    redeemer,
    check: (offer, { value, uri, fail }, failTimed) => {
      const history = histories.get(offer);
      if (history !== undefined) {
        const time = timeOf(value);
        if (!history.isOpen(time))
          failTimed('hold-offer', 'It holds for an offer that was not open.');
        if (history.costs(time, value.amount)) return;
        const cost = history.priceAt(time)?.credits;
        failTimed('hold-offer', `It holds ${value.amount} for an offer that cost ${cost} then.`);
        return;
      }
      const kind = creditKind[offer] ?? value.creditKind;
      if (credits[offer] === value.amount && kind === value.creditKind) return;
      const sentence = `It holds ${value.amount} for an offer that costs ${credits[offer]}`;
      if (value.reference?.cid === context.repository.cid(keys, offer)) {
        fail('hold-offer', `${sentence}.`);
        return;
      }
      // An offer that was replaced may have cost something else when the credits were held.
      context.note('price-unknown', uri, `${sentence} now: what it cost then is not there.`);
    },
  };
}

/** How often each redeemer (by place) honored something. */
export function lookAtRedemptions(
  context: Context,
  ledger: Ledger,
  authority: Authority,
): ReadonlyMap<number, number> {
  const honored = new Map<number, number>();
  const isRedeemed = new Uint8Array(ledger.isBurn.length);
  const isUnnamed = createNamed();
  lookAt(context, 'redemption', ({ value, uri, fail }) => {
    const time = timeOf(value);
    const offer = follow(context, value.offer, { kind: 'offer', from: uri, time });
    const redeemer = follow(context, value.redeemer, { kind: 'partner', from: uri, time });
    const burn = follow(context, value.burn, { kind: 'transfer', from: uri, time });
    if (redeemer !== NOWHERE) honored.set(redeemer, (honored.get(redeemer) ?? 0) + 1);
    const about = burn === NOWHERE ? undefined : holderOf(ledger, burn);
    authority.check({ partner: redeemer, by: value.by, about, time, right: 'codes', fail });
    // A city that lost its disk finishes its last redemption, and may not know whose it was.
    if (isUnnamed(value.by)) context.note('act-unnamed', uri, UNNAMED);
    if (burn === NOWHERE) return;
    if (ledger.isBurn[burn] !== 1) {
      fail('burn-missing', `${value.burn.uri} burns nothing.`);
      return;
    }
    if (isRedeemed[burn] === 1) fail('burn-twice', `${value.burn.uri} was redeemed before.`);
    isRedeemed[burn] = 1;
    ledger.undos.checkRedemption(burn, { partner: redeemer, by: value.by, about, authority });
    checkLate(ledger.burnedAfter[burn] as number, value.late === true, fail);
    const apart = Math.abs(time - (ledger.happenedAt[burn] as number));
    if (apart > APART_MS_MAX) {
      const sentence = `${value.burn.uri} burned at another time.`;
      if (ledger.isFollowing[burn] === 1) context.note('time-unsure', uri, sentence);
      else fail('redemption-differs', sentence);
    }
    const [offerOfBurn, redeemerOfBurn] = [ledger.burnOffer[burn], ledger.burnRedeemer[burn]];
    const isOffer = offer === NOWHERE || offerOfBurn === NOWHERE || offer === offerOfBurn;
    const isRedeemer =
      redeemer === NOWHERE || redeemerOfBurn === NOWHERE || redeemer === redeemerOfBurn;
    if (!isOffer) fail('redemption-differs', `${value.burn.uri} was held for another offer.`);
    if (!isRedeemer) fail('redemption-differs', `${value.burn.uri} went to another redeemer.`);
  });
  for (const [at, burns] of ledger.isBurn.entries()) {
    if (burns === 0 || isRedeemed[at] === 1) continue;
    context.findings.add(
      'burn-unredeemed',
      uriAt(context, 'transfer', at),
      'It burns credits, and there is no redemption for it. If the city is publishing just now, ask again in a minute.',
    );
  }
  ledger.undos.finish();
  return honored;
}

/** Credits are burned with the redemption, whatever a server's clock says. */
const APART_MS_MAX = 600_000;

/** The participant whose credits were burned. */
const holderOf = ({ book, debits }: Ledger, burn: number): string | undefined =>
  book.accounts[debits[burn] as number]?.name.slice('person:'.length);

const LATE_MS_MAX = 86_400_000;

/**
 * What is honored after the end of its hold says so, and comes within a day. What says so too often
 * does no harm: a city whose clock was set back knows more of its time than its ledger tells.
 */
function checkLate(afterMs: number, isLate: boolean, fail: Looked<'redemption'>['fail']): void {
  if (afterMs >= 0 && !isLate) fail('redemption-late', 'It came after its hold had ended.');
  if (afterMs > LATE_MS_MAX) {
    fail('redemption-late', 'It came more than a day after its hold had ended.');
  }
}
