// What a tool does to the database wakes nobody: the city looks for it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noticeChangesJob } from '../../src/jobs/notice-changes.ts';
import { contextOf } from '../../src/services/context.ts';
import type { OpenStore } from '../../src/store/open-node.ts';
import { TEST_NOW, testFoundation } from '../support/city.ts';
import { clockOf } from '../support/clock.ts';
import { openMigrated } from '../support/migrated.ts';

let folder: string;
let city: OpenStore;
let tool: OpenStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  city = openMigrated(join(folder, 'city.db'));
  tool = openMigrated(join(folder, 'city.db'));
});
afterEach(() => {
  city.close();
  tool.close();
  rmSync(folder, { recursive: true });
});

test('the city notices what another program changed, once, and not what it changed itself', async () => {
  const foundation = testFoundation({ clock: clockOf(() => TEST_NOW) });
  let woken = 0;
  const job = noticeChangesJob(city.wasChangedOutside, () => {
    woken += 1;
  });
  const look = async () => {
    const isNews = city.store.transact((tx) => job.run(contextOf(foundation, tx)));
    await job.committed?.();
    return isNews;
  };
  await look();
  woken = 0;
  city.store.transact((tx) => tx.cursors.put('one', 'of its own'));
  expect(await look()).toBe(false);
  tool.store.transact((tx) => tx.cursors.put('two', 'of the tool'));
  expect(await look()).toBe(true);
  expect(await look()).toBe(false);
  expect(woken).toBe(1);
});
