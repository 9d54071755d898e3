// `npm run lexicons`: writes src/records/lexicons/ from lexicons/. The result is committed.
import { type Run, run } from './run.ts';

/** Generates the TypeScript of every lexicon into `out`, which is emptied first. */
export function generateLexicons(out: string): Promise<Run> {
  const from = ['--lexicons', './lexicons'];
  return run('ts-lex', ['build', ...from, '--out', out, '--import-ext', '.ts', '--clear']);
}

if (import.meta.main) {
  const { succeeded, output } = await generateLexicons('src/records/lexicons');
  process.stdout.write(output);
  if (!succeeded) process.exitCode = 1;
}
