// What `npm run build` and `npm start` have in common. In JavaScript: a start from a bundle needs
// nothing of what Node loads to read TypeScript.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where the bundle lies, seen from the folder of the project. */
export const BUNDLE = 'dist';

/** Says what the bundle was made of. It is written last: without it there is no bundle. */
export const STAMP = 'made-of.json';

/** Decide as well, besides the sources themselves, what a bundle becomes. */
export const BESIDES_SOURCES = ['package.json', 'package-lock.json', 'scripts/build.ts'];

/** One text for all that these files of `root` hold; throws where one is not there. */
export function digestOf(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(join(root, file));
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/** A package brings one copy of undici for each Node: the bundle has the one for this Node. */
export const undiciMajor = () => process.versions.undici.split('.')[0];

/**
 * Whether the bundle in `root` is `current`, `old` (a file that it was made of has changed since, or
 * is gone, or it was made for another Node), or `missing`. It reads every source, which takes a few
 * hundredths of a second, and believes no time of a file.
 */
export function bundleState(root) {
  let madeOf;
  try {
    madeOf = JSON.parse(readFileSync(join(root, BUNDLE, STAMP), 'utf8'));
  } catch {
    return 'missing';
  }
  try {
    const isSame = digestOf(root, madeOf.files) === madeOf.digest;
    return isSame && madeOf.undici === undiciMajor() ? 'current' : 'old';
  } catch {
    return 'old';
  }
}
