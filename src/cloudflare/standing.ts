/** Whether the city of an object may run: kept beside its database, so that nothing forgets it. */
import { ConfigError } from '../config/config.ts';

/**
 * `frozen`: it stands still while it is copied. `filling`: another city's rows are coming in, and it is
 * half of one. `left`: it lives elsewhere now.
 */
const STANDSTILLS = ['frozen', 'filling', 'left'] as const;
export type Standing = 'running' | (typeof STANDSTILLS)[number];

const [STANDING, MOVE] = ['standing', 'move'];

/** What is kept of the object that is none of the city's. */
type Kept = Pick<DurableObjectStorage['kv'], 'get' | 'put' | 'delete'>;

const SENTENCES = {
  frozen: 'The city stands still while it moves.',
  filling: 'A city is moving here, and is not whole yet.',
  left: 'The city has moved away from here.',
} as const;

export type StandingOfObject = {
  readonly now: () => Standing;
  /** The move that has the city stand still; undefined where none has. */
  readonly move: () => string | undefined;
  readonly keep: (standing: Standing, move?: string) => void;
  /** Throws a sentence where the city must not run. */
  readonly mustRun: () => void;
};

export function createStanding(kept: Kept): StandingOfObject {
  let known: Standing | undefined;
  const now = (): Standing => {
    known ??= STANDSTILLS.find((one) => one === kept.get(STANDING)) ?? 'running';
    return known;
  };
  const put = (name: string, value: string | undefined): void => {
    if (value === undefined) kept.delete(name);
    else kept.put(name, value);
  };
  return {
    now,
    move: () => {
      const move = kept.get(MOVE);
      return typeof move === 'string' ? move : undefined;
    },
    keep: (standing, move) => {
      put(STANDING, standing === 'running' ? undefined : standing);
      put(MOVE, move);
      known = standing;
    },
    mustRun: () => {
      const standing = now();
      if (standing !== 'running') throw new ConfigError(SENTENCES[standing]);
    },
  };
}
