import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../scripts/run.ts';
import { writeTree } from '../support/tree.ts';

const GUARD = ['--import', './scripts/node-version.js'];

/** Starts a program behind the guard, in a Node that takes itself for another version. */
async function startAs(version: string) {
  const root = await writeTree({
    'pretend.mjs': `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });
      Object.defineProperty(process, 'version', { value: 'v${version}' });`,
    'main.ts': `console.log('started' as string);`,
  });
  return await run('node', [
    '--import',
    join(root, 'pretend.mjs'),
    ...GUARD,
    join(root, 'main.ts'),
  ]);
}

test.each(['18.20.8', '20.20.2', '22.23.3', '23.11.0'])(
  'Node %s is refused with a sentence',
  async (version) => {
    const { succeeded, output } = await startAs(version);
    expect(succeeded).toBe(false);
    expect(output).toMatch(`City/Sync needs Node 24 or newer and this is v${version}.`);
    expect(output).not.toMatch('started');
  },
);

test.each(['24.0.0', '24.21.0', '25.1.0'])('Node %s starts', async (version) => {
  expect(await startAs(version)).toEqual({ succeeded: true, output: 'started\n' });
});

const olderNode = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .filter((path) => existsSync(path))
  .find(
    (path) =>
      Number.parseInt(
        execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }),
        10,
      ) < 24,
  );

test.runIf(olderNode)(
  'the older Node of this machine says so, not that it cannot read .ts',
  async () => {
    const { succeeded, output } = await run(olderNode as string, [...GUARD, 'src/main.ts']);
    expect(succeeded).toBe(false);
    expect(output).toMatch(/^City\/Sync needs Node 24 or newer and this is v\d+\.\d+\.\d+\..*\n$/);
  },
);
