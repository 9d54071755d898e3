import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { run } from '../../scripts/run.ts';
import { writeTree } from '../support/tree.ts';

/** One impure expression a line. */
const IMPURE = [
  'Date.now()',
  `Date['now']()`,
  'new Date()',
  'Date()',
  'performance.now()',
  'Math.random()',
  'crypto.randomUUID()',
  'process.env',
  'globalThis.name',
  `fetch('https://example.com')`,
  'setTimeout(() => {}, 1)',
  'setInterval(() => {}, 1)',
  'Buffer.of(1)',
];
const PURE = ['new Date(0)', 'Math.max(1, 2)', 'new Uint8Array(1)'];

const PURE_PLACES = [
  'src/domain/rule.ts',
  'src/conversation/router.ts',
  'src/channels/sms/parse.ts',
  'src/channels/sms/render.ts',
  'src/channels/bluesky/in/parse.ts',
];

/** The rules of our own that biome.json names. */
async function plugins(): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const path of glob('scripts/*.grit')) files[path] = await readFile(path, 'utf8');
  return files;
}

/** The numbers of the lines in `path` that the rules of biome.json refuse. */
async function refusedLines(path: string, expressions: readonly string[]) {
  const lines = expressions.map((expression, at) => `export const value${at} = ${expression};\n`);
  const root = await writeTree({
    [path]: lines.join(''),
    'biome.json': await readFile('biome.json', 'utf8'),
    ...(await plugins()),
  });
  const options = ['--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github'];
  const { output } = await run('biome', ['lint', ...options, path], root);
  const refused = output
    .split('\n')
    .flatMap((line) => /^::error .*,line=(\d+),/.exec(line)?.[1] ?? []);
  return [...new Set(refused.map(Number))].sort((one, other) => one - other);
}

test.each(PURE_PLACES)('%s gets time, randomness and the world handed in', async (path) => {
  expect(await refusedLines(path, IMPURE)).toEqual(IMPURE.map((_, at) => at + 1));
});

test('what needs neither clock nor chance is pure', async () => {
  expect(await refusedLines('src/domain/rule.ts', PURE)).toEqual([]);
});

test('outside of the places that know Node, its globals are refused', async () => {
  const globals = ['process.env', 'Buffer.of(1)', 'Date.now()'];
  expect(await refusedLines('src/services/join.ts', globals)).toEqual([1, 2]);
  expect(await refusedLines('src/channels/sms/send.ts', globals)).toEqual([]);
});
