/** Whether the city of an object may run: kept beside its database, so that nothing forgets it. */
import { ConfigError } from '../config/config.ts';

/**
 * `frozen`: it stands still while it is copied. `filling`: another city's rows are coming in, and it is
 * half of one. `left`: it lives elsewhere now.
 */
const STANDINGS = ['frozen', 'filling', 'left'] as const;
export type Standing = 'running' | (typeof STANDINGS)[number];

const NAME = 'standing';
/** What is kept of the object that is none of the city's. */
export type Kept = Pick<DurableObjectStorage['kv'], 'get' | 'put' | 'delete'>;

export const standingIn = (kept: Kept): Standing =>
  STANDINGS.find((standing) => standing === kept.get(NAME)) ?? 'running';

export const keepStanding = (kept: Kept, standing: Standing): void => {
  if (standing === 'running') kept.delete(NAME);
  else kept.put(NAME, standing);
};

const SENTENCES = {
  frozen: 'The city stands still while it moves.',
  filling: 'A city is moving here, and is not whole yet.',
  left: 'The city has moved away from here.',
} as const;

/** Throws a sentence where the city must not run. */
export function mustRun(kept: Kept): void {
  const standing = standingIn(kept);
  if (standing !== 'running') throw new ConfigError(SENTENCES[standing]);
}
