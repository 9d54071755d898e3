// Who may import whom: the table of the architecture, checked by `npm run check -- boundaries`.
// What a row does not name is forbidden to it. `import type` counts like any other import.

const LIB = '^src/lib/';
const DOMAIN = '^src/domain/';
const LANGUAGES = '^src/languages/';
const STORE = '^src/store/';
const ACCOUNT = '^src/account/';
/** What a channel may know of fetching. */
const FETCH_PORT = '^src/media/public-fetch-port[.]ts$';
/** Generated from lexicons/. */
const LEXICONS = '^src/lexicons/';
const RECORDS = '^src/records/';
/** What it takes to stage a record, and nothing of publishing one. */
const STAGING = '^src/records/[^/]+[.]ts$|^src/records/kinds/';
/** Proves from the outside what the rest wrote, so it must not share what wrote it. */
const AUDIT = '^src/audit/';
const LIB_OF_AUDIT = '^src/lib/(clock|contacts|letters|text|wait)[.]ts$';
const REBUILD = '^src/rebuild/';
const BACKUP = '^src/backup/';
const SERVICES = '^src/services/';
const CONVERSATION = '^src/conversation/';
const COMMANDS = '^commands/';
const COMMAND_LIST = '^commands/index[.]ts$';
/** What a channel is, and what all channels do alike. */
const PORT = '^src/channels/[^/]+[.]ts$';
const A_CHANNEL = '^src/channels/([^/]+)/';
const THE_SAME_CHANNEL = '^src/channels/$1/';
const CHANNEL_SETTINGS = '^src/channels/[^/]+/settings[.]ts$';
const MEDIA = '^src/media/';
const INBOX = '^src/inbox/';
const OUTBOX = '^src/outbox/';
const WEB = '^src/web/';
const JOBS = '^src/jobs/';
const CONFIG = '^src/config/';
const CITY = '^src/city/';
/** The platform of a city on Node: what it needs of a machine. */
const NODE = '^src/node/';
/** What a city on Cloudflare stands on: its pictures and where they wait. */
const CLOUDFLARE = '^src/cloudflare/';
const SANDBOX = '^src/sandbox/';
/** The sandbox in a worker, which `npm run dev:worker` starts. */
const SANDBOX_WORKER = '^src/sandbox/worker[.]ts$';
/** What those who run a city ask of it, on its machine or through the door of a worker. */
const TOOLS = '^src/tools/';
const CLI = '^src/cli/';
const ROOTS = '^src/(main|worker)[.]ts$';
/** What puts things together, and may use any of them. */
const COMPOSITION = [ROOTS, CLI, CITY, NODE, CLOUDFLARE, SANDBOX];
const AMBIENT_TYPES = '[.]d[.]ts$';
const MIGRATIONS = '^migrations/';
const OURS = '^(src|commands|migrations)/';
/** Everything that a city is put together from. */
const PARTS = [
  ...[LIB, DOMAIN, LANGUAGES, STORE, ACCOUNT, RECORDS, AUDIT, REBUILD, BACKUP, SERVICES],
  ...[CONVERSATION, COMMANDS, PORT, A_CHANNEL, MEDIA, INBOX, OUTBOX, WEB, TOOLS, JOBS, CONFIG],
  ...[LEXICONS, MIGRATIONS],
];

/** `may`: of ours, besides itself; `not`: files with a row of their own; `mayTypes`: by `import type` only. */
export const TABLE = [
  { name: 'lib', of: LIB, may: [] },
  { name: 'domain', of: DOMAIN, may: [LIB] },
  { name: 'languages', of: LANGUAGES, may: [LIB] },
  { name: 'lexicons', of: LEXICONS, may: [] },
  { name: 'store', of: STORE, may: [LIB, MIGRATIONS], mayTypes: [DOMAIN, CONVERSATION] },
  { name: 'account', of: ACCOUNT, may: [LIB, STORE] },
  { name: 'records', of: RECORDS, may: [DOMAIN, STORE, ACCOUNT, LEXICONS, LIB] },
  { name: 'audit', of: AUDIT, may: [LEXICONS, LIB_OF_AUDIT] },
  { name: 'rebuild', of: REBUILD, may: [DOMAIN, STORE, RECORDS, LIB] },
  { name: 'backup', of: BACKUP, may: [DOMAIN, STORE, LIB] },
  { name: 'services', of: SERVICES, may: [DOMAIN, STORE, STAGING, LIB] },
  {
    name: 'conversation',
    of: CONVERSATION,
    may: [DOMAIN, LANGUAGES, LIB],
    mayTypes: [SERVICES],
  },
  { name: 'command', of: COMMANDS, alone: true, may: [CONVERSATION, SERVICES, DOMAIN, LIB] },
  { name: 'command-list', of: COMMAND_LIST, may: [COMMANDS, CONVERSATION] },
  { name: 'port', of: PORT, may: [LIB], mayTypes: [CONVERSATION, FETCH_PORT] },
  {
    name: 'channel',
    of: A_CHANNEL,
    itself: THE_SAME_CHANNEL,
    may: [PORT, MEDIA, ACCOUNT, LIB],
    mayTypes: [CONVERSATION],
  },
  { name: 'media', of: MEDIA, may: [LIB] },
  {
    name: 'inbox',
    of: INBOX,
    may: [CONVERSATION, SERVICES, STORE, LANGUAGES, LIB],
    // It hands over to the outbox, and is what a channel hands over to.
    mayTypes: [OUTBOX, PORT],
  },
  { name: 'outbox', of: OUTBOX, may: [CONVERSATION, STORE, LANGUAGES, LIB], mayTypes: [PORT] },
  { name: 'web', of: WEB, may: [TOOLS, SERVICES, STORE, RECORDS, DOMAIN, LANGUAGES, LIB] },
  {
    name: 'tools',
    of: TOOLS,
    may: [CONVERSATION, SERVICES, STORE, RECORDS, CONFIG, DOMAIN, LANGUAGES, LIB],
  },
  {
    name: 'jobs',
    of: JOBS,
    may: [CONVERSATION, SERVICES, STORE, RECORDS, BACKUP, INBOX, OUTBOX, DOMAIN, LIB],
  },
  {
    name: 'config',
    of: CONFIG,
    may: [DOMAIN, LANGUAGES, LIB],
    mayTypes: [STORE, CHANNEL_SETTINGS],
  },
  { name: 'city', of: CITY, may: PARTS },
  { name: 'node', of: NODE, may: [...PARTS, CITY] },
  { name: 'cloudflare', of: CLOUDFLARE, may: [...PARTS, CITY] },
  { name: 'sandbox', of: SANDBOX, may: [...PARTS, CITY, NODE, CLOUDFLARE] },
  { name: 'cli', of: CLI, may: [...PARTS, CITY, NODE, SANDBOX] },
  { name: 'roots', of: ROOTS, may: [OURS] },
];

const oursRules = TABLE.flatMap(({ name, of, not, itself = of, alone, may, mayTypes = [] }) => {
  const from = { path: of, pathNot: [name === 'command' ? COMMAND_LIST : not].filter(Boolean) };
  const allowed = [...(alone ? [] : [itself]), ...may, ...mayTypes];
  const imports = {
    name: `${name}-imports`,
    comment: `Of ours it may import only ${allowed.join(' ') || 'itself'}`,
    severity: 'error',
    from,
    to: { path: '^(src|commands|migrations|test|scripts)/', pathNot: allowed },
  };
  const types = {
    name: `${name}-imports-types`,
    comment: `It may import only types of ${mayTypes.join(' ')}`,
    severity: 'error',
    from,
    to: { path: mayTypes, dependencyTypesNot: ['type-only'] },
  };
  return mayTypes.length > 0 ? [imports, types] : [imports];
});

/** Packages that only the places named may import, besides the composition. */
const PACKAGES = [
  { packages: ['drizzle-orm'], places: [STORE] },
  { packages: ['better-sqlite3'], places: ['^src/store/open-node[.]ts$'] },
  { packages: ['hono'], places: [WEB] },
  { packages: ['@hono/node-server'], places: [] },
  { packages: ['grammy', '@grammyjs'], places: ['^src/channels/telegram/'] },
  { packages: ['twilio'], places: ['^src/channels/sms/'] },
  { packages: ['@skyware'], places: ['^src/channels/bluesky/'] },
  {
    packages: ['@atproto'],
    places: [ACCOUNT, RECORDS, AUDIT, REBUILD, LEXICONS, '^src/channels/bluesky/'],
  },
  { packages: ['@atproto-labs'], places: [MEDIA] },
  { packages: ['sharp'], places: [MEDIA] },
  { packages: ['@jsquash'], places: [CLOUDFLARE] },
];

const packageRules = PACKAGES.map(({ packages, places }) => ({
  name: `only-there-${packages[0]}`,
  comment: `Only ${[...places, ...COMPOSITION].join(' ')} may import ${packages.join(', ')}`,
  severity: 'error',
  from: { path: OURS, pathNot: [...places, ...COMPOSITION] },
  to: { path: `(^|/)node_modules/(@types/)?(${packages.join('|')})/` },
}));

/** The places that know Node; everything else also runs in workerd. */
const NODE_PLACES = [
  '^src/main[.]ts$',
  ...[CLI, NODE, SANDBOX],
  BACKUP,
  '^src/channels/[^/]+/',
  MEDIA,
  '^src/store/open-node[.]ts$',
];

/** What runs on Cloudflare, where none of these does. */
const DEPLOYED = ['^src/worker[.]ts$', CLOUDFLARE];
const IN_A_WORKER = [...DEPLOYED, SANDBOX_WORKER];
const NOT_IN_A_WORKER = [
  '^(node:)?(fs|child_process)(/|$)',
  '(^|/)node_modules/(sharp|better-sqlite3|pino|@atproto-labs/fetch-node)/',
  NODE,
];

const everywhereRules = [
  {
    name: 'node-modules-on-node',
    comment: `Only ${NODE_PLACES.join(' ')} may import node:*`,
    severity: 'error',
    from: { path: OURS, pathNot: NODE_PLACES },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'pure-without-node',
    comment: 'Parsing and rendering are pure',
    severity: 'error',
    from: { path: '^src/channels/.+/(parse|render)([.]ts$|/)' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'cloudflare-in-worker',
    comment: `Only ${IN_A_WORKER.join(' ')} may import cloudflare:*`,
    severity: 'error',
    from: { path: OURS, pathNot: IN_A_WORKER },
    to: { path: '^cloudflare:' },
  },
  {
    name: 'worker-without-node',
    comment:
      'Nothing that a worker reaches, by whatever way, may import it: it fails when it is started',
    severity: 'error',
    from: { path: IN_A_WORKER },
    to: { path: NOT_IN_A_WORKER, reachable: true },
  },
  {
    name: 'worker-without-sandbox',
    comment: 'A city that is deployed carries nothing of the sandbox',
    severity: 'error',
    from: { path: DEPLOYED },
    to: { path: SANDBOX, reachable: true },
  },
  {
    name: 'no-cycles',
    comment: 'It imports itself by way of others',
    severity: 'error',
    // The generated lexicons refer to one another as the lexicons do.
    from: { path: OURS, pathNot: LEXICONS },
    to: { circular: true },
  },
  {
    name: 'in-the-table',
    comment: 'A folder without a row in the table: add one before code',
    severity: 'error',
    from: {},
    to: {
      path: '^(src|commands)/',
      pathNot: [...TABLE.map(({ of }) => of), AMBIENT_TYPES],
    },
  },
  {
    name: 'found',
    comment: 'An import that leads nowhere escapes every other rule',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: '^cloudflare:' },
  },
];

export default {
  forbidden: [...oursRules, ...packageRules, ...everywhereRules],
  options: {
    parser: 'tsc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: '(^|/)node_modules/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
