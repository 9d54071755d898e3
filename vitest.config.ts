// `npm test` runs two projects: `node` has everything that needs nothing but npm, `workerd` has domain,
// services and store a second time, inside the runtime of Cloudflare, and what a city has only there.
// `npm run test:long` runs the third, which takes minutes: what is killed, restarted and out of order
// by the real clock (`*.long.test.ts`), and what is tried at random, more often than in `npm test`.
// `npm run test:worker` runs the whole city in local workerd, and in `workerd-talk` what people say to a
// city and what is written down of it, inside that runtime, as far as it does not need Node itself.
// `npm run test:browser` runs the fourth, which needs a Chromium, and `npm run test:network` the
// fifth, which needs a PostgreSQL and a Redis.
import './scripts/node-version.js';
import { existsSync, globSync, readFileSync, statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { thatNeedNode } from './scripts/needs-node.ts';

/**
 * What tests write is on a disk in memory where there is one with room: a city waits for its disk at
 * each commit, and what it does when a disk is full or fails is tested on disks made for that.
 */
const MEMORY_DISK = '/dev/shm';
const ROOM_BYTES_MIN = 2 ** 30;

function hasRoom(path: string): boolean {
  if (!existsSync(path)) return false;
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize >= ROOM_BYTES_MIN;
}
if (hasRoom(MEMORY_DISK)) process.env['TMPDIR'] = MEMORY_DISK;

// Programs that tests start are compiled once.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node');

/** No test depends on how fast the machine is: a fact is waited for, and only what hangs takes so long. */
const PATIENT = {
  testTimeout: 600_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: 120_000, interval: 20 } },
  setupFiles: ['test/setup.ts'],
};

/** Everything on Node that needs nothing but npm. */
const ON_NODE = {
  ...PATIENT,
  // What is imported stays for the next file of the same worker: to load the whole city takes longer
  // than most files do. `test/setup.ts` holds each file to leaving everything as it was.
  isolate: false,
  globalSetup: ['test/support/shared-network.setup.ts'],
};
const ELSEWHERE = ['browser', 'cloudflare', 'network', 'worker', 'workerd'].map(
  (name) => `test/${name}/**`,
);
const LONG = 'test/**/*.long.test.ts';
/** Inside workerd too, all of these that need nothing that only Node has. */
const IN_WORKERD = 'test/{cloudflare,domain,services,store,workerd}/**/*.test.ts';
const TALK_IN_WORKERD = 'test/{commands,conversation,inbox,outbox,records}/**/*.test.ts';
/** They take half a minute there, and say many things to the same few parts of a city. */
const MANY_WORDS = [
  'test/commands/{own-words,stop-anywhere}.test.ts',
  'test/inbox/backlog.test.ts',
];

/** The files whose tests say how often they are tried. */
const triedMoreOften = (): string[] =>
  globSync('test/**/*.test.ts').filter((path) =>
    readFileSync(path, 'utf8').includes("/support/runs.ts'"),
  );

/** A project whose tests run inside workerd. */
const inWorkerd = (name: string, files: string) => ({
  plugins: [
    cloudflareTest({
      main: './test/support/objects.ts',
      wrangler: { configPath: './wrangler.toml' },
    }),
  ],
  test: {
    name,
    ...PATIENT,
    // Each test has a database of its own, so the files can share one workerd.
    isolate: false,
    setupFiles: [...PATIENT.setupFiles, 'test/setup.workerd.ts'],
    include: [files],
    exclude: [LONG, ...MANY_WORDS, ...thatNeedNode(files)],
  },
});

export default defineConfig({
  test: {
    // Many of them wait for servers and processes of their own: one more than there are cores uses these.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'node',
          ...ON_NODE,
          include: ['test/**/*.test.ts'],
          exclude: [...ELSEWHERE, LONG],
        },
      },
      {
        test: {
          name: 'long',
          ...ON_NODE,
          env: { TEST_LONG: '1' },
          include: [LONG, ...triedMoreOften()],
          exclude: ELSEWHERE,
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
        test: {
          name: 'worker',
          include: ['test/worker/**/*.test.ts'],
          ...PATIENT,
          globalSetup: ['test/support/shared-network.setup.ts'],
        },
      },
      inWorkerd('workerd', IN_WORKERD),
      inWorkerd('workerd-talk', TALK_IN_WORKERD),
    ],
  },
});
