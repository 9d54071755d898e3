// `npm test` runs two projects: `node` has everything that needs nothing but npm, `workerd` has the
// tests of domain, services and store a second time, inside the runtime of Cloudflare.
// `npm run test:browser` runs the third, which needs a Chromium, and `npm run test:network` the
// fourth, which needs a PostgreSQL and a Redis.
import './scripts/node-version.js';
import { availableParallelism } from 'node:os';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

/** No test depends on how fast the machine is: a fact is waited for, and only what hangs takes so long. */
const PATIENT = {
  testTimeout: 600_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: 120_000, interval: 20 } },
  setupFiles: ['test/setup.ts'],
};

export default defineConfig({
  test: {
    // Many of them wait for processes of their own: two at once use two cores better than one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'node',
          ...PATIENT,
          globalSetup: ['test/support/shared-network.setup.ts'],
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/network/**', 'test/workerd/**'],
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          ...PATIENT,
        },
      },
      {
        test: {
          name: 'network',
          include: ['test/network/**/*.test.ts'],
          ...PATIENT,
          // Each file has a network of its own, with a dozen servers in it.
          fileParallelism: false,
        },
      },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: './wrangler.toml' } })],
        test: {
          name: 'workerd',
          ...PATIENT,
          // Every test has a Durable Object of its own, so the files can share one workerd.
          isolate: false,
          include: ['test/{domain,services,store,workerd}/**/*.test.ts'],
          exclude: ['test/store/{compile,open-node,faults}.test.ts'],
        },
      },
    ],
  },
});
