// Two runtimes, one suite: `node` runs everything that needs nothing but npm, `workerd` runs the
// tests of domain, services and store a second time inside the runtime of Cloudflare.
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const NODE_MAJOR_MIN = 22;
if (Number.parseInt(process.versions.node, 10) < NODE_MAJOR_MIN) {
  throw new Error(
    `The tests need Node ${NODE_MAJOR_MIN} or newer and this is ${process.version}. ` +
      'Run them with `npm test`, which uses the Node that `npm ci` installed.',
  );
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/network/**'],
        },
      },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: './wrangler.toml' } })],
        test: {
          name: 'workerd',
          include: ['test/{domain,services,store}/**/*.test.ts'],
        },
      },
    ],
  },
});
