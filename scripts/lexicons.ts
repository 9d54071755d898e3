// `npm run lexicons`: writes src/lexicons/ from lexicons/. The result is committed.
// `npm run lexicons -- release`: makes them the released ones, which later ones must keep to.
// `npm run lexicons -- publish`: publishes ours where others find them by name.
import { cp, glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountFrom, publishLexicons } from './lexicon-publish.ts';
import { release } from './lexicon-release.ts';
import { type Run, run } from './run.ts';

// The generator writes for compilers that let an optional property be undefined; ours does not.
const UNCHECKED = '// @ts-nocheck: generated for a laxer compiler\n';

/**
 * Stand for lexicons that ours and Hypercerts' refer to, whose records nobody here writes or reads:
 * the generator needs a definition for each name, and not all of theirs.
 */
const STUBS = 'scripts/lexicon-stubs';

/** Generates the TypeScript of every lexicon into `out`, which is emptied first. */
export async function generateLexicons(out: string): Promise<Run> {
  const sources = await mkdtemp(join(tmpdir(), 'city-sync-lexicons-'));
  try {
    await cp('lexicons', sources, { recursive: true });
    await cp(STUBS, sources, { recursive: true });
    const options = ['--lexicons', sources, '--out', out, '--import-ext', '.ts', '--clear'];
    const done = await run('ts-lex', ['build', ...options]);
    if (!done.succeeded) return done;
    for await (const path of glob(`${out}/**/*.ts`)) {
      await writeFile(path, UNCHECKED + (await readFile(path, 'utf8')));
    }
    return done;
  } finally {
    await rm(sources, { recursive: true, force: true });
  }
}

async function publish(): Promise<Run> {
  const account = accountFrom(process.env);
  if (typeof account === 'string') return { succeeded: false, output: `${account}\n` };
  return await publishLexicons(account);
}

const WORK: Readonly<Record<string, () => Promise<Run>>> = {
  generate: () => generateLexicons('src/lexicons'),
  release: () => release(),
  publish,
};

if (import.meta.main) {
  const [asked = 'generate'] = process.argv.slice(2);
  const { succeeded, output } = (await WORK[asked]?.()) ?? {
    succeeded: false,
    output: `There is no ${asked}. There are: ${Object.keys(WORK).join(', ')}.\n`,
  };
  (succeeded ? process.stdout : process.stderr).write(output);
  if (!succeeded) process.exitCode = 1;
}
