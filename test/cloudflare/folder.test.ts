import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { folderIn } from '../../src/cloudflare/folder.ts';
import { listAll } from '../../src/cloudflare/list-all.ts';
import { sha256Of } from '../../src/cloudflare/sha256.ts';

test('what is in one folder is in no other, and keeps its key', async () => {
  const bytes = new TextEncoder().encode('a picture');
  const sha256 = await sha256Of(bytes);
  const [one, other] = ['one/', 'other/'].map((folder) => folderIn(env.PICTURES, folder));
  await one?.put('a', bytes, { sha256 });
  await one?.put('b/c', bytes, { sha256 });
  await other?.put('a', bytes, { sha256 });
  expect(one && (await listAll(one)).map(({ key }) => key)).toEqual(['a', 'b/c']);
  expect(one && (await listAll(one, 'b/')).map(({ key }) => key)).toEqual(['b/c']);
  await one?.delete('a');
  expect(await one?.get('a')).toBeNull();
  expect((await (await other?.get('a'))?.arrayBuffer())?.byteLength).toBe(bytes.length);
  expect(folderIn(env.PICTURES, '')).toBe(env.PICTURES);
});
