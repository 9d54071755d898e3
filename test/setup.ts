// For every file of tests.
import fc from 'fast-check';
import { afterAll, expect } from 'vitest';

// On a slow machine a property tries fewer cases, and what it found by then is told: to look for a
// smaller case may take longer than a test may.
fc.configureGlobal({ interruptAfterTimeLimit: 300_000 });

// Files share a worker one after the other: each has to leave what it put in the place of something
// as it was, or the next one would fail for a reason that it does not show.
const shared = () => ({
  ...{ setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, queueMicrotask, fetch },
  ...{ Date, now: Date.now, elapsed: performance.now, random: Math.random },
  ...{ cpu: process.cpuUsage, memory: process.memoryUsage, exit: process.exit, kill: process.kill },
  folder: process.cwd(),
  // sharp tells its library of pictures by this where it is.
  environment: { ...process.env, VIPSHOME: undefined },
});
const before = shared();
afterAll(() => expect(shared(), 'what this file has left behind for the next').toEqual(before));
