/** Shares places for work among those who sent it: nobody's work holds up another's for long. */

export type Work = {
  readonly id: number;
  /** Whose it is. */
  readonly identityId: number;
  /** How often it was tried before. */
  readonly attempts: number;
  /** Where it comes from; all of one kind where that makes no difference. */
  readonly channel?: string;
};

export type Places = {
  readonly inAll: number;
  readonly perSender: number;
  /** Strangers who own the servers of one channel must not hold up the others; `inAll` where left out. */
  readonly perChannel?: number;
  /** For what failed before, on one channel: whoever is slow once is slow again. */
  readonly again: number;
};

/**
 * Chooses what is begun now of what waits (in order of arrival), beside what is under way: each time
 * the first of whoever has the least under way.
 */
export function chooseNext<W extends Work>(
  waiting: readonly W[],
  underWay: readonly Work[],
  places: Places,
): readonly W[] {
  const chosen: W[] = [];
  const left = new Set(waiting.filter(({ id }) => !underWay.some((one) => one.id === id)));
  const all = (): readonly Work[] => [...underWay, ...chosen];
  const held = ({ identityId }: Work): number =>
    all().filter((one) => one.identityId === identityId).length;
  const isFree = (one: Work): boolean => {
    const beside = all().filter(({ channel }) => channel === one.channel);
    return (
      held(one) < places.perSender &&
      beside.length < (places.perChannel ?? places.inAll) &&
      (one.attempts === 0 || beside.filter(({ attempts }) => attempts > 0).length < places.again)
    );
  };
  while (all().length < places.inAll) {
    const [first] = [...left].filter(isFree).toSorted((one, other) => held(one) - held(other));
    if (first === undefined) break;
    left.delete(first);
    chosen.push(first);
  }
  return chosen;
}
