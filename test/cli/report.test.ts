// `npm run report` as people run it: what texts cost, and what a carrier asks for.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runReport } from '../../src/cli/run-report.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { openMigrated } from '../support/migrated.ts';
import { runCli } from '../support/run-cli.ts';
import { runTool } from '../support/run-tool.ts';

const NUMBER = '+15105550101';
const OCTOBER = Date.UTC(2026, 9, 15);
const NOVEMBER = Date.UTC(2026, 10, 15);

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  path = join(folder, 'city.db');
  const keys = createKeys(new Uint8Array(32).fill(7), systemRandom);
  const { store, close } = openMigrated(path);
  store.transact((tx) => {
    const personId = tx.people.add({
      participantId: 'p-000000000001',
      language: 'en',
      createdAt: OCTOBER,
    });
    tx.people.setJoined(personId, OCTOBER);
    const sealed = keys.seal(NUMBER);
    const identityId = tx.identities.add({
      channel: 'sms',
      lookup: keys.identityLookup('sms', NUMBER),
      keyId: sealed.keyId,
      ciphertext: sealed.bytes,
      personId,
      createdAt: OCTOBER,
    });
    for (const [at, receivedAt] of [OCTOBER, NOVEMBER].entries()) {
      tx.inbox.add({
        channel: 'sms',
        externalId: `SM${at}`,
        identityId,
        payload: { text: 'a secret wish', replyTo: null, pictures: 0 },
        segments: 1,
        receivedAt,
      });
      tx.outbox.add({
        channel: 'sms',
        identityId,
        kind: 'reply',
        body: { text: 'a secret answer', choices: [], pictures: [] },
        notBefore: receivedAt,
        createdAt: receivedAt,
      });
      tx.outbox.lease([at + 1], receivedAt + 1);
      tx.outbox.markSent([{ id: at + 1, providerId: `SMout${at}`, segments: 2 }], receivedAt);
    }
  });
  close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const report = (args: readonly string[]) => runTool(runReport, args, { DATABASE_PATH: path });

describe('npm run report -- sms', () => {
  test('adds segments up by month and kind, and estimates what they cost', async () => {
    const args = ['sms', '--price', '0.01'];
    const { code, out, err } = await runCli('report', args, { DATABASE_PATH: path });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const rows = out.split('\n').map((line) => line.trim().split(/\s+/));
    expect(rows).toContainEqual(['2026-10', 'in', '1', '1', '0.01']);
    expect(rows).toContainEqual(['2026-11', 'reply', '1', '2', '0.02']);
    expect(rows).toContainEqual(['all', '4', '6', '0.06']);
    expect(out).toContain('Residents with a number: 1 (6.0 segments, about 0.0600 each)');
    expect(out).toContain('Loops, each to a code that was honored: 0 (none yet)');
    for (const secret of [NUMBER, '5550101', 'secret']) expect(out).not.toContain(secret);
  });

  test('from a day on', async () => {
    const { out } = await report(['sms', '--since', '2026-11-01']);
    expect(out).not.toContain('2026-10');
    expect(out).toContain('2026-11');
  });

  test.each([[['sms', '--since', 'yesterday']], [['sms', '--price', 'cheap']], [['tea']], [[]]])(
    'says how it is used for %j',
    async (args) => {
      const { code, err } = await report(args);
      expect(code).toBe(2);
      expect(err).toContain('npm run report -- sms');
    },
  );
});

test('npm run report -- campaign fills in what a carrier asks for', async () => {
  const { code, out } = await report(['campaign']);
  expect(code).toBe(0);
  expect(out).toContain('Brand: City/Sync Berkeley pilot');
  expect(out).toContain("City/Sync Berkeley: you're in.");
  expect(out).toMatch(/== Spanish ==/);
  expect(out).toContain('Msg&data rates may apply');
  expect(out).not.toMatch(/\{\w+\}/);
});
