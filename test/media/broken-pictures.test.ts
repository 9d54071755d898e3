// Whoever sends pictures that cannot be opened must not fill the memory with them.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../support/broken-pictures.ts', import.meta.url));

test('twenty progressive pictures of 48 megapixels that break off leave nothing behind', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM]);
  const { codes, first, most } = JSON.parse(stdout) as {
    readonly codes: readonly string[];
    readonly first: number;
    readonly most: number;
  };
  expect(codes).toEqual(Array(20).fill('picture-broken'));
  // One of them needs about 50 MB while it is decoded; kept, they were 2 GB.
  expect(most - first).toBeLessThan(300_000_000);
}, 120_000);
