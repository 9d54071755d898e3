// `npm start`: the bundle of `npm run build` where it is of exactly these sources, else the sources.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUNDLE, bundleState, ROOT } from './bundle.js';

const state = bundleState(ROOT);
if (state === 'old') {
  process.stdout.write(
    `${BUNDLE}/ was built from other sources, so the sources themselves are started. ` +
      '`npm run build` builds it anew.\n',
  );
}
const isBuilt = state === 'current';
// Node keeps quiet about what is deprecated in packages. In a bundle it cannot tell them from ours.
if (isBuilt) process.noDeprecation = true;
// What V8 made of the program is kept for the next start. Where nothing can be written there is none.
enableCompileCache(join(ROOT, '.cache'));
await import(pathToFileURL(join(ROOT, isBuilt ? `${BUNDLE}/main.js` : 'src/main.ts')).href);
