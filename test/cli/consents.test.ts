// `npm run consents` as people run it, over a database with people in it.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runConsents } from '../../src/cli/run-consents.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { maskAddress } from '../../src/lib/mask-address.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { parseCsv } from '../support/csv.ts';
import { openMigrated } from '../support/migrated.ts';
import { runCli } from '../support/run-cli.ts';
import { runTool } from '../support/run-tool.ts';

const SECRET = new Uint8Array(32).fill(7);
const SECRET_KEY = Buffer.from(SECRET).toString('base64');
const PEOPLE = [
  { channel: 'sms', address: '+15105550101', at: Date.UTC(2026, 9, 1), kind: 'messages' },
  { channel: 'telegram', address: '70012345', at: Date.UTC(2026, 10, 2), kind: 'alerts' },
  { channel: 'sms', address: '+15105550102', at: Date.UTC(2026, 10, 3), kind: 'stop' },
] as const;
const WORDING = '=HYPERLINK("x"), "quoted"\nmsg freq varies';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  path = join(folder, 'city.db');
  const keys = createKeys(SECRET, systemRandom);
  const { store, close } = openMigrated(path);
  store.transact((tx) => {
    for (const [number, { channel, address, at, kind }] of PEOPLE.entries()) {
      const personId = tx.people.add({
        participantId: `p-00000000000${number}`,
        language: 'en',
        createdAt: at,
      });
      const { keyId, bytes } = keys.seal(address);
      const lookup = keys.identityLookup(channel, address);
      const identityId = tx.identities.add({
        channel,
        lookup,
        keyId,
        ciphertext: bytes,
        personId,
        createdAt: at,
      });
      tx.consents.add({ identityId, kind, wording: WORDING, at });
    }
  });
  close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const consents = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runTool(runConsents, args, { DATABASE_PATH: path, SECRET_KEY, ...env });

describe('npm run consents', () => {
  test('writes the exact wording of each, with masked addresses, safe for a spreadsheet', async () => {
    const environment = { DATABASE_PATH: path, SECRET_KEY };
    const { code, out, err } = await runCli('consents', [], environment);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(parseCsv(out)).toEqual([
      ['time', 'channel', 'address', 'kind', 'wording'],
      ['2026-10-01T00:00:00.000Z', 'sms', "'+1510•••0101", 'messages', `'${WORDING}`],
      ['2026-11-02T00:00:00.000Z', 'telegram', '70•••45', 'alerts', `'${WORDING}`],
      ['2026-11-03T00:00:00.000Z', 'sms', "'+1510•••0102", 'stop', `'${WORDING}`],
    ]);
  });

  test('takes only one channel and what is new, whole where it is asked for', async () => {
    const { out } = await consents(['--channel', 'sms', '--since', '2026-11-01', '--addresses']);
    expect(parseCsv(out).slice(1)).toEqual([
      ['2026-11-03T00:00:00.000Z', 'sms', "'+15105550102", 'stop', `'${WORDING}`],
    ]);
  });

  test('writes a file that only its owner reads, and overwrites none', async () => {
    const file = join(folder, 'proof.csv');
    const { code, out } = await consents([file]);
    expect({ code, out }).toEqual({ code: 0, out: `${file}\n` });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(parseCsv(readFileSync(file, 'utf8'))).toHaveLength(4);
    writeFileSync(file, 'mine');
    const again = await consents([file]);
    expect(again.code).toBe(2);
    expect(again.err).toMatch(/^The system refused: EEXIST/);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test.each([
    [['--channel', 'fax'], {}, /^--channel is sms, telegram, bluesky/],
    [['--since', 'yesterday'], {}, /^--since wants a date/],
    [['a', 'b'], {}, /^One file is enough/],
    [['--nothing'], {}, /^That is not understood/],
    [[], { SECRET_KEY: '' }, /^SECRET_KEY is missing/],
    [[], { SECRET_KEY: Buffer.from(new Uint8Array(32).fill(8)).toString('base64') }, /another/],
    [[], { DATABASE_PATH: '/nowhere/city.db' }, /^There is no database/],
  ])('%j %j is refused with a sentence', async (args, env, sentence) => {
    const { code, out, err } = await consents(args, env);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
  });
});

test('a masked address leaves out what somebody would need to write to it', () => {
  expect(maskAddress('+15105550101')).toBe('+1510•••0101');
  expect(maskAddress('did:plc:abcdefghijk')).toBe('did:p•••hijk');
  expect(maskAddress('70012345')).toBe('70•••45');
  expect(maskAddress('12')).toBe('1•••');
  expect(maskAddress('')).toBe('•••');
});
