import { expect, test } from 'vitest';
import { nodeFlags } from '../../bench/programs.ts';

test('a version is measured with the flags of its own script, but for what it imports first', () => {
  const script = 'node --max-semi-space-size=16 --import ./scripts/node-version.js bench/run.ts';
  expect(nodeFlags(script)).toEqual(['--max-semi-space-size=16']);
  expect(nodeFlags('node --import ./scripts/node-version.js bench/run.ts')).toEqual([]);
  expect(nodeFlags('')).toEqual([]);
});
