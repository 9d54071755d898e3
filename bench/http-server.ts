/**
 * One of the servers that are measured, in a process of its own: hono alone, hono with one durable
 * insert, or the sandbox. Tells its port to the parent, then its peak of memory when asked to end.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createLog } from '../src/node/log.ts';
import { startSandbox } from '../src/sandbox/sandbox.ts';
import { openStore } from '../src/store/open-node.ts';
import { BENCH_CITY } from './city.ts';
import { type Past, seedResidents } from './seed.ts';

export type ServerKind = 'alone' | 'insert' | 'sandbox';
export type ServerNews = { readonly port: number } | { readonly peakBytes: number };

const tell = (news: ServerNews) => process.send?.(news);

/** Resolves with what ends it: that waits for the answers to what was already asked. */
const listen = (app: Hono): Promise<() => Promise<void>> =>
  new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0 }, ({ port }: AddressInfo) => {
      tell({ port });
      resolve(() => new Promise((closed) => void server.close(() => closed())));
    });
  });

async function alone(): Promise<() => Promise<void>> {
  return listen(
    new Hono().post('/sandbox/messages', async (c) => {
      await c.req.text();
      return c.json({ id: 'none' }, 202);
    }),
  );
}

async function insert(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-bench-'));
  const { store, close } = openStore(join(folder, 'city.db'));
  let count = 0;
  const app = new Hono().post('/sandbox/messages', async (c) => {
    await c.req.text();
    count += 1;
    const name = `message ${count}`;
    await store.commit((tx) => tx.cursors.put(name, 'a message as long as BALANCE'));
    return c.json({ id: name }, 202);
  });
  const end = await listen(app);
  return async () => {
    await end();
    // Requests that nobody waits for any more may have begun to write.
    await store.commit(() => undefined);
    close();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function sandbox(past: Past): Promise<() => Promise<void>> {
  const opened = await startSandbox({
    city: BENCH_CITY,
    port: 0,
    budget: { pointsPerHour: 0, pointsPerDay: 0 },
    log: createLog('warn'),
    seed: (store, core) => seedResidents(store, core.foundation, past),
  });
  tell({ port: Number(new URL(opened.url).port) });
  return async () => {
    await opened.stop();
  };
}

const [kind, ...amounts] = process.argv.slice(2);
const [people = 64, transfers = 0, others = 0, claims = 0] = amounts.map(Number);
const end = await (kind === 'alone'
  ? alone()
  : kind === 'insert'
    ? insert()
    : sandbox({ people, transfers, others, claims }));

process.once('message', () => {
  // Kilobytes, the most that was resident since the start.
  tell({ peakBytes: process.resourceUsage().maxRSS * 1024 });
  end().then(
    () => process.disconnect(),
    () => process.exit(1),
  );
});
