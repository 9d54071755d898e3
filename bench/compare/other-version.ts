/**
 * Another version, checked out beside this one for a while: a git worktree in a temporary folder. It
 * runs its own programs of the bench, which know its services and its texts.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '../input-error.ts';
import { THIS_TREE } from '../programs.ts';
import { commitOf, git } from './git.ts';
import { usePackages } from './packages.ts';

/**
 * Given to a version that does not have them. Whatever it has of its own stays: a program of today
 * would ask its services for what they do not do yet.
 */
const LENT = [
  'bench/compare/count-statements.ts',
  'bench/statements.ts',
  'test/support/clock.ts',
  'test/support/counted-store.ts',
];

export type OtherVersion = {
  readonly commit: string;
  readonly subject: string;
  /** Its folder, as a URL with a slash at its end. */
  readonly tree: URL;
  /** A folder beside it for the databases that are measured, removed with it. */
  readonly databases: string;
  /** Removes it. Can be called again. */
  readonly remove: () => void;
};

/** Throws an `InputError` when there is no such version, or it cannot be checked out. */
export function checkOut(ref: string): OtherVersion {
  const commit = commitOf(ref);
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-compare-'));
  const tree = join(folder, 'tree');
  const databases = join(folder, 'databases');
  const remove = () => {
    git('worktree', 'remove', '--force', tree);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const added = git('worktree', 'add', '--quiet', '--detach', tree, commit);
    if (!added.succeeded) throw new InputError(`"${ref}" cannot be checked out: ${added.errors}`);
    usePackages(tree);
    lend(tree);
    mkdirSync(databases);
  } catch (error) {
    remove();
    throw error;
  }
  const subject = git('show', '--no-patch', '--format=%s', commit).out;
  return { commit, subject, tree: pathToFileURL(`${tree}/`), databases, remove };
}

function lend(tree: string): void {
  for (const file of LENT) {
    const to = join(tree, file);
    if (existsSync(to)) continue;
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(new URL(file, THIS_TREE), to);
  }
}
