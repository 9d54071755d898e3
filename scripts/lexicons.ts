// `npm run lexicons`: writes src/lexicons/ from lexicons/. The result is committed.
// `npm run lexicons -- release`: makes them the released ones, which later ones must keep to.
// `npm run lexicons -- publish`: publishes ours where others find them by name.
import { glob, readFile, writeFile } from 'node:fs/promises';
import { accountFrom, publishLexicons } from './lexicon-publish.ts';
import { release } from './lexicon-release.ts';
import { type Run, run } from './run.ts';

// The generator writes for compilers that let an optional property be undefined; ours does not.
const UNCHECKED = '// @ts-nocheck: generated for a laxer compiler\n';

/** Generates the TypeScript of every lexicon into `out`, which is emptied first. */
export async function generateLexicons(out: string): Promise<Run> {
  const options = ['--lexicons', 'lexicons', '--out', out, '--import-ext', '.ts', '--clear'];
  // What a city needs of the generator's package; the whole of it brings a compiler and a formatter.
  const done = await run('ts-lex', ['build', ...options, '--lib', '@atproto/lex-schema']);
  if (!done.succeeded) return done;
  for await (const path of glob(`${out}/**/*.ts`)) {
    await writeFile(path, UNCHECKED + (await readFile(path, 'utf8')));
  }
  return done;
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
