/** The lexicons of this project as they were last released, which later ones must keep to. */
import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brokenBy, type Lexicon } from './lexicon-changes.ts';
import type { Run } from './run.ts';

const OURS = 'lexicons/org/city-sync/civic';
const RELEASED = 'releases/lexicons.json';

type Release = {
  /** Of package.json. */
  readonly version: string;
  readonly lexicons: readonly Lexicon[];
};

const readJson = async <T>(path: string): Promise<T> => JSON.parse(await readFile(path, 'utf8'));

/** Our lexicons in the project at `root`, by their names. */
export async function readLexicons(root = '.'): Promise<readonly Lexicon[]> {
  const lexicons: Lexicon[] = [];
  for await (const path of glob(join(root, OURS, '**/*.json'))) lexicons.push(await readJson(path));
  return lexicons.sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Whether our lexicons can follow the last release; if not, each thing that they would break. */
export async function keepsRelease(root = '.'): Promise<Run> {
  const { version, lexicons } = await readJson<Release>(join(root, RELEASED));
  const broken = brokenBy(lexicons, await readLexicons(root));
  return broken.length === 0
    ? { succeeded: true, output: '' }
    : { succeeded: false, output: `Since ${version}:\n${broken.join('\n')}\n` };
}

/** Makes our lexicons the released ones, unless they would break the release before. */
export async function release(root = '.'): Promise<Run> {
  const kept = await keepsRelease(root);
  if (!kept.succeeded) return kept;
  const { version } = await readJson<Release>(join(root, 'package.json'));
  const lexicons = await readLexicons(root);
  const released: Release = { version, lexicons };
  await writeFile(join(root, RELEASED), `${JSON.stringify(released, null, 2)}\n`);
  return { succeeded: true, output: `${RELEASED} has the lexicons of ${version}.\n` };
}
