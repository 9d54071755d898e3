// `npm run audit` as somebody runs it who has nothing of the city's: no database, no keys, no city.json.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/audit/report.ts';
import { createProgress } from '../../src/cli/progress.ts';
import { runAudit } from '../../src/cli/run-audit.ts';
import { type FoundedCity, foundPaperCity } from '../support/paper-city.ts';
import { startPaperNetwork } from '../support/paper-network.ts';
import { type CliRun, runCli } from '../support/run-cli.ts';

let paper: Awaited<ReturnType<typeof startPaperNetwork>>;
let folder: string;
let city: FoundedCity;

beforeAll(async () => {
  paper = await startPaperNetwork();
  folder = await mkdtemp(join(tmpdir(), 'city-sync-test-'));
});
afterAll(async () => {
  await paper.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  city = await foundPaperCity();
  city.loop(1);
});

const publish = async (): Promise<Uint8Array> => {
  const { car } = await city.sign();
  paper.accounts.set(city.did, { key: city.key.did(), handle: 'paperville.test', car });
  return car;
};
/** Without a process of its own, which takes a second to begin. */
async function runHere(
  args: readonly string[],
  env: Readonly<Record<string, string>> = paper.environment,
): Promise<CliRun> {
  const [out, err] = [collect(), collect()];
  const code = await runAudit(args, { env, out, err, temporary: folder });
  return { code, out: out.all(), err: err.all() };
}

const collect = (isTTY = false) => {
  let all = '';
  const write = (text: string): void => {
    all += text;
  };
  return { isTTY, write, all: () => all };
};
const run = (...args: string[]) => runHere(args);
const json = ({ out }: { out: string }) => JSON.parse(out) as Report;

describe('npm run audit', () => {
  it('is green with 0, and says in a few lines what there is', async () => {
    await publish();
    const environment = { ...paper.environment, TMPDIR: folder };
    const { code, out, err } = await runCli('audit', [city.did], environment);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/^✓ Paperville: everything holds\n/);
    expect(out).toContain(`${city.did}  paperville.test`);
    expect(out).toMatch(/issued +20\n +held +10 by people, 0 of them on hold\n +redeemed 10/);
    expect(out).toContain('Creek Friends: 20 of 1,000,000,000 CITY in 2026-Q4');
    expect(out).toContain('Northside Café: 10 CITY burned, 1 redemptions');
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^Head +head3~\S+$/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is red with 1, and names the first broken link', async () => {
    const { issue } = city.earn(2);
    city.edit(issue, { amount: 21 });
    await publish();
    const { code, out } = await run('@paperville.test');
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ Paperville: 1 broken link\n/);
    expect(out).toContain(`  ${issue.uri}\n    issue-amount: `);
  });

  it('writes nothing but JSON for programs, and goes on from its head', async () => {
    await publish();
    const before = json(await run(city.did, '--json'));
    expect(before).toMatchObject({ version: 1, ok: true, did: city.did, findings: { list: [] } });
    city.loop(2);
    await publish();
    const after = await run(city.did, '--json', '--since', before.head ?? '');
    expect(after.code).toBe(0);
    expect(json(after).since?.added).toMatchObject({ transfer: 3 });
  });

  it('keeps what it fetched, and compares with it later', async () => {
    const car = await publish();
    const saved = join(folder, 'then.car');
    expect((await run(city.did, '--save', saved)).code).toBe(0);
    expect(Buffer.compare(await readFile(saved), car)).toBe(0);
    expect(await run(city.did, '--save', saved)).toMatchObject({ code: 2 });
    const [first] = city.uris().filter((uri) => uri.includes('.review/'));
    city.remove({ uri: first ?? '', cid: '' });
    await publish();
    const { code, out } = await run(city.did, '--since', saved);
    expect(code).toBe(1);
    expect(out).toContain(`${first}\n    history-removed`);
    await rm(saved);
  });

  it('takes a file, and says loudly when nobody was asked for the key', async () => {
    const path = join(folder, 'city.car');
    await writeFile(path, await publish());
    expect((await run(path)).code).toBe(0);
    paper.accounts.clear();
    const unknown = await run(path);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toMatch(/^The signature could not be checked\..*\n$/);
    const offline = await run(path, '--offline');
    expect(offline.code).toBe(0);
    expect(offline.out).toContain('NOT CHECKED');
    await rm(path);
  });

  it.each([
    [[], /Name one account or file/],
    [['did:plc:nobody234567abcdefghijkl'], /There is no account/],
    [['/nowhere/city.car'], /cannot be opened \(ENOENT\)/],
    [['a.test', 'b.test'], /Name one account or file/],
    [['a.test', '--offline'], /goes with a .car file only/],
    [['a.car', '--save', 'b.car'], /a .car file is there already/],
    [['a.test', '--cheat'], /Unknown option '--cheat'/],
    [['not an account'], /neither a DID, nor a handle, nor a .car file/],
  ])('with %j could not be done: 2 and one sentence', async (args, sentence) => {
    const { code, out, err } = await run(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.trimEnd()).toMatch(sentence);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('refuses settings that are wrong', async () => {
    const { code, err } = await runHere(['a.test'], { PLC_URL: 'not an address' });
    expect(code).toBe(2);
    expect(err).toContain('PLC_URL must be an address');
  });

  it('helps', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toContain('--since');
    expect(existsSync(join(folder, 'repository.car'))).toBe(false);
  });

  it('prints strangers’ words as words: nothing in them moves the terminal', async () => {
    city.writeCity({ name: 'Paper\u001b[2Jville\u202e\u0007' });
    await publish();
    const { out } = await run(city.did);
    expect(out).toMatch(/^✓ Paper\[2Jville: everything holds/);
    expect(out).not.toMatch(/[\u0007\u001b\u202e]/);
  });
});

describe('progress', () => {
  const labels = { fetch: { doing: 'Fetched' } };
  const watch = (isTTY: boolean) => {
    let time = 0;
    const stream = collect(isTTY);
    const { tell, clear } = createProgress(labels, stream, () => time);
    const at = (ms: number, done: number, total?: number) => {
      time = ms;
      tell('fetch', done, total);
    };
    return { at, clear, written: stream.all };
  };

  it('says nothing about what is done at once', () => {
    const { at, clear, written } = watch(true);
    at(100, 1, 10);
    at(400, 9, 10);
    clear();
    expect(written()).toBe('');
  });

  it('is a bar on a terminal, which is wiped away', () => {
    const { at, clear, written } = watch(true);
    at(1000, 50, 100);
    expect(written()).toContain(`[${'█'.repeat(15)}${' '.repeat(15)}] Fetched 50 of 100`);
    clear();
    expect(written()).toMatch(/\r\u001b\[K$/);
  });

  it('is a line now and then elsewhere', () => {
    const { at, written } = watch(false);
    for (let second = 1; second <= 25; second += 1) at(second * 1000, second);
    expect(written()).toBe('Fetched 10\nFetched 20\n');
  });
});
