// `npm run build`: the program, and each that it starts, as one file each in dist/, so that a start
// reads six files and not three thousand. `npm start` uses them while the sources are the same.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { BESIDES_SOURCES, BUNDLE, digestOf, ROOT, STAMP, undiciMajor } from './bundle.js';

/** How a source names a program beside it that it starts, as a process or as a thread. */
const PROGRAM = /new URL\('([^']+)\.ts', import\.meta\.url\)/g;
/** These have compiled parts, which stay where they are installed. */
const COMPILED = ['better-sqlite3', 'sharp'];
const SOURCE = /\.ts$/;

/** All programs: `main.ts`, and those that any source names. */
function programs(): string[] {
  const found = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const path = join(ROOT, 'src', name);
      const named = [...readFileSync(path, 'utf8').matchAll(PROGRAM)];
      return named.map(([, program]) => resolve(path, '..', `${program}.ts`));
    });
  return [...new Set([join(ROOT, 'src/main.ts'), ...found])];
}

/** `src/node/self-audit/process.ts` becomes `node-self-audit-process`: all lie side by side. */
const bundledName = (path: string): string =>
  relative(join(ROOT, 'src'), path).replace(/\.ts$/, '').replaceAll(/[/\\]/g, '-');

/**
 * A source finds the programs that it starts among the bundles, and other files (migrations,
 * stylesheets, pictures) where they are: beside itself.
 */
const placesOf: Plugin = {
  name: 'places',
  setup: ({ onLoad }) => {
    onLoad({ filter: SOURCE }, ({ path }) => {
      const self = relative(join(ROOT, BUNDLE), path).replaceAll('\\', '/');
      const contents = readFileSync(path, 'utf8')
        .replaceAll(PROGRAM, (_, program: string) => {
          const name = bundledName(resolve(path, '..', `${program}.ts`));
          return `new URL('${name}.js', __here)`;
        })
        .replaceAll('import.meta.url', `new URL('${self}', __here).href`)
        .replaceAll('__here', 'import.meta.url');
      return { loader: 'ts', contents };
    });
  },
};

const folder = join(ROOT, BUNDLE);
rmSync(folder, { recursive: true, force: true });
const undici = undiciMajor();
const { metafile, outputFiles } = await build({
  absWorkingDir: ROOT,
  entryPoints: programs().map((path) => ({ in: path, out: bundledName(path) })),
  outdir: folder,
  plugins: [placesOf],
  external: COMPILED,
  alias: Object.fromEntries(
    ['6', '7', '8'].map((major) => [`undici_v${major}`, `undici_v${undici}`]),
  ),
  ...{ bundle: true, platform: 'node', format: 'esm', target: 'esnext' },
  // Node holds the text of a program for as long as it runs, twice as large where one sign of it is
  // not ASCII. Names stay, and lines: a stack in the log can be read.
  ...{ minifyWhitespace: true, lineLimit: 120, charset: 'ascii', legalComments: 'none' },
  ...{ metafile: true, write: false, sourcemap: true, logLevel: 'warning' },
  // What is CommonJS in it asks for Node's own modules by `require`.
  banner: {
    js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
  },
});
/** esbuild leaves signs in regular expressions as they are. */
const inAscii = (text: string): string =>
  text.replaceAll(
    /[^\0-\x7f]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

mkdirSync(folder);
for (const { path, text } of outputFiles) {
  writeFileSync(path, path.endsWith('.js') ? inAscii(text) : text);
}
// The packages are those of package-lock.json.
const sources = Object.keys(metafile.inputs).filter((path) => !path.includes('node_modules/'));
const files = [...sources, ...BESIDES_SOURCES].toSorted();
writeFileSync(
  join(folder, STAMP),
  JSON.stringify({ undici, digest: digestOf(ROOT, files), files }, undefined, 1),
);
for (const [path, { bytes }] of Object.entries(metafile.outputs)) {
  if (path.endsWith('.js')) console.log(`${basename(path)}  ${Math.round(bytes / 1024)} KB`);
}
