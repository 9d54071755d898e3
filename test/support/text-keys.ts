/** Which texts of the catalogs the code uses, read from its sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type TextKeyUse = {
  /** Keys of the catalog that no source names. */
  readonly unused: readonly string[];
  /** Names in the sources that look like keys and are in no catalog, with their file. */
  readonly missing: readonly string[];
};

type Source = { readonly path: string; readonly text: string };

const LITERAL = /(['"`])([A-Za-z0-9][\w.-]*)\1/g;
const REFUSAL = /\brefuse\(\s*(['"`])([\w-]+)\1/g;
const BUILT = /`([a-z][\w-]*\.)\$\{/g;
const REFUSED = 'refused.';
const FILE_NAME = /\.(?:ts|js|json|css|html|md|sql|jpg|png|svg|db|toml)$/;

/**
 * A key is used when a source names it in quotes, 'join.joined', or builds it, `role.${role}`,
 * which the compiler has checked. `refused.<code>` is used by
 * the code: `refuse('<code>')`, which needs its text in turn. A name in quotes counts as a missing
 * key when the catalog has others that begin with the same word and a dot.
 */
export function findTextKeyUse(keys: readonly string[], sources: readonly Source[]): TextKeyUse {
  const known = new Set(keys);
  const spaces = new Set(keys.map((key) => key.slice(0, key.indexOf('.'))));
  const used = new Set<string>();
  const missing = new Set<string>();
  for (const { path, text } of sources) {
    for (const [, , name = ''] of text.matchAll(LITERAL)) {
      used.add(name);
      used.add(REFUSED + name);
      const isKey = name.includes('.') && spaces.has(name.slice(0, name.indexOf('.')));
      if (isKey && !known.has(name) && !FILE_NAME.test(name)) missing.add(`${path}: ${name}`);
    }
    for (const [, space = ''] of text.matchAll(BUILT)) {
      if (space !== REFUSED) for (const key of keys) if (key.startsWith(space)) used.add(key);
    }
    for (const [, , code = ''] of text.matchAll(REFUSAL)) {
      if (!known.has(REFUSED + code)) missing.add(`${path}: ${REFUSED}${code}`);
    }
  }
  return { unused: keys.filter((key) => !used.has(key)), missing: [...missing] };
}

/** The sources under `folders`, without the catalogs themselves. */
export function readSources(folders: readonly string[]): readonly Source[] {
  const catalog = /conversation\/language\/(?:en|es)\.ts$/;
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !catalog.test(path))
      .map((path) => ({ path, text: readFileSync(path, 'utf8') })),
  );
}
