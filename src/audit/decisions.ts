/** Before reviews had a record of their own, a decision about evidence was an evaluation of it. */
import { keysOfKind } from './keys.ts';
import { nsidOf } from './kinds.ts';
import type { Keys, Repository } from './repository.ts';

/** Whether an evaluation decided about evidence; any other sums up what reviews say. */
export function isDecision({ subject }: Readonly<Record<string, unknown>>): boolean {
  const { uri } = (subject ?? {}) as { readonly uri?: unknown };
  return typeof uri === 'string' && uri.includes(`/${nsidOf('evidence')}/`);
}

/** The evaluations that decided about evidence, which are never replaced. */
export function decisionsOf(repository: Repository): Keys {
  const { rkeys, blocks } = keysOfKind(repository, 'evaluation');
  const places = [...rkeys.keys()].filter((at) =>
    isDecision(repository.value({ rkeys, blocks }, at) ?? {}),
  );
  return {
    rkeys: places.map((at) => rkeys[at] as string),
    blocks: places.map((at) => blocks[at] as number),
  };
}
