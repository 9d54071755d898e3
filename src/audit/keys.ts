/** The records of a kind by their keys. */
import { type Kind, nsidOf } from './kinds.ts';
import type { Keys, Repository } from './repository.ts';

const NO_KEYS: Keys = { rkeys: [], blocks: [] };

export const keysOfKind = (repository: Repository, kind: Kind): Keys =>
  repository.collections.get(nsidOf(kind)) ?? NO_KEYS;
