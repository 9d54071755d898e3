/** The packages of another version: this one's, or its own where they differ. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../input-error.ts';
import { print } from '../print.ts';
import { THIS_TREE } from '../programs.ts';

type Manifest = {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
};

const INSTALLED = fileURLToPath(new URL('node_modules', THIS_TREE));

const readManifest = (path: string): Manifest =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};

/** A version is pinned as `1.2.3`, or as `npm:name@1.2.3`; of a range nothing is said. */
const pinned = (wanted: string): string | undefined =>
  /(?:^|@)(\d+\.\d+\.\d+\S*)$/.exec(wanted)?.[1];

/**
 * The packages that `wanted` pins to another version than `installed` gives. Those for development
 * are left out: no city that is measured runs them.
 */
export const differing = (
  wanted: Manifest,
  installed: (name: string) => string | undefined,
): readonly string[] =>
  Object.entries(wanted.dependencies ?? {})
    .filter(([name, version]) => {
      const exact = pinned(version);
      return exact !== undefined && exact !== installed(name);
    })
    .map(([name]) => name);

/**
 * Gives the version at `tree` its packages. Throws an `InputError` when they cannot be installed.
 */
export function usePackages(tree: string): void {
  const missing = differing(
    readManifest(join(tree, 'package.json')),
    (name) => readManifest(join(INSTALLED, name, 'package.json')).version,
  );
  if (missing.length === 0) {
    symlinkSync(INSTALLED, join(tree, 'node_modules'), 'junction');
    return;
  }
  print(`It has packages that are not here (${missing.join(', ')}): npm ci installs them.`);
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: tree,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new InputError('Its packages could not be installed.');
}
