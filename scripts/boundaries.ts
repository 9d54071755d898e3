// Checks who imports whom against .dependency-cruiser.mjs.
import { resolve } from 'node:path';
import { type Run, run } from './run.ts';

const OLDER_TYPESCRIPT = resolve('scripts/older-typescript.ts');
const CRUISER = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const RULES = resolve('.dependency-cruiser.mjs');

/** Checks `folders` of the tree at `root`; `format` is one of dependency-cruiser's output types. */
export function checkBoundaries(
  folders: readonly string[],
  { root = '.', format = 'err-long' } = {},
): Promise<Run> {
  const tool = ['--import', OLDER_TYPESCRIPT, CRUISER];
  const options = ['--config', RULES, '--output-type', format];
  return run('node', [...tool, ...options, ...folders], root);
}
