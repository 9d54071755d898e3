// `npm run check`: everything about the code that can be seen without running it.
// `npm run check -- types style` runs only those named.
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { checkBoundaries } from './boundaries.ts';
import { houseCurrent } from './draw-house.ts';
import { keepsRelease } from './lexicon-release.ts';
import { generateLexicons } from './lexicons.ts';
import { type Run, run } from './run.ts';
import { differences } from './same-files.ts';

type Check = {
  readonly name: string;
  readonly run: () => Promise<Run>;
  /** What to do when it fails. */
  readonly advice: string;
};

// By its path: the older TypeScript that dependency-cruiser needs also brings a `tsc`.
const TSC = 'node_modules/typescript/bin/tsc';
const TYPE_PROJECTS = ['tsconfig.json', 'src/sandbox/page/client/tsconfig.json'].filter(existsSync);

const checks: readonly Check[] = [
  {
    name: 'types',
    run: () => inTurn(TYPE_PROJECTS.map((path) => () => run('node', [TSC, '--project', path]))),
    advice: 'Correct the types.',
  },
  {
    name: 'style',
    run: () => run('biome', ['check', '--error-on-warnings', '.']),
    advice: '`npx biome check --write` repairs most of it; correct the rest by hand.',
  },
  {
    name: 'boundaries',
    run: () => checkBoundaries(['src', 'commands'].filter(existsSync)),
    advice: 'A file imports what it may not; .dependency-cruiser.mjs says what it may.',
  },
  {
    name: 'house',
    run: () => houseCurrent(),
    advice: 'Run `node scripts/draw-house.ts` and commit docs/architecture.md.',
  },
  {
    name: 'unused',
    run: () => run('knip', ['--treat-config-hints-as-errors']),
    advice: 'Delete what nothing uses: the file, the export, or the line in package.json.',
  },
  {
    name: 'lexicons',
    run: lexiconsCurrent,
    advice: 'Run `npm run lexicons` and commit src/lexicons/.',
  },
  {
    name: 'released',
    run: () => keepsRelease(),
    advice:
      'Published records must stay valid: make it an optional addition, or give the lexicon a new name.',
  },
  {
    name: 'migrations',
    run: migrationsCurrent,
    advice: 'Run `npx drizzle-kit generate`, make its tables STRICT, and commit migrations/.',
  },
];

/** Runs all of them; what it answers has succeeded when each has. */
async function inTurn(steps: readonly (() => Promise<Run>)[]): Promise<Run> {
  let all: Run = { succeeded: true, output: '' };
  for (const step of steps) {
    const { succeeded, output } = await step();
    all = { succeeded: all.succeeded && succeeded, output: all.output + output };
  }
  return all;
}

async function lexiconsCurrent(): Promise<Run> {
  return await inTemporaryFolder(async (folder) => {
    const generated = await generateLexicons(folder);
    return generated.succeeded ? compare(folder, 'src/lexicons') : generated;
  });
}

async function migrationsCurrent(): Promise<Run> {
  return await inTemporaryFolder(async (folder) => {
    await cp('migrations', folder, { recursive: true });
    const generated = await run('drizzle-kit', [
      'generate',
      ...['--dialect', 'sqlite'],
      ...['--driver', 'durable-sqlite'],
      ...['--schema', './src/store/schema/index.ts'],
      // It reads a relative folder only.
      ...['--out', relative('.', folder)],
    ]);
    // It also ends well when it fails, or would ask whether something was renamed.
    const current = generated.succeeded && generated.output.includes('No schema changes');
    const changes = await compare(folder, 'migrations');
    return current ? changes : { succeeded: false, output: generated.output + changes.output };
  });
}

async function compare(expected: string, actual: string): Promise<Run> {
  const lines = await differences(expected, actual);
  return { succeeded: lines.length === 0, output: `${lines.join('\n')}\n` };
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'city-sync-check-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const names = checks.map((check) => check.name);
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No check is called ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  process.exit(1);
}

for (const check of checks) {
  if (asked.length > 0 && !asked.includes(check.name)) continue;
  const { succeeded, output } = await check.run();
  console.log(`${succeeded ? '✓' : '✗'} ${check.name}`);
  if (succeeded) continue;
  console.log(`\n${output.trim()}\n\n→ ${check.advice}\n`);
  process.exitCode = 1;
}
