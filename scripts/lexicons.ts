// `npm run lexicons`: writes src/records/lexicons/ from lexicons/. The result is committed.
import { glob, readFile, writeFile } from 'node:fs/promises';
import { type Run, run } from './run.ts';

// The generator writes for compilers that let an optional property be undefined; ours does not.
const UNCHECKED = '// @ts-nocheck: generated for a laxer compiler\n';

/** Generates the TypeScript of every lexicon into `out`, which is emptied first. */
export async function generateLexicons(out: string): Promise<Run> {
  const from = ['--lexicons', './lexicons'];
  const done = await run('ts-lex', [
    'build',
    ...from,
    '--out',
    out,
    '--import-ext',
    '.ts',
    '--clear',
  ]);
  if (!done.succeeded) return done;
  for await (const path of glob(`${out}/**/*.ts`)) {
    await writeFile(path, UNCHECKED + (await readFile(path, 'utf8')));
  }
  return done;
}

if (import.meta.main) {
  const { succeeded, output } = await generateLexicons('src/records/lexicons');
  process.stdout.write(output);
  if (!succeeded) process.exitCode = 1;
}
