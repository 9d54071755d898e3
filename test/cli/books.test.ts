// `npm run books` as people run it, beside a city that runs, and on books that somebody spoilt.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runBooks } from '../../src/cli/run-books.ts';
import { issuanceAccount, personAccount, redeemedAccount } from '../../src/domain/ledger.ts';
import { openDatabase } from '../../src/node/database.ts';
import { contextOf } from '../../src/services/context.ts';
import { transferCredits } from '../../src/services/credits/transfer-credits.ts';
import { expectOk, TEST_NOW, testFoundation } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { openMigrated } from '../support/migrated.ts';
import { runCli } from '../support/run-cli.ts';
import { runTool } from '../support/run-tool.ts';

const ANA = personAccount('p-000000000001');
const ISSUER = issuanceAccount('creek');

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  path = join(folder, 'city.db');
  const { store, close } = openMigrated(path);
  const foundation = testFoundation({ clock: standingClock(TEST_NOW) });
  store.transact((tx) => {
    const context = contextOf(foundation, tx);
    const reference = { uri: `at://${foundation.did}/a.b.c/1`, cid: TEST_CID } as const;
    const give = (id: string, amount: number) =>
      transferCredits(context, {
        ...{ id, kind: 'posted', code: 'issue', debit: ISSUER, credit: ANA, amount, reference },
      });
    expectOk(give('a', 66));
    expectOk(give('b', 28));
    expectOk(
      transferCredits(context, {
        ...{ id: 'h', kind: 'pending', code: 'hold', debit: ANA, amount: 10, reference },
        credit: redeemedAccount('cafe'),
      }),
    );
  });
  close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const TEST_CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';

const books = (...args: string[]) => runTool(runBooks, args, { DATABASE_PATH: path });

function meddle(statements: string): void {
  const client = new Sqlite(path);
  client.pragma('ignore_check_constraints = on');
  client.exec(statements);
  client.close();
}

describe('npm run books', () => {
  test('says that books agree, while the city runs', async () => {
    const ends = new AsyncDisposableStack();
    openDatabase(path, ends);
    try {
      const { code, out, err } = await books();
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(
        'CITY: 94 issued, 0 adjusted = 84 available + 10 held + 0 burned + 0 expired',
      );
      expect(out).toContain('The books agree (3 transfers).');
    } finally {
      await ends.disposeAsync();
    }
  });

  test('names a wrong balance with the first transfer that explains it', async () => {
    meddle(`update accounts set credits_posted = credits_posted + 28 where kind = 'person'`);
    const { code, out } = await books();
    expect(code).toBe(1);
    expect(out).toMatch(
      /person:p-000000000001 +CITY +122 \(10 held; 122 in, 0 out\) +94 \(10 held; 94 in, 0 out\) +as if #2 \(issue of 28\) had counted once more/,
    );
    expect(out).toContain('The books do not agree: 1 faults (3 transfers).');
  });

  test('names a transfer that did not count, and a balance that no transfer explains', async () => {
    meddle(`update accounts set credits_posted = credits_posted - 28 where kind = 'person';
      update accounts set debits_posted = debits_posted + 1 where kind = 'issuance'`);
    const { out } = await books();
    expect(out).toMatch(/p-000000000001 .* as if #2 \(issue of 28\) had not counted/);
    expect(out).toMatch(/issuance:creek .* no one transfer: the stored balance was changed/);
  });

  test('names the first of the transfers that are broken', async () => {
    meddle(`drop trigger transfers_not_updated; drop trigger transfers_not_deleted;
      update transfers set amount = 99 where position = 1; delete from transfers where position = 2`);
    const { code, out } = await books();
    expect(code).toBe(1);
    expect(out).toMatch(/p-000000000001 .* Transfer #1 is not what its public record says: amount/);
    expect(out).toContain('Transfer #2 is missing.');
  });

  test('blames a transfer that is gone for the balances that it moved', async () => {
    meddle(`drop trigger transfers_not_deleted; delete from transfers where position >= 2`);
    const { out } = await books();
    expect(out).toMatch(/p-000000000001 .* Transfer #2 is missing/);
    expect(out).toMatch(/redeemed:cafe .* Transfer #2 is missing/);
  });

  test('with --check says only whether they agree', async () => {
    expect(await books('--check')).toMatchObject({
      code: 0,
      out: 'The books agree (3 transfers).\n',
    });
    meddle(`update accounts set credits_posted = credits_posted + 1 where kind = 'person'`);
    const { code, out } = await books('--check');
    expect(code).toBe(1);
    expect(out.split('\n')).toHaveLength(2);
  });

  test.each([[['--tea']], [['tea']], [['--check', '--mend']]])(
    'says how it is used for %j',
    async (args) => {
      const { code, err } = await books(...args);
      expect(code).toBe(2);
      expect(err).toContain('npm run books -- --mend');
    },
  );
});

describe('npm run books -- --mend', () => {
  test('sets stored balances to what the transfers add up to, and says which', async () => {
    meddle(`update accounts set credits_posted = credits_posted + 28 where kind = 'person'`);
    const { code, out } = await books('--mend');
    expect({ code, out }).toEqual({
      code: 0,
      out: 'person:p-000000000001 had 122 (10 held; 122 in, 0 out) CITY, and has 94 (10 held; 94 in, 0 out).\n',
    });
    expect((await books('--check')).code).toBe(0);
    expect((await books('--mend')).out).toBe('No stored balance was wrong.\n');
  });

  test('changes nothing where the transfers themselves are wrong', async () => {
    meddle(
      `drop trigger transfers_not_updated; update transfers set amount = 99 where position = 1`,
    );
    const { code, err } = await books('--mend');
    expect(code).toBe(2);
    expect(err).toContain('Nothing was changed');
    expect((await books('--check')).code).toBe(1);
  });

  test('runs as a program', async () => {
    const { code, out } = await runCli('books', ['--check'], { DATABASE_PATH: path });
    expect({ code, out }).toEqual({ code: 0, out: 'The books agree (3 transfers).\n' });
  });

  test('is refused while the city runs', async () => {
    const ends = new AsyncDisposableStack();
    openDatabase(path, ends);
    try {
      const { code, err } = await books('--mend');
      expect(code).toBe(2);
      expect(err).toContain('is in use');
    } finally {
      await ends.disposeAsync();
    }
  });
});
