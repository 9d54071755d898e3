/**
 * How caps come to be: those of an epoch are those of the one before, but for what an admin decided
 * for it, and for the city's own, which is in the settings of whoever runs it.
 */
import type { Authority } from './authority.ts';
import type { CapSource, Epoch } from './city.ts';
import type { Context } from './context.ts';

export function checkCaps(
  { findings }: Context,
  epochs: readonly Epoch[],
  authority: Pick<Authority, 'wasAdmin'>,
): void {
  /** Whether an earlier epoch says where its caps come from; those of older versions do not. */
  let isTold = false;
  for (const [at, epoch] of epochs.entries()) {
    const before = epochs[at - 1];
    const fail = (sentence: string) => findings.add('cap-unfounded', epoch.uri, sentence);
    for (const source of epoch.sources) {
      const fault = faultOf(source, { epoch, before, isTold, authority });
      if (fault !== undefined) fail(fault);
    }
    const isCarried = epoch.sources.some(({ carriedFrom }) => carriedFrom !== undefined);
    const isWhole = isTold || isCarried;
    isTold ||= epoch.sources.some(isSaid);
    if (!isWhole) continue;
    for (const key of before?.caps.keys() ?? []) {
      if (!epoch.caps.has(key)) fail(`It leaves out a cap of ${before?.name}.`);
    }
  }
}

const isSaid = ({ carriedFrom, decidedAt }: CapSource): boolean =>
  carriedFrom !== undefined || decidedAt !== undefined;

/** What is wrong with where a cap comes from; undefined where nothing is. */
function faultOf(
  { key, isCity, amount, carriedFrom, decidedAt, by }: CapSource,
  facts: {
    readonly epoch: Epoch;
    readonly before: Epoch | undefined;
    readonly isTold: boolean;
    readonly authority: Pick<Authority, 'wasAdmin'>;
  },
): string | undefined {
  const { epoch, before, isTold, authority } = facts;
  if (carriedFrom !== undefined) {
    if (decidedAt !== undefined || by !== undefined) return 'A cap is carried over and decided.';
    if (before?.name !== carriedFrom) return `${carriedFrom} is not the epoch before.`;
    const had = before.caps.get(key);
    if (had === amount) return undefined;
    return `A cap of ${amount} is said to be that of ${carriedFrom}, which was ${had ?? 'none'}.`;
  }
  if (decidedAt === undefined) {
    return isTold ? 'It does not say where a cap comes from, and an earlier one does.' : undefined;
  }
  if (decidedAt >= epoch.endsAt) return 'A cap was decided when the epoch was over.';
  if (isCity || authority.wasAdmin(by, decidedAt)) return undefined;
  return `${by ?? 'Nobody'} decided a cap, and was no admin then.`;
}
