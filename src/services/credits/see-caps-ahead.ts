import { type Epoch, epochAfter } from '../../domain/calendar.ts';
import { CAPS_TOLD_MS, projectIssued } from '../../domain/caps.ts';
import { CITY_SCOPE } from '../../store/caps.ts';
import { cityBeganAt } from '../city/city-began-at.ts';
import type { Context } from '../context.ts';
import { epochNow } from './see-caps.ts';

export type CapsAhead = {
  /** The epoch that is to come. */
  readonly next: Epoch;
  readonly city: { readonly amount: number; readonly issued: number };
  /** Those that may issue something, now or then, or did: who used most first. */
  readonly issuers: readonly {
    readonly name: string;
    readonly amount: number;
    readonly issued: number;
    /** Its cap in the next epoch. */
    readonly nextAmount: number;
    /** What the issuer needs for a whole epoch if it goes on like this; undefined while unknown. */
    readonly projected: number | undefined;
  }[];
};

const TOLD = 'caps-told';

/**
 * What was used of the caps, in the last 14 days of an epoch, to be told to the admins: once, for it
 * is not there a second time. Undefined otherwise, and where no issuer has a cap.
 * Source: domain.md, Epochs and caps.
 */
export function takeCapsAhead(context: Context): CapsAhead | undefined {
  const { tx } = context;
  const epoch = epochNow(context);
  if (context.now < epoch.endsAt - CAPS_TOLD_MS || context.now >= epoch.endsAt) return undefined;
  if (tx.cursors.get(TOLD) === epoch.name) return undefined;
  tx.cursors.put(TOLD, epoch.name);
  const ahead = seeCapsAhead(context, epoch);
  return ahead.issuers.length === 0 ? undefined : ahead;
}

function seeCapsAhead(context: Context, epoch: Epoch): CapsAhead {
  const { tx, now, city } = context;
  const next = epochAfter(epoch, city.timeZone);
  const { amount = city.policies.cityCap, issued = 0 } = tx.caps.get(CITY_SCOPE, epoch.name) ?? {};
  const beganAt = cityBeganAt(context);
  const known = tx.caps.ofIssuers(epoch.name);
  const scopes = new Set(known.map(({ cap }) => cap.scope));
  const onlyNext = tx.caps
    .ofIssuers(next.name)
    .filter(({ cap }) => !scopes.has(cap.scope))
    .map(({ cap, issuer }) => ({ cap: { ...cap, amount: 0 }, issuer }));
  const issuers = [...known, ...onlyNext]
    .map(({ cap, issuer }) => {
      const since = Math.max(beganAt, issuer.createdAt);
      const projected = projectIssued({ issued: cap.issued, epoch, since, now });
      return {
        ...{ name: issuer.name, amount: cap.amount, issued: cap.issued },
        nextAmount: tx.caps.get(cap.scope, next.name)?.amount ?? cap.amount,
        // No cap is above the city's.
        projected: projected === undefined ? undefined : Math.min(projected, amount),
      };
    })
    .filter((one) => one.amount > 0 || one.issued > 0 || one.nextAmount > 0)
    .sort((one, other) => other.issued - one.issued);
  return { next, city: { amount, issued }, issuers };
}
