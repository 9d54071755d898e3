// A recording of what a city told its database can be done over: the same statements in a new file
// leave the same rows.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { recordStatements, replay, type Step } from '../../bench/recorded.ts';
import { openStore } from '../../src/store/open-node.ts';
import { TEST_NOW } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { rememberingChannel, testCity } from '../support/test-city.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function rowsOf(client: Sqlite.Database): Readonly<Record<string, readonly unknown[]>> {
  const tables = client
    .prepare<[], string>("select name from sqlite_schema where type = 'table' order by name")
    .pluck()
    .all();
  return Object.fromEntries(
    tables.map((table) => [table, client.prepare(`select * from "${table}"`).all()]),
  );
}

const textsOf = (steps: readonly Step[]): readonly string[] => steps.map(({ text }) => text);

test('what a city did is done over by its statements alone', async () => {
  const folder = newFolder();
  const recording = recordStatements();
  onTestFinished(recording.end);
  const { channel, sentTo } = rememberingChannel();
  const city = testCity({
    ...{ clock: standingClock(TEST_NOW), folder, channels: () => [channel] },
    // Its tables are made while everything is recorded.
    opened: openStore(join(folder, 'city.db')),
  });
  city.seed();
  for (const text of ['HI', 'OK', 'TASKS', 'JOIN 1', 'BALANCE', 'NO SUCH WORD', 'DROP 1']) {
    await city.receive({ sender: '+15105550190', text });
    await city.idle();
  }
  expect(sentTo('+15105550190').length).toBeGreaterThan(5);
  await city.stop();
  recording.end();

  const client = new Sqlite(join(folder, 'city.db'));
  const rows = rowsOf(client);
  client.close();
  expect(rows['claims']).toHaveLength(1);
  let again: typeof rows = {};
  replay(join(folder, 'again.db'), recording.steps, {}, (replayed) => {
    again = rowsOf(replayed);
  });
  expect(again).toEqual(rows);
});

test('what was refused or undone is so again', () => {
  const folder = newFolder();
  const recording = recordStatements();
  onTestFinished(recording.end);
  const client = new Sqlite(':memory:');
  client.pragma('foreign_keys = ON');
  client.exec('create table names (name text unique) strict');
  const add = client.prepare('insert into names values (?) returning name').raw();
  const nest = client.transaction((name: string) => add.get(name));
  client
    .transaction(() => {
      nest('Ada');
      expect(() => nest('Ada')).toThrow('UNIQUE');
      nest('Grace');
    })
    .immediate();
  const undone = client.transaction(() => {
    add.get('Barbara');
    throw new Error('no');
  });
  expect(undone).toThrow('no');
  client.close();
  recording.end();

  expect(textsOf(recording.steps).filter((text) => /^[a-z]+( immediate)?$/.test(text))).toEqual([
    ...['begin immediate', 'commit', 'begin', 'rollback'],
  ]);
  let names: readonly unknown[] = [];
  replay(join(folder, 'again.db'), recording.steps, {}, (replayed) => {
    names = replayed.prepare('select name from names').pluck().all();
  });
  expect(names).toEqual(['Ada', 'Grace']);
});

test('only what is opened before the end is recorded, and only the steps that are asked for are timed', () => {
  const folder = newFolder();
  const recording = recordStatements();
  const first = new Sqlite(':memory:');
  first.exec('create table names (name text) strict');
  first.prepare('insert into names values (?)').run('Ada');
  recording.end();
  const second = new Sqlite(':memory:');
  second.prepare('select 1').get();
  first.close();
  second.close();
  expect(textsOf(recording.steps)).toEqual([
    ...['create table names (name text) strict', 'insert into names values (?)'],
  ]);
  const ms = replay(join(folder, 'again.db'), recording.steps, { from: 1, to: 2 });
  expect(ms).toBeGreaterThan(0);
});
