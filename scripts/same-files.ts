import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** One line for each file of `actual` that is missing, left over or other than in `expected`. */
export async function differences(expected: string, actual: string): Promise<readonly string[]> {
  const files = new Set([...(await listFiles(expected)), ...(await listFiles(actual))]);
  const lines: string[] = [];
  for (const file of [...files].sort()) {
    const wanted = await content(join(expected, file));
    const found = await content(join(actual, file));
    const path = join(actual, file);
    if (found === undefined) lines.push(`${path} is missing`);
    else if (wanted === undefined) lines.push(`${path} is left over`);
    else if (wanted !== found) lines.push(`${path} is not current`);
  }
  return lines;
}

/** Paths below `folder`; none when there is no such folder. */
async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function content(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
