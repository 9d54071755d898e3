/** Which files need Node itself, by what they import. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Of Node's own modules, those that workerd does not have, or has without a disk or processes beneath. */
const MODULES =
  /^node:(?:child_process|cluster|dns|fs|http|https|module|net|os|readline|sqlite|tls|v8|worker_threads)(?:\/|$)/;
/** Packages that are nothing without those. */
const PACKAGES =
  /^(?:better-sqlite3|drizzle-orm\/better-sqlite3|sharp|pino|@hono\/node-server|@atproto\/(?:crypto|dev-env|identity|pds)|@atproto-labs\/fetch-node)(?:\/|$)/;

/** `import` and `export` of values from somewhere, and `import()`. */
const IMPORT = /^(?:import|export)\b(?! type\b)(?:[^;]*? from)? '([^']+)';|\bimport\('([^']+)'\)/gm;

const { imports: ALIASES } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  imports: Record<string, { workerd: string }>;
};

/** The files matching `pattern` that, inside workerd, would reach a module that only Node has. */
export function thatNeedNode(pattern: string): string[] {
  const known = new Map<string, readonly string[]>();
  const importsOf = (file: string): readonly string[] => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const found = file.endsWith('.ts') ? importsIn(file) : [];
    known.set(file, found);
    return found;
  };
  return globSync(pattern).filter((file) => {
    const seen = new Set([file]);
    for (const each of seen) {
      for (const name of importsOf(each)) {
        if (MODULES.test(name) || PACKAGES.test(name)) return true;
        if (existsSync(name)) seen.add(name);
      }
    }
    return false;
  });
}

/** What a file imports: files of ours by their paths, everything else by its name. */
const importsIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, from, loaded]) => {
    const name = from ?? loaded ?? '';
    const path = ALIASES[name]?.workerd ?? name;
    return name.startsWith('.') ? join(dirname(file), path) : path;
  });
