// `npm run rebuild` and `npm run backup` with what people give them, right and wrong.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runBackup } from '../../src/cli/run-backup.ts';
import { runRebuild } from '../../src/cli/run-rebuild.ts';
import { CITY_CREDITS } from '../../src/domain/city.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { openMigrated } from '../support/migrated.ts';
import { type FoundedCity, foundPaperCity } from '../support/paper-city.ts';
import { startPaperNetwork } from '../support/paper-network.ts';
import { runTool } from '../support/run-tool.ts';

const SECRET = new Uint8Array(32).fill(7);
const SECRET_KEY = Buffer.from(SECRET).toString('base64');

let paper: Awaited<ReturnType<typeof startPaperNetwork>>;
let folder: string;
let path: string;
let city: FoundedCity;
beforeAll(async () => {
  paper = await startPaperNetwork();
});
afterAll(() => paper.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  path = join(folder, 'data', 'city.db');
  city = await foundPaperCity();
  city.loop(1);
  city.loop(2);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const publish = async (): Promise<Uint8Array> => {
  const { car } = await city.sign();
  paper.accounts.set(city.did, { key: city.key.did(), handle: 'paperville.test', car });
  return car;
};

const run = (
  tool: Parameters<typeof runTool>[0],
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) => runTool(tool, args, { ...paper.environment, DATABASE_PATH: path, SECRET_KEY, ...env }, folder);
const rebuild = (...args: string[]) => run(runRebuild, args);

/** The database of a city whose DID is this one, with one person in it, and a backup of it. */
async function backUp(did: string, secret = SECRET): Promise<string> {
  const database = join(folder, 'other.db');
  const keys = createKeys(secret, systemRandom);
  const { store, close } = openMigrated(database);
  store.transact((tx) => {
    tx.cursors.put('city-did', did);
    const personId = tx.people.add({
      participantId: 'p-00000000ana1',
      language: 'es',
      createdAt: 1,
    });
    const sealed = keys.seal('+15105550141');
    tx.identities.add({
      channel: 'sms',
      lookup: keys.identityLookup('sms', '+15105550141'),
      keyId: sealed.keyId,
      ciphertext: sealed.bytes,
      personId,
      createdAt: 1,
    });
  });
  close();
  const { out } = await run(runBackup, [join(folder, 'backups')], {
    DATABASE_PATH: database,
    SECRET_KEY: Buffer.from(secret).toString('base64'),
  });
  return out.split('\n')[0] ?? '';
}

const nothingIsThere = () => {
  expect(existsSync(path)).toBe(false);
  const data = join(folder, 'data');
  expect(existsSync(data) ? readdirSync(data) : []).toEqual([]);
};

describe('npm run backup', () => {
  it.each(['README.md', '.'])('names what is no database: %s', async (name) => {
    const refused = await run(runBackup, [join(folder, 'backups')], { DATABASE_PATH: name });
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toMatch(/^\S+ cannot be read as a city’s database: [^\n]+\n$/);
  });
});

describe('npm run rebuild', () => {
  it('makes a database, and says what came from where and what is absent', async () => {
    await publish();
    const { code, out, err } = await rebuild(city.did);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^✓ \S+city\.db is the database of Paperville again\n/);
    expect(out).toContain('From a backup: nothing. None was given.');
    expect(out).toMatch(/4 people of the public record have no address here/);
    expect(out).toMatch(/credits .*issuance -40.*person 20.*redeemed 20/);
    expect(readdirSync(join(folder, 'data'))).toEqual(['city.db']);
    expect(readdirSync(folder)).toEqual(['data']);
    const { store, close } = openMigrated(path);
    expect(store.read.ledger.head()?.position).toBe(6);
    expect(store.read.ledger.totals(CITY_CREDITS)).toHaveLength(3);
    close();
  });

  it('makes the same from a file, and from the handle', async () => {
    const file = join(folder, 'city.car');
    writeFileSync(file, await publish());
    expect(await rebuild(file)).toMatchObject({ code: 0, err: '' });
    rmSync(path);
    expect(await rebuild('@paperville.test')).toMatchObject({ code: 0, err: '' });
  });

  it('leaves alone what is at DATABASE_PATH', async () => {
    await publish();
    await rebuild(city.did);
    const before = readFileSync(path);
    const again = await rebuild(city.did);
    expect(again).toMatchObject({ code: 2, out: '' });
    expect(again.err).toContain('There is something at');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('wants what an earlier database left beside itself out of the way', async () => {
    await publish();
    mkdirSync(join(folder, 'data'));
    writeFileSync(`${path}-wal`, 'of a database that is gone');
    const refused = await rebuild(city.did);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain(`There is something at ${path}-wal already.`);
    expect(readdirSync(join(folder, 'data'))).toEqual(['city.db-wal']);
  });

  it.each(['/proc/none/city.db', 'none/none/city.db'])(
    'does not look for %s for ever',
    async (to) => {
      await publish();
      const where = to.startsWith('/') ? to : join(folder, to);
      const refused = await run(runRebuild, [city.did], { DATABASE_PATH: where });
      expect(refused).toMatchObject({ code: 2, out: '' });
      expect(refused.err).toContain('is no folder that can be written to');
    },
  );

  it('says in a sentence what the system refuses', async () => {
    await publish();
    const refused = await rebuild(city.did, '--backup', folder);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toMatch(/^The system refused: EISDIR[^\n]*\n$/);
  });

  it('takes no notice of what an attempt that died left half', async () => {
    await publish();
    await rebuild(city.did);
    writeFileSync(`${path}.rebuilding`, 'half');
    rmSync(path);
    expect(await rebuild(city.did)).toMatchObject({ code: 0 });
    expect(readdirSync(join(folder, 'data'))).toEqual(['city.db']);
  });

  it('refuses a broken record with 1 and its first finding, and goes on only when told to', async () => {
    const { issue } = city.earn(3);
    city.edit(issue, { amount: 21 });
    await publish();
    const refused = await rebuild(city.did);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(new RegExp(`^${issue.uri}\n  issue-amount: `));
    nothingIsThere();
    const told = await rebuild(city.did, '--despite-findings');
    expect(told).toMatchObject({ code: 0, err: '' });
    expect(told.out).toContain('1 broken link of the audit, as you asked');
  });

  it('takes the last decision as it is when it was published in part, and says so', async () => {
    const { participant } = city.earn(3);
    const hold = city.hold(participant, city.redeemer, city.offer);
    city.resolve(hold, 'burn');
    await publish();
    const { code, out, err } = await rebuild(city.did);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('The last decision was published in part');
    rmSync(path);
    // Another transfer after it: that is no decision under way.
    city.earn(4);
    await publish();
    expect((await rebuild(city.did)).err).toContain('burn-unredeemed');
  });

  it('refuses a file with one byte changed, cut off, or signed by somebody else', async () => {
    const car = await publish();
    const file = join(folder, 'city.car');
    const changed = car.slice();
    const at = Buffer.from(car).indexOf('Paperville');
    changed[at] = (changed[at] ?? 0) ^ 1;
    for (const [bytes, why] of [
      [changed, 'record-damaged'],
      [car.subarray(0, car.length - 20), 'car-truncated'],
    ] as const) {
      writeFileSync(file, bytes);
      const refused = await rebuild(file);
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.err).toContain(why);
      nothingIsThere();
    }
    const stranger = await foundPaperCity();
    paper.accounts.set(city.did, { key: stranger.key.did(), car });
    writeFileSync(file, car);
    expect((await rebuild(file)).err).toContain('signature: ');
    nothingIsThere();
  });

  it('takes a file whose key nobody can be asked for only when told to, and says so loudly', async () => {
    const file = join(folder, 'city.car');
    writeFileSync(file, await publish());
    paper.accounts.clear();
    const refused = await rebuild(file);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('The signature could not be checked');
    nothingIsThere();
    const told = await rebuild(file, '--despite-findings');
    expect(told.code).toBe(0);
    expect(told.out).toContain('IT MAY BE ANYBODY’S');
  });

  it('tells a repository that is no city’s', async () => {
    for (const uri of city.uris()) city.remove({ uri, cid: '' });
    const { car } = await city.sign();
    paper.accounts.set(city.did, { key: city.key.did(), car });
    const { code, err } = await rebuild(city.did);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('There is no city') });
    nothingIsThere();
  });

  it('brings back what a backup has of people that are in no record', async () => {
    await publish();
    const { code, out } = await rebuild(city.did, '--backup', await backUp(city.did));
    expect(code).toBe(0);
    expect(out).toMatch(
      /From the backup \S+, made 20\d\d-.*\n {2}1 person with an address; 0 said/,
    );
    expect(out).toMatch(/4 people of the public record have no address here/);
  });

  it('refuses a backup of another city, with another key, or none at all', async () => {
    await publish();
    const other = await rebuild(city.did, '--backup', await backUp('did:plc:elsewhere'));
    expect(other.err).toContain('is a backup of another city, did:plc:elsewhere');
    rmSync(join(folder, 'other.db'));
    const locked = await backUp(city.did, new Uint8Array(32).fill(9));
    expect((await rebuild(city.did, '--backup', locked)).err).toContain('another SECRET_KEY');
    const cut = readFileSync(locked);
    writeFileSync(locked, cut.subarray(0, cut.length - 1));
    const withKey = { SECRET_KEY: Buffer.from(new Uint8Array(32).fill(9)).toString('base64') };
    const damaged = await run(runRebuild, [city.did, '--backup', locked], withKey);
    expect(damaged.err).toContain('is damaged or cut off');
    expect((await rebuild(city.did, '--backup', join(folder, 'none'))).err).toContain(
      'no backup at',
    );
    const keyless = { SECRET_KEY: '' };
    const missing = await run(runRebuild, [city.did, '--backup', locked], keyless);
    expect(missing.err).toContain('SECRET_KEY is missing');
    nothingIsThere();
  });

  it.each([
    [[], /Name one account or file/],
    [['a.test', 'b.test'], /Name one account or file/],
    [['a.test', '--cheat'], /Unknown option '--cheat'/],
    [['/nowhere/city.car'], /There is no file/],
    [['did:plc:nobody234567abcdefghijkl'], /There is no account/],
  ])('with %j could not be done: 2 and one sentence', async (args, sentence) => {
    const { code, out, err } = await rebuild(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trimEnd()).toMatch(sentence);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('npm run backup', () => {
  it.each([
    ['no database', {}, 'There is no database at'],
    ['no key', { SECRET_KEY: '' }, 'SECRET_KEY is missing'],
    ['a wrong number to keep', { BACKUPS_KEPT: '0' }, 'BACKUPS_KEPT must be 1 or more'],
  ])('with %s could not be done: 2 and one sentence', async (_what, env, sentence) => {
    const { code, out, err } = await run(runBackup, [], env);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
  });

  it('does not seal with a key that is not the city’s', async () => {
    await backUp(city.did);
    const { code, err } = await run(runBackup, [], {
      DATABASE_PATH: join(folder, 'other.db'),
      SECRET_KEY: Buffer.from(new Uint8Array(32).fill(8)).toString('base64'),
    });
    expect(code).toBe(2);
    expect(err).toContain('was written with another SECRET_KEY');
  });

  it('keeps as many as it is told, where it is told', async () => {
    await backUp(city.did);
    const env = {
      DATABASE_PATH: join(folder, 'other.db'),
      BACKUP_FOLDER: join(folder, 'kept'),
      BACKUPS_KEPT: '2',
    };
    for (let time = 0; time < 3; time += 1) {
      expect(await run(runBackup, [], env)).toMatchObject({ code: 0, err: '' });
    }
    expect(readdirSync(join(folder, 'kept'))).toHaveLength(2);
  });
});
