/** git, as far as a comparison needs it. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { InputError } from '../input-error.ts';
import { THIS_TREE } from '../programs.ts';

type Answer = { readonly succeeded: boolean; readonly out: string; readonly errors: string };

/** Runs git in this version's folder. Throws an `InputError` where there is no git. */
export function git(...args: readonly string[]): Answer {
  const cwd = fileURLToPath(THIS_TREE);
  const { error, status, stdout, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8' });
  if (error !== undefined) {
    throw new InputError('Comparing needs git, and it cannot be started.', { cause: error });
  }
  return { succeeded: status === 0, out: stdout.trim(), errors: stderr.trim() };
}

/** The commit that a ref names. Throws an `InputError` when there is none. */
export function commitOf(ref: string): string {
  if (!git('rev-parse', '--git-dir').succeeded) {
    throw new InputError('This folder is no git repository: there is no version to compare with.');
  }
  const found = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  if (!found.succeeded) throw new InputError(`git knows no commit called "${ref}" here.`);
  return found.out;
}
