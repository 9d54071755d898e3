/** The city, its partners, and its epochs with the most that may be issued in each. */
import { nsidOf } from '../kinds.ts';
import type { Report } from '../report.ts';
import { NOWHERE, uriOf } from '../repository.ts';
import { type Delegation, delegationsIn, type Standing } from './authority.ts';
import { type Context, checkCreditKind, keysOf, timeOf } from './context.ts';
import { follow } from './follow.ts';
import { lookAt } from './look.ts';

export type Partner = {
  readonly name: string;
  readonly kind: string;
  readonly rkey: string;
  readonly status: string;
  /** When that was decided (ms). */
  readonly since: number;
  /** Who acts for it or did, and where it stood, oldest first; empty in the records of older versions. */
  readonly delegations: readonly Delegation[];
  readonly history: readonly Standing[];
};

export type Epoch = {
  readonly uri: string;
  readonly name: string;
  /** Half-open, in ms. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly rejectionEarns: boolean;
  /** By `capKey`. */
  readonly caps: ReadonlyMap<string, number>;
  /** Where each of them comes from. */
  readonly sources: readonly CapSource[];
};

/** What a record says about one of its caps. */
export type CapSource = {
  readonly key: string;
  readonly isCity: boolean;
  readonly amount: number;
  readonly carriedFrom: string | undefined;
  /** In ms. */
  readonly decidedAt: number | undefined;
  readonly by: string | undefined;
};

const CITY_RKEY = 'self';
const WHOLE_CITY = NOWHERE;

/** The cap of an issuer (by its place among the partners), or of the whole city without one. */
export const capKey = (creditKind: string, issuer = WHOLE_CITY): string =>
  `${issuer} ${creditKind}`;

/** The city itself, null when no record tells of one, and its admins. */
export function lookAtCity(context: Context) {
  let city: Report['city'] = null;
  let admins: readonly Delegation[] = [];
  lookAt(context, 'city', ({ value }) => {
    city = { name: value.name, operator: value.operator?.name ?? null };
    admins = delegationsIn(value.admins);
  });
  if (keysOf(context, 'city').rkeys.length === 0) {
    const uri = uriOf(context.repository.did, nsidOf('city'), CITY_RKEY);
    context.findings.add('city-missing', uri, 'There are records of a city, and not the city.');
  }
  return { city, admins };
}

/** The partners by their places; those that are not valid are missing. */
export function lookAtPartners(context: Context): ReadonlyMap<number, Partner> {
  const partners = new Map<number, Partner>();
  lookAt(context, 'partner', ({ value, at, rkey }) => {
    const { name, kind, status } = value;
    const history = (value.history ?? []).map(({ status, decidedAt, by, reason = '' }) => ({
      status,
      at: Date.parse(decidedAt),
      by,
      reason,
    }));
    const delegations = delegationsIn(value.delegations);
    const since = timeOf(value);
    partners.set(at, { name, kind, rkey, status, since, delegations, history });
  });
  return partners;
}

/** The epochs, earliest first. */
export function lookAtEpochs(context: Context): readonly Epoch[] {
  const epochs: Epoch[] = [];
  lookAt(context, 'epoch', ({ value, rkey, uri, fail }) => {
    if (rkey !== value.name) fail('epoch-invalid', 'Its key is not its name.');
    const caps = new Map<string, number>();
    const sources: CapSource[] = [];
    for (const { issuer, creditKind, amount, carriedFrom, decidedAt, by } of value.caps) {
      const at =
        issuer === undefined
          ? WHOLE_CITY
          : follow(context, issuer, { kind: 'partner', from: uri, time: timeOf(value) });
      if (issuer !== undefined && at === NOWHERE) continue;
      checkCreditKind(creditKind, fail);
      const key = capKey(creditKind, at);
      if (caps.has(key)) fail('epoch-invalid', 'It has two caps for one issuer.');
      caps.set(key, Math.min(amount, caps.get(key) ?? amount));
      sources.push({
        ...{ key, isCity: issuer === undefined, amount, carriedFrom, by },
        decidedAt: decidedAt === undefined ? undefined : Date.parse(decidedAt),
      });
    }
    const startsAt = Date.parse(value.startsAt);
    const endsAt = Date.parse(value.endsAt);
    if (!(startsAt < endsAt)) fail('epoch-invalid', 'It ends before it begins.');
    const rejectionEarns = value.rejectionPolicy === 'credit';
    epochs.push({ uri, name: value.name, startsAt, endsAt, rejectionEarns, caps, sources });
  });
  epochs.sort((one, other) => one.startsAt - other.startsAt);
  for (const [at, epoch] of epochs.entries()) {
    const before = epochs[at - 1];
    if (before === undefined || before.endsAt <= epoch.startsAt) continue;
    context.findings.add('epoch-invalid', epoch.uri, `It overlaps with ${before.uri}.`);
  }
  return epochs;
}

/** The place in `epochs` of the one at a time (ms), or `NOWHERE`. */
export function epochAt(epochs: readonly Epoch[], time: number): number {
  let low = 0;
  let high = epochs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const epoch = epochs[middle] as Epoch;
    if (time < epoch.startsAt) high = middle - 1;
    else if (time >= epoch.endsAt) low = middle + 1;
    else return middle;
  }
  return NOWHERE;
}
