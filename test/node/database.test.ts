// One program at a time on a database, by whatever name it is opened.
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/node/database.ts';

let folder: string;
let path: string;
let ends: AsyncDisposableStack;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  mkdirSync(join(folder, 'data'));
  path = join(folder, 'data', 'city.db');
  ends = new AsyncDisposableStack();
});
afterEach(async () => {
  await ends.disposeAsync();
  rmSync(folder, { recursive: true, force: true });
});

const open = (name: string) => {
  const opened = new AsyncDisposableStack();
  ends.defer(() => opened.disposeAsync());
  openDatabase(name, opened);
  return opened;
};

describe('a database that a program has is refused to another', () => {
  test.each<[string, () => string]>([
    ['by the same path', () => path],
    ['by a relative path', () => relative(process.cwd(), path)],
    ['by a path that turns back', () => join(folder, 'data', '..', 'data', 'city.db')],
    [
      'by a link to it',
      () => {
        symlinkSync(path, join(folder, 'other.db'));
        return join(folder, 'other.db');
      },
    ],
    [
      'by a link to a link to it',
      () => {
        symlinkSync('data/city.db', join(folder, 'one.db'));
        symlinkSync('one.db', join(folder, 'two.db'));
        return join(folder, 'two.db');
      },
    ],
    [
      'by a link to its folder',
      () => {
        symlinkSync(join(folder, 'data'), join(folder, 'elsewhere'));
        return join(folder, 'elsewhere', 'city.db');
      },
    ],
  ])('%s', (_how, otherName) => {
    open(path);
    expect(() => open(otherName())).toThrow('is in use');
  });

  test('and by a link that was there before the database', () => {
    const link = join(folder, 'link.db');
    symlinkSync(path, link);
    open(link);
    expect(() => open(path)).toThrow('is in use');
  });
});

test('a second name on the disk is refused', async () => {
  await open(path).disposeAsync();
  linkSync(path, join(folder, 'copy.db'));
  expect(() => open(path)).toThrow('a hard link');
});

test('it is free again once its program has let go', async () => {
  await open(path).disposeAsync();
  expect(() => open(path)).not.toThrow();
});
