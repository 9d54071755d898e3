import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../scripts/run.ts';
import { writeTree } from '../support/tree.ts';

const file = (status: string, ...tests: readonly string[]) => ({ status, assertionResults: tests });
const report = (numPassedTests: number, numFailedTests: number, testResults: readonly unknown[]) =>
  JSON.stringify({ numPassedTests, numFailedTests, testResults });

test('reports are added up, and a file that could not be loaded counts as a failure', async () => {
  const root = await writeTree({
    'one.json': report(2, 1, [file('passed', 'a', 'b'), file('failed', 'c')]),
    'two.json': report(3, 0, [file('passed', 'd', 'e', 'f'), file('failed')]),
  });
  const reports = ['one.json', 'two.json'].map((name) => join(root, name));
  expect(await run('node', ['scripts/test-counts.ts', ...reports])).toEqual({
    succeeded: true,
    output: '5 passed, 2 failed\n',
  });
});
