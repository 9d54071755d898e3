import { dirname, relative } from 'node:path';
import { expect, test } from 'vitest';
import { checkBoundaries } from '../../scripts/boundaries.ts';
import { writeTree } from '../support/tree.ts';

/** One file for each row of the table, and for each place that a row makes a difference for. */
const FILES = {
  lib: 'src/lib/text.ts',
  domain: 'src/domain/task.ts',
  languages: 'src/languages/en/texts.ts',
  lexicons: 'src/lexicons/org/task.ts',
  store: 'src/store/store.ts',
  openNode: 'src/store/open-node.ts',
  account: 'src/account/session.ts',
  publisher: 'src/records/publisher/publisher.ts',
  staging: 'src/records/staging.ts',
  kinds: 'src/records/kinds/task.ts',
  audit: 'src/audit/audit.ts',
  rebuild: 'src/rebuild/rebuild.ts',
  backup: 'src/backup/backups.ts',
  services: 'src/services/tasks/join-task.ts',
  conversation: 'src/conversation/router.ts',
  command: 'commands/resident/join.ts',
  otherCommand: 'commands/resident/drop.ts',
  commandList: 'commands/index.ts',
  port: 'src/channels/channel.ts',
  sms: 'src/channels/sms/send.ts',
  smsParse: 'src/channels/sms/parse.ts',
  telegram: 'src/channels/telegram/send.ts',
  bluesky: 'src/channels/bluesky/out/send.ts',
  media: 'src/media/fetch.ts',
  inbox: 'src/inbox/processor.ts',
  outbox: 'src/outbox/relay.ts',
  web: 'src/web/app.ts',
  jobs: 'src/jobs/expire.ts',
  config: 'src/config/config.ts',
  city: 'src/city/city.ts',
  node: 'src/node/machine.ts',
  cloudflare: 'src/cloudflare/pictures.ts',
  sandbox: 'src/sandbox/sandbox.ts',
  sandboxWorker: 'src/sandbox/worker.ts',
  tool: 'src/cli/audit.ts',
  main: 'src/main.ts',
  worker: 'src/worker.ts',
} as const;
type Place = keyof typeof FILES;
const PLACES = Object.keys(FILES) as Place[];

const STORE: readonly Place[] = ['store', 'openNode'];
const STAGING: readonly Place[] = ['staging', 'kinds'];
const RECORDS: readonly Place[] = [...STAGING, 'publisher'];
const OF_RECORDS: readonly Place[] = [...STORE, 'account', 'lexicons', 'domain', 'lib'];
const COMMANDS: readonly Place[] = ['command', 'otherCommand', 'commandList'];
const OF_A_COMMAND: readonly Place[] = ['conversation', 'services', 'domain', 'lib'];
const OF_A_CHANNEL: readonly Place[] = ['port', 'media', 'account', 'lib'];
/** What puts things together, which nothing below it may import. */
const COMPOSITION: readonly Place[] = [
  ...['city', 'node', 'cloudflare', 'sandbox', 'sandboxWorker', 'tool', 'main', 'worker'],
] as readonly Place[];
/** What runs in workerd, with all that it reaches. */
const IN_A_WORKER: readonly Place[] = ['cloudflare', 'sandboxWorker', 'worker'];
const outsideOfWorkers = (places: readonly Place[]): readonly Place[] =>
  places.filter((place) => !IN_A_WORKER.includes(place));
const PARTS = PLACES.filter((place) => !COMPOSITION.includes(place));

/** The table of the architecture, said once more in words of its own. */
const MAY: Record<Place, readonly Place[]> = {
  lib: [],
  domain: ['lib'],
  languages: ['lib'],
  lexicons: [],
  store: [...STORE, 'lib'],
  openNode: [...STORE, 'lib'],
  account: [...STORE, 'lib'],
  publisher: [...RECORDS, ...OF_RECORDS],
  staging: [...RECORDS, ...OF_RECORDS],
  kinds: [...RECORDS, ...OF_RECORDS],
  audit: ['lexicons', 'lib'],
  rebuild: [...STORE, ...RECORDS, 'domain', 'lib'],
  backup: [...STORE, 'domain', 'lib'],
  services: [...STORE, ...STAGING, 'domain', 'lib'],
  conversation: ['languages', 'domain', 'lib'],
  command: OF_A_COMMAND,
  otherCommand: OF_A_COMMAND,
  commandList: [...COMMANDS, 'conversation'],
  port: ['lib'],
  sms: ['smsParse', ...OF_A_CHANNEL],
  smsParse: ['sms', ...OF_A_CHANNEL],
  telegram: OF_A_CHANNEL,
  bluesky: OF_A_CHANNEL,
  media: ['lib'],
  inbox: [...STORE, 'conversation', 'services', 'languages', 'lib'],
  outbox: [...STORE, 'conversation', 'languages', 'lib'],
  web: [...STORE, ...RECORDS, 'services', 'domain', 'languages', 'lib'],
  jobs: [
    ...[...STORE, ...RECORDS, 'conversation', 'services', 'backup', 'inbox', 'outbox'],
    ...['domain', 'lib'],
  ] as readonly Place[],
  config: ['domain', 'languages', 'lib'],
  city: PARTS,
  node: [...PARTS, 'city'],
  cloudflare: [...PARTS, 'city'],
  sandbox: [...PARTS, 'city', 'node', 'cloudflare', 'sandboxWorker'],
  sandboxWorker: [...PARTS, 'city', 'cloudflare', 'sandbox'],
  tool: [...PARTS, 'city', 'node', 'sandbox', 'sandboxWorker'],
  main: PLACES,
  worker: PLACES.filter((place) => !['node', 'sandbox', 'sandboxWorker'].includes(place)),
};
const MAY_TYPES: Partial<Record<Place, readonly Place[]>> = {
  store: ['domain', 'conversation'],
  openNode: ['domain', 'conversation'],
  conversation: ['services'],
  port: ['conversation'],
  sms: ['conversation'],
  smsParse: ['conversation'],
  telegram: ['conversation'],
  bluesky: ['conversation'],
  inbox: ['outbox', 'port'],
  outbox: ['port'],
  config: STORE,
};

/** Who may import a module that is not ours. */
const WHO_MAY: Record<string, readonly Place[]> = {
  'drizzle-orm': [...STORE, ...COMPOSITION],
  'better-sqlite3': ['openNode', ...outsideOfWorkers(COMPOSITION)],
  hono: ['web', ...COMPOSITION],
  '@hono/node-server': COMPOSITION,
  grammy: ['telegram', ...COMPOSITION],
  twilio: ['sms', 'smsParse', ...COMPOSITION],
  '@skyware/bot': ['bluesky', ...COMPOSITION],
  '@atproto/api': [
    ...['account', 'audit', 'rebuild', 'lexicons', 'bluesky'],
    ...[...RECORDS, ...COMPOSITION],
  ] as readonly Place[],
  '@atproto-labs/fetch-node': ['media', ...outsideOfWorkers(COMPOSITION)],
  sharp: ['media', ...outsideOfWorkers(COMPOSITION)],
  '@jsquash/jpeg': COMPOSITION,
  pino: outsideOfWorkers(PLACES),
  'date-fns': PLACES,
  'node:fs': [
    ...['main', 'tool', 'node', 'sandbox', 'backup', 'sms', 'telegram', 'bluesky', 'media'],
    'openNode',
  ] as readonly Place[],
  'cloudflare:workers': IN_A_WORKER,
};

/** Writes the files into a new tree and answers with each broken rule as `file → file (rule)`. */
async function violations(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const root = await writeTree(files);
  const folders = ['src', 'commands'].filter((folder) =>
    Object.keys(files).some((path) => path.startsWith(`${folder}/`)),
  );
  const { output } = await checkBoundaries(folders, { root, format: 'json' });
  const { summary } = JSON.parse(output) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] };
  };
  return summary.violations.map(({ from, to, rule }) => `${from} → ${to} (${rule.name})`);
}

/** Pairs of files without the rule, for rules other than the one about cycles, sorted. */
function pairs(found: readonly string[]): readonly string[] {
  const others = found.filter((line) => !line.endsWith('(no-cycles)'));
  return [...new Set(others.map((line) => line.replace(/ \(.*$/, '')))].sort();
}

function path(from: Place, to: Place): string {
  const way = relative(dirname(FILES[from]), FILES[to]);
  return way.startsWith('.') ? way : `./${way}`;
}

/** A tree in which every place imports every other one. */
function everyoneImportsEveryone(statement: (way: string) => string): Record<string, string> {
  return Object.fromEntries(
    PLACES.map((from) => [
      FILES[from],
      PLACES.filter((to) => to !== from)
        .map((to) => `${statement(path(from, to))}\n`)
        .join(''),
    ]),
  );
}

function forbiddenPairs(may: (from: Place) => readonly Place[]): readonly string[] {
  return PLACES.flatMap((from) =>
    PLACES.filter((to) => to !== from && !may(from).includes(to)).map(
      (to) => `${FILES[from]} → ${FILES[to]}`,
    ),
  ).sort();
}

test('what the table does not name is refused, and nothing else', async () => {
  const found = await violations(everyoneImportsEveryone((way) => `import '${way}';`));
  expect(pairs(found)).toEqual(forbiddenPairs((from) => MAY[from]));
});

test('types are refused like the rest, but where the table says types', async () => {
  const found = await violations(
    everyoneImportsEveryone((way) => `import type { Some } from '${way}';`),
  );
  expect(pairs(found)).toEqual(
    forbiddenPairs((from) => [...MAY[from], ...(MAY_TYPES[from] ?? [])]),
  );
});

test('the audit shares nothing with what wrote the records', async () => {
  const others: readonly Place[] = ['domain', 'store', 'publisher', 'staging', 'kinds', 'services'];
  const mine = 'src/audit/rules/ledger.ts';
  const way = (to: string) => relative(dirname(mine), to);
  const ledgerLib = ['src/lib/ids.ts', 'src/lib/cid.ts'];
  const forbidden = [...others.map((place) => FILES[place]), ...ledgerLib].sort();
  const allowed = ['src/lexicons/transfer.ts', 'src/lib/clock.ts', 'src/audit/tree.ts'];
  const found = await violations({
    ...Object.fromEntries([...forbidden, ...allowed].map((file) => [file, ''])),
    [mine]: [...forbidden, ...allowed].map((file) => `import '${way(file)}';\n`).join(''),
  });
  expect(pairs(found)).toEqual(forbidden.map((file) => `${mine} → ${file}`).sort());
});

test('an import at run time and an import inside a type are seen too', async () => {
  const found = await violations({
    [FILES.domain]: `export const load = () => import('../services/tasks/join-task.ts');`,
    [FILES.lib]: `export type Join = import('../services/tasks/join-task.ts').Join;`,
    [FILES.media]: `export type { Join } from '../services/tasks/join-task.ts';`,
    [FILES.services]: 'export type Join = string;',
  });
  expect(pairs(found)).toEqual([
    'src/domain/task.ts → src/services/tasks/join-task.ts',
    'src/lib/text.ts → src/services/tasks/join-task.ts',
    'src/media/fetch.ts → src/services/tasks/join-task.ts',
  ]);
});

test('a package, Node and Cloudflare are imported only where they belong', async () => {
  const files: Record<string, string> = Object.fromEntries(
    PLACES.map((place) => [
      FILES[place],
      Object.keys(WHO_MAY)
        .map((name) => `import '${name}';\n`)
        .join(''),
    ]),
  );
  const packages = Object.keys(WHO_MAY).filter((name) => !/^(node|cloudflare):/.test(name));
  for (const name of packages) {
    files[`node_modules/${name}/package.json`] = JSON.stringify({ name, main: 'index.js' });
    files[`node_modules/${name}/index.js`] = '';
  }
  const found = pairs(await violations(files)).map((line) =>
    line.replace(/node_modules\/(.*)\/index\.js$/, '$1').replace(/→ fs$/, '→ node:fs'),
  );
  const forbidden = PLACES.flatMap((place) =>
    Object.entries(WHO_MAY)
      .filter(([, may]) => !may.includes(place))
      .map(([name]) => `${FILES[place]} → ${name}`),
  );
  expect([...found].sort()).toEqual(forbidden.sort());
});

test('what fails in a worker is not reached from there, by whatever way', async () => {
  const found = await violations({
    [FILES.worker]: `import './cloudflare/pictures.ts';`,
    [FILES.cloudflare]: `import '../media/fetch.ts';`,
    [FILES.media]: `import 'node:fs';`,
    [FILES.main]: `import './media/fetch.ts';`,
  });
  expect(pairs(found)).toEqual(['src/cloudflare/pictures.ts → fs', 'src/worker.ts → fs']);
});

test('a worker that is deployed reaches nothing of the sandbox', async () => {
  const found = await violations({
    [FILES.worker]: `import './cli/audit.ts';`,
    [FILES.tool]: `import '../sandbox/sandbox.ts';`,
    [FILES.sandboxWorker]: `import './sandbox.ts';`,
    [FILES.sandbox]: '',
  });
  expect(pairs(found)).toEqual(['src/worker.ts → src/sandbox/sandbox.ts']);
});

test('files that import one another in a circle are refused', async () => {
  const found = await violations({
    'src/domain/a.ts': `import './b.ts';`,
    'src/domain/b.ts': `import './a.ts';`,
  });
  expect(found).toContain('src/domain/a.ts → src/domain/b.ts (no-cycles)');
});

test('a folder that the table does not know is refused', async () => {
  const found = await violations({
    'src/main.ts': `import './helpers/things.ts';`,
    'src/helpers/things.ts': '',
  });
  expect(found).toEqual(['src/main.ts → src/helpers/things.ts (in-the-table)']);
});

test('an import that leads nowhere is refused', async () => {
  const found = await violations({ [FILES.domain]: `import './gone.ts';` });
  expect(found).toEqual(['src/domain/task.ts → ./gone.ts (found)']);
});

test('code that runs imports neither tests nor scripts', async () => {
  const found = await violations({
    'src/main.ts': `import '../test/support/store.ts';\nimport '../scripts/run.ts';`,
    'test/support/store.ts': '',
    'scripts/run.ts': '',
  });
  expect(pairs(found)).toEqual([
    'src/main.ts → scripts/run.ts',
    'src/main.ts → test/support/store.ts',
  ]);
});
