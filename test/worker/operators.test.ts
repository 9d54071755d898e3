// The tools of those who run a city, on one that lives in a worker.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAdmin } from '../../src/cli/run-admin.ts';
import { runBooks } from '../../src/cli/run-books.ts';
import { runConsents } from '../../src/cli/run-consents.ts';
import { runParked } from '../../src/cli/run-parked.ts';
import { runReport } from '../../src/cli/run-report.ts';
import { parseCsv } from '../support/csv.ts';
import { runTool } from '../support/run-tool.ts';
import { openWorkerCity, type WorkerCity } from '../support/worker-city.ts';

const ADA = '+15105550142';
const TOKEN = 'a-token-of-more-than-32-characters-1';
const KEYS = { OPERATOR_TOKEN: TOKEN };

let city: WorkerCity;
beforeAll(async () => {
  city = await openWorkerCity(KEYS);
});
afterAll(() => city.close());

type Tool = Parameters<typeof runTool>[0];

const ask = (tool: Tool, args: readonly string[] = [], env = KEYS) =>
  runTool(tool, [...args, '--worker', city.url()], env);

const accept = (out: string): string => /^ACCEPT \S+$/m.exec(out)?.[0] ?? '';

test('the first admin comes by an invitation that stands in no log', async () => {
  expect((await ask(runAdmin)).out).toMatch(/^Nobody may act for the city yet/);
  const { code, out, err } = await ask(runAdmin, ['invite']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  await city.text(ADA, 'HI');
  await expect.poll(() => city.textsTo(ADA).join('\n')).toMatch(/Reply OK/);
  await city.text(ADA, 'OK');
  await expect.poll(() => city.textsTo(ADA).join('\n')).toMatch(/you're in/);
  await city.text(ADA, accept(out));
  await expect.poll(() => city.textsTo(ADA).join('\n')).toMatch(/admin of/);
  expect((await ask(runAdmin)).out).toMatch(/^p-\w+ +admin +the city/);
  expect(city.said()).not.toContain(accept(out).slice('ACCEPT '.length));
});

test('what goes wrong is said as on the machine of a city', async () => {
  const unknown = await ask(runAdmin, ['revoke', 'p-nobody']);
  expect(unknown).toEqual({ code: 2, out: '', err: 'p-nobody acts for nobody here.\n' });
  const odd = await ask(runAdmin, ['dance']);
  expect(odd.code).toBe(2);
  expect(odd.err).toMatch(/^That is not understood/);
});

test('books, what is set aside, reports and agreements are read from outside', async () => {
  expect(await ask(runBooks, ['--check'])).toMatchObject({
    code: 0,
    out: 'The books agree (0 transfers).\n',
  });
  expect(await ask(runBooks, ['--mend'])).toMatchObject({ code: 0 });
  expect((await ask(runParked)).out).toBe('Nothing is set aside.\n');
  expect((await ask(runReport, ['sms'])).out).toMatch(/^month +kind/);
  expect((await ask(runReport, ['campaign'])).out).toMatch(/^Brand: /);
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-proof-'));
  try {
    const file = join(folder, 'proof.csv');
    expect(await ask(runConsents, [file, '--addresses'])).toMatchObject({ code: 0, err: '' });
    const [, ...rows] = parseCsv(readFileSync(file, 'utf8'));
    expect(rows).toEqual([[expect.any(String), 'sms', `'${ADA}`, 'messages', expect.any(String)]]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('whoever has not the token gets nothing but a refusal', async () => {
  const other = { OPERATOR_TOKEN: `${TOKEN}x` };
  expect(await ask(runAdmin, [], other)).toEqual({
    ...{ code: 2, out: '', err: 'That is not the OPERATOR_TOKEN.\n' },
  });
  expect((await ask(runAdmin, [], { OPERATOR_TOKEN: '' })).err).toMatch(
    /^OPERATOR_TOKEN is missing/,
  );
  const paths = ['tools/admin', 'move', 'move/tables/persons', 'move/pictures', 'nothing'];
  for (const path of paths) expect((await city.get(`/operators/${path}`)).status).toBe(401);
});

test('a token goes nowhere in the clear, and no answer of another server is taken for one', async () => {
  const refused = await runTool(runAdmin, ['--worker', 'http://city.example'], KEYS);
  expect(refused.err).toMatch(/^--worker wants an address such as https/);
  const absent = await runTool(runAdmin, ['--worker', 'http://127.0.0.1:9'], KEYS);
  expect(absent.err).toBe('http://127.0.0.1:9 does not answer.\n');
});

test('without a token there is no door', async () => {
  await city.kill();
  await city.restart({ OPERATOR_TOKEN: '' });
  expect((await city.get('/operators/move')).status).toBe(404);
  expect((await ask(runAdmin)).err).toBe('There is no door here.\n');
  await city.kill();
  await city.restart({ OPERATOR_TOKEN: 'short' });
  expect((await ask(runAdmin)).err).toMatch(/^OPERATOR_TOKEN must have 32 characters/);
});
