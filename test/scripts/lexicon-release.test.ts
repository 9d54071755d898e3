import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepsRelease, readLexicons, release } from '../../scripts/lexicon-release.ts';
import { writeTree } from '../support/tree.ts';

const lexicon = (...properties: readonly string[]) => ({
  lexicon: 1,
  id: 'org.city-sync.civic.task',
  defs: {
    main: {
      type: 'object',
      properties: Object.fromEntries(properties.map((name) => [name, { type: 'integer' }])),
    },
  },
});

/** A project whose last release had the property `credits`. */
const project = (...properties: readonly string[]) =>
  writeTree({
    'package.json': JSON.stringify({ version: '0.2.0' }),
    'releases/lexicons.json': JSON.stringify({ version: '0.1.0', lexicons: [lexicon('credits')] }),
    'lexicons/org/city-sync/civic/task.json': JSON.stringify(lexicon(...properties)),
  });

const released = async (root: string) =>
  JSON.parse(await readFile(join(root, 'releases/lexicons.json'), 'utf8'));

test('lexicons that can follow the last release become the released ones', async () => {
  const root = await project('credits', 'slots');
  expect(await keepsRelease(root)).toEqual({ succeeded: true, output: '' });
  expect((await release(root)).succeeded).toBe(true);
  expect(await released(root)).toEqual({
    version: '0.2.0',
    lexicons: [lexicon('credits', 'slots')],
  });
});

test('lexicons that would break the last release do not', async () => {
  const root = await project('slots');
  const refused = {
    succeeded: false,
    output:
      'Since 0.1.0:\nlexicons/org/city-sync/civic/task.json: defs.main.credits: the property was removed\n',
  };
  expect(await keepsRelease(root)).toEqual(refused);
  expect(await release(root)).toEqual(refused);
  expect((await released(root)).version).toBe('0.1.0');
});

test('the lexicons here can follow the last release', async () => {
  expect(await keepsRelease()).toEqual({ succeeded: true, output: '' });
  expect((await readLexicons()).length).toBeGreaterThan(8);
});
