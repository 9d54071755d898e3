import { expect, test } from 'vitest';
import { differences } from '../../scripts/same-files.ts';
import { writeTree } from '../support/tree.ts';

test('the same files have no differences', async () => {
  const files = { 'a.ts': '1', 'deep/b.ts': '2' };
  expect(await differences(await writeTree(files), await writeTree(files))).toEqual([]);
});

test('a changed, a missing and a left-over file are each named', async () => {
  const expected = await writeTree({ 'a.ts': '1', 'deep/b.ts': '2' });
  const actual = await writeTree({ 'a.ts': 'changed', 'deep/c.ts': '3' });
  expect(await differences(expected, actual)).toEqual([
    `${actual}/a.ts is not current`,
    `${actual}/deep/b.ts is missing`,
    `${actual}/deep/c.ts is left over`,
  ]);
});

test('a folder that is not there lacks every file', async () => {
  const expected = await writeTree({ 'a.ts': '1' });
  expect(await differences(expected, `${expected}/none`)).toEqual([
    `${expected}/none/a.ts is missing`,
  ]);
});
