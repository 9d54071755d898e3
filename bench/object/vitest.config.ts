// Measures one Durable Object in local workerd: npx vitest run --config bench/object/vitest.config.ts
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

/** Of the whole, from the first transfer to the last. */
const HOURS_MAX = 2;

export default defineConfig({
  plugins: [
    cloudflareTest({
      main: './test/support/objects.ts',
      wrangler: { configPath: './wrangler.toml' },
    }),
  ],
  test: {
    include: ['bench/object/measure.ts'],
    testTimeout: HOURS_MAX * 3_600_000,
    provide: { sizes: (process.env['TRANSFERS'] ?? '100000,1000000').split(',').map(Number) },
  },
});
