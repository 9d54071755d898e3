import { dirname, relative } from 'node:path';
import { expect, test } from 'vitest';
import { checkBoundaries } from '../../scripts/boundaries.ts';
import { writeTree } from '../support/tree.ts';

/** One file for each row of the table, and for each place that a row makes a difference for. */
const FILES = {
  lib: 'src/lib/text.ts',
  domain: 'src/domain/task.ts',
  store: 'src/store/store.ts',
  openNode: 'src/store/open-node.ts',
  records: 'src/records/publisher.ts',
  staging: 'src/records/staging.ts',
  describe: 'src/records/describe/task.ts',
  services: 'src/services/join.ts',
  conversation: 'src/conversation/router.ts',
  language: 'src/conversation/language/en.ts',
  command: 'commands/join.ts',
  otherCommand: 'commands/drop.ts',
  commandList: 'commands/index.ts',
  port: 'src/channels/channel.ts',
  sms: 'src/channels/sms/send.ts',
  smsParse: 'src/channels/sms/parse.ts',
  telegram: 'src/channels/telegram/send.ts',
  bluesky: 'src/channels/bluesky/send.ts',
  sandbox: 'src/channels/sandbox/send.ts',
  media: 'src/media/fetch.ts',
  inbox: 'src/inbox/processor.ts',
  outbox: 'src/outbox/relay.ts',
  web: 'src/web/pages.ts',
  jobs: 'src/jobs/expire.ts',
  config: 'src/config.ts',
  tool: 'src/cli/audit.ts',
  main: 'src/main.ts',
  core: 'src/compose/core.ts',
  worker: 'src/worker.ts',
} as const;
type Place = keyof typeof FILES;
const PLACES = Object.keys(FILES) as Place[];

const CONVERSATION: readonly Place[] = ['conversation', 'language'];
const STORE: readonly Place[] = ['store', 'openNode'];
const RECORDS: readonly Place[] = ['records', 'staging', 'describe'];

/** The table of the architecture, said once more in words of its own. */
const MAY: Record<Place, readonly Place[]> = {
  lib: [],
  domain: ['lib'],
  store: [...STORE, 'lib'],
  openNode: [...STORE, 'lib'],
  records: [...RECORDS, ...STORE, 'domain', 'lib'],
  staging: [...RECORDS, ...STORE, 'domain', 'lib'],
  describe: [...RECORDS, ...STORE, 'domain', 'lib'],
  services: [...STORE, 'staging', 'describe', 'domain', 'lib'],
  conversation: [...CONVERSATION, 'domain', 'lib'],
  language: [...CONVERSATION, 'domain', 'lib'],
  command: [...CONVERSATION, 'services', 'domain', 'lib'],
  otherCommand: [...CONVERSATION, 'services', 'domain', 'lib'],
  commandList: [...CONVERSATION, 'command', 'otherCommand'],
  port: ['lib'],
  sms: ['smsParse', 'port', 'media', 'lib'],
  smsParse: ['sms', 'port', 'media', 'lib'],
  telegram: ['port', 'media', 'lib'],
  bluesky: ['port', 'media', 'lib'],
  sandbox: ['port', 'media', 'lib'],
  media: ['lib'],
  inbox: [...CONVERSATION, ...STORE, 'services', 'lib'],
  outbox: [...CONVERSATION, ...STORE, 'lib'],
  web: [...STORE, ...RECORDS, 'services', 'domain', 'language', 'lib'],
  jobs: [...CONVERSATION, ...STORE, ...RECORDS, 'services', 'inbox', 'outbox', 'domain', 'lib'],
  config: ['domain', 'language', 'lib'],
  tool: [
    ...[
      ...CONVERSATION,
      ...STORE,
      ...RECORDS,
      'command',
      'otherCommand',
      'commandList',
      'services',
    ],
    ...['domain', 'media', 'inbox', 'outbox', 'jobs', 'config', 'core', 'lib'],
  ] as readonly Place[],
  main: PLACES,
  core: PLACES,
  worker: PLACES,
};
const MAY_TYPES: Partial<Record<Place, readonly Place[]>> = {
  inbox: ['outbox', 'port'],
  config: STORE,
  store: ['domain'],
  openNode: ['domain'],
  port: CONVERSATION,
  sms: CONVERSATION,
  smsParse: CONVERSATION,
  telegram: CONVERSATION,
  bluesky: CONVERSATION,
  sandbox: CONVERSATION,
  outbox: ['port'],
};

const ROOTS: readonly Place[] = ['main', 'core', 'worker', 'tool'];
/** Who may import a module that is not ours. */
const WHO_MAY: Record<string, readonly Place[]> = {
  'drizzle-orm': [...STORE, ...ROOTS],
  'better-sqlite3': ['openNode', ...ROOTS],
  hono: ['web', ...ROOTS],
  '@hono/node-server': ROOTS,
  grammy: ['telegram', ...ROOTS],
  twilio: ['sms', 'smsParse', ...ROOTS],
  '@skyware/bot': ['bluesky', ...ROOTS],
  '@atproto/api': [...RECORDS, 'bluesky', 'sandbox', ...ROOTS],
  '@atproto-labs/fetch-node': ['media', ...ROOTS],
  sharp: ['media', ...ROOTS],
  'date-fns': PLACES,
  'node:fs': ['main', 'tool', 'core', 'sms', 'telegram', 'bluesky', 'sandbox', 'media', 'openNode'],
  'cloudflare:workers': ['worker'],
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
  const others: readonly Place[] = [
    'domain',
    'store',
    'records',
    'staging',
    'describe',
    'services',
  ];
  const mine = 'src/records/audit/rules/ledger.ts';
  const lexicons = 'src/records/lexicons/transfer.ts';
  const way = (to: string) => relative(dirname(mine), to);
  const ledgerLib = ['src/lib/ids.ts', 'src/lib/cid.ts'];
  const forbidden = [...others.map((place) => FILES[place]), ...ledgerLib].sort();
  const allowed = [lexicons, 'src/lib/clock.ts', 'src/records/audit/tree.ts'];
  const found = await violations({
    ...Object.fromEntries([...forbidden, ...allowed].map((file) => [file, ''])),
    [mine]: [...forbidden, ...allowed].map((file) => `import '${way(file)}';\n`).join(''),
    'src/records/rebuild/rebuild.ts': "import '../audit/rules/ledger.ts';",
  });
  expect(pairs(found)).toEqual(forbidden.map((file) => `${mine} → ${file}`));
});

test('an import at run time and an import inside a type are seen too', async () => {
  const found = await violations({
    [FILES.domain]: `export const load = () => import('../services/join.ts');`,
    [FILES.lib]: `export type Join = import('../services/join.ts').Join;`,
    [FILES.conversation]: `export type { Join } from '../services/join.ts';`,
    [FILES.services]: 'export type Join = string;',
  });
  expect(pairs(found)).toEqual([
    'src/conversation/router.ts → src/services/join.ts',
    'src/domain/task.ts → src/services/join.ts',
    'src/lib/text.ts → src/services/join.ts',
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
