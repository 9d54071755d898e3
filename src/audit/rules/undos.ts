/** Checks that a confirmation is undone once, whole, in ten minutes, by the operator who made it. */
import { NOWHERE } from '../repository.ts';
import type { Authority } from './authority.ts';
import type { Context, Looked } from './context.ts';

type Transfer = Looked<'transfer'>;

const UNDO_MS_MAX = 600_000;

/** What the replay knows of each transfer, by its place. */
type Known = {
  readonly isBurn: ArrayLike<number>;
  readonly amount: ArrayLike<number>;
  /** In ms. */
  readonly happenedAt: ArrayLike<number>;
};

type Undo = {
  readonly by: string;
  readonly uri: string;
  readonly time: number;
  readonly fail: Transfer['fail'];
  isTaken: boolean;
  isGiven: boolean;
};

export type Undos = ReturnType<typeof createUndos>;

export function createUndos(context: Context) {
  const undos = new Map<number, Undo>();
  /** To be told of each correction with the transfer that it corrects, in the order of the chain. */
  const look = ({ value, uri, fail }: Transfer, burn: number, known: Known): void => {
    if (value.undoneBy === undefined || burn === NOWHERE) return;
    const time = Date.parse(value.createdAt);
    const by = value.undoneBy;
    const isGiven = value.debit === 'adjustment';
    if (known.isBurn[burn] !== 1 || value.amount !== known.amount[burn]) {
      fail('undo-invalid', 'It undoes something else than all of one burn.');
      return;
    }
    const undo = undos.get(burn) ?? { by, uri, time, fail, isTaken: false, isGiven: false };
    undos.set(burn, undo);
    if (undo.by !== by) fail('undo-invalid', `${by} undoes it, and ${undo.by} began.`);
    // The second half follows the first, and is late where the city was: it lost its disk.
    if (isGiven && !undo.isTaken) fail('undo-invalid', 'It gives before it takes.');
    const afterMs = time - (known.happenedAt[burn] as number);
    if (!isGiven && afterMs > UNDO_MS_MAX) {
      const minutes = Math.floor(afterMs / 60_000);
      fail('undo-invalid', `It comes ${minutes} minutes after the burn; ten are allowed.`);
    }
    if (isGiven) undo.isGiven = true;
    else undo.isTaken = true;
  };

  /** To be told of the redemption of a burn; `by` confirmed its code. */
  const checkRedemption = (
    burn: number,
    {
      partner,
      by,
      about,
      authority,
    }: {
      readonly partner: number;
      readonly by: string | undefined;
      readonly about: string | undefined;
      readonly authority: Authority;
    },
  ): void => {
    const undo = undos.get(burn);
    if (undo === undefined) return;
    const { fail, time } = undo;
    // A city that lost its disk may not know whose its last redemption was.
    if (by !== undefined && by !== undo.by) {
      fail('undo-invalid', `${undo.by} undoes it, and ${by} confirmed the code.`);
    }
    authority.check({ partner, by: undo.by, about, time, right: 'codes', fail });
  };

  /** To be told at the end. */
  const finish = (): void => {
    for (const { uri, isTaken, isGiven } of undos.values()) {
      if (isTaken && isGiven) continue;
      const sentence =
        'One half of it is missing. If the city is publishing just now, ask again in a minute.';
      context.findings.add('undo-invalid', uri, sentence);
    }
  };
  return { look, checkRedemption, finish };
}
