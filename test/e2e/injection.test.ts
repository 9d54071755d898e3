// What strangers type into every field that others see or read: it comes out as the text that it is,
// on pages, in files, in records, in the log and among the metrics, and none of it does anything.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { parseCsv } from '../support/csv.ts';
import { prove } from '../support/prove.ts';
import { publicPlaces } from '../support/public-places.ts';
import { fetchRepository, type PublicRepository } from '../support/repository.ts';
import { openSandbox, type TestSandbox } from '../support/sandbox.ts';

/** `;` parts the fields of a line, and a break ends a message of some: here is none of either. */
const PAYLOADS = {
  html: `<script>alert(1)</script><img src=x onerror=alert(1)>`,
  attribute: `" onmouseover="alert(1)" x='`,
  entity: `&lt&#60script>alert(2)</script>`,
  formula: `=HYPERLINK("http://evil.example","a")`,
  command: `@SUM(1+1)*cmd|' /C calc'!A0`,
  label: `x"} 1 city_forged{a="b`,
  markdown: `[a](https://evil.example) *b* _c_ <b>d</b> \`e\``,
  bidi: `gnp.\u202ecod\u2066 \u200f\u202d`,
  unseen: `a\u0000b\u0007c\u001b[31md\u0085e\ufeff`,
  sql: `Robert'), (1, 2) -- '' " DROP TABLE persons`,
  template: `\${1+1} {credits} {{7*7}} %s %d <%= 1 %> __proto__`,
  log: `x","level":60,"msg":"forged","a":"`,
  path: `../../etc/passwd%00%2e%2e%2f`,
} as const;
type Payload = keyof typeof PAYLOADS;
const NAMES = Object.keys(PAYLOADS) as Payload[];
/** Fields that break lines, for those that may: a break begins a metric, a log line, a header. */
const BREAKING = `x\r\nSet-Cookie: a=b\r\n\r\ncity_forged 1\n{"level":60,"msg":"forged"}`;

/** A line of the text format of Prometheus. */
const METRIC =
  /^(?:# (?:HELP|TYPE) .+|\w+(?:\{(?:\w+="(?:[^"\\\n]|\\.)*",?)*\})? (?:[-+]?[\d.]+(?:e[-+]?\d+)?|NaN|[-+]Inf))$/;

let sandbox: TestSandbox;
let repository: PublicRepository;
let places: Readonly<Record<string, string | Uint8Array>>;

async function invite(kind: 'issuer' | 'redeemer', name: string, at: number): Promise<void> {
  const admin = sandbox.phone('sms', SEEDED.admin);
  const token = /ACCEPT [0-9A-Z-]+/.exec(
    await prove((text) => admin.ask(text), `INVITE ${kind} ${name}`),
  )?.[0];
  const partner = sandbox.phone('sms', `+1510557${kind === 'issuer' ? 1 : 2}${100 + at}`);
  await partner.ask(token ?? '');
}

beforeAll(async () => {
  sandbox = await openSandbox();
  const organizer = sandbox.phone('sms', SEEDED.organizer);
  const cafe = sandbox.phone('sms', SEEDED.redeemer);
  const resident = sandbox.phone('telegram', '7000931337');
  for (const text of ['HI', 'OK']) await resident.ask(text);
  for (const [at, name] of NAMES.entries()) {
    const text = PAYLOADS[name];
    await invite('issuer', text, at);
    await invite('redeemer', `${text} 2`, at);
    await organizer.ask(`ANNOUNCE ${text}; 1; any time until in 7 days; ${text}; 3`);
    const task = /task (\d+)/.exec(await organizer.ask('OK'))?.[1];
    await cafe.ask(`OFFER ${text}; 5`);
    await resident.ask(`JOIN ${task}`);
    const sent = await resident.ask(`DONE ${task} ${text} ${BREAKING}`);
    if (/public/i.test(sent)) await resident.ask('OK');
    const review = await organizer.ask('REVIEW');
    const number = /\b(\d+)\b/.exec(review)?.[1];
    await organizer.ask(`APPROVE ${number} ${text} ${BREAKING}`);
  }
  await sandbox.idle();
  repository = await fetchRepository(await sandbox.network());
  places = await publicPlaces(sandbox, repository);
});
afterAll(() => sandbox.stop());

const valuesOf = (collection: string, field: string): unknown[] =>
  repository.of(collection).flatMap(({ value }) => value[field] ?? []);
const textOf = (place: string): string => String(places[place]);
const pages = () => Object.entries(places).filter(([name]) => name.startsWith('the page'));

describe('what strangers typed', () => {
  it('got into every field', () => {
    const counts = {
      partner: valuesOf(COLLECTIONS.partner, 'name').length,
      title: valuesOf(COLLECTIONS.task, 'title').length,
      place: valuesOf(COLLECTIONS.location, 'name').length,
      offer: valuesOf(COLLECTIONS.offer, 'title').length,
      evidence: valuesOf(COLLECTIONS.evidence, 'description').length,
      review: valuesOf(COLLECTIONS.review, 'note').length,
    };
    for (const count of Object.values(counts)) {
      expect(count).toBeGreaterThanOrEqual(NAMES.length);
    }
  });

  it('is a text on every page, and no element', () => {
    expect(pages().length).toBeGreaterThan(2 * NAMES.length);
    for (const [name, page] of pages()) {
      expect([name, String(page)]).toEqual([
        name,
        expect.not.stringMatching(/<script>alert|<img src=x|onmouseover="|<b>d/i),
      ]);
    }
    expect(textOf('the page /?lang=en')).toContain('&lt;script&gt;alert(1)');
  });

  it('is no formula in a file, and breaks neither CSV nor JSON', () => {
    const files = Object.entries(places).filter(([name]) => name.startsWith('/export/'));
    const csv = files.filter(([name]) => name.endsWith('.csv'));
    expect(csv.length).toBeGreaterThan(4);
    for (const [name, content] of csv) {
      const [columns = [], ...rows] = parseCsv(String(content));
      expect(new Set(rows.map((row) => row.length))).toEqual(
        new Set(rows.length === 0 ? [] : [columns.length]),
      );
      const cells = rows.flat().filter((cell) => !/^-?\d+$/.test(cell));
      expect([name, cells.filter((cell) => /^[\s\p{C}]*[=+\-@＝＋－＠]/u.test(cell))]).toEqual([
        name,
        [],
      ]);
    }
    for (const [name, content] of files) {
      if (name.endsWith('.json')) expect(Array.isArray(JSON.parse(String(content)))).toBe(true);
    }
  });

  it('is nowhere among the metrics', () => {
    const lines = textOf('/metrics')
      .split('\n')
      .filter((line) => line !== '');
    for (const line of lines) {
      expect(line).toMatch(METRIC);
    }
    expect(lines.filter((line) => /forged|evil|alert/.test(line))).toEqual([]);
  });

  it('makes no line of the log', () => {
    const lines = sandbox
      .logged()
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '');
    for (const line of lines) expect(JSON.parse(line)).not.toMatchObject({ msg: 'forged' });
    expect(lines.filter((line) => /forged|evil\.example|alert\(/.test(line))).toEqual([]);
  });

  it('has nothing unseen in a record that turns or hides what is read', async () => {
    const text = await repository.text();
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\ufeff]|\\u0000|\\u001b|\\u0007/i);
    expect(valuesOf(COLLECTIONS.task, 'title')).toContain(PAYLOADS.sql);
  });

  it('made no header, and every page forbids what it did not bring itself', async () => {
    for (const path of ['/', '/tasks/4', '/export/tasks.csv', '/healthz', '/nothing-here']) {
      const { headers } = await fetch(`${sandbox.url}${path}`);
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe-inline|\*/);
    }
  });
});
