/**
 * `npm run rebuild -- <did | file.car> [--backup file]`: makes the database of a city anew from its
 * public record. 0: it is there; 1: the public record is broken, and nothing was made; 2: it could
 * not be done.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BackupError, readBackup, readFacts } from '../compose/backup-file.ts';
import { ConfigError, readEnvironment, readNetwork } from '../config.ts';
import { CITY_CREDITS } from '../domain/city.ts';
import { systemClock } from '../lib/clock.ts';
import { createKeys } from '../lib/crypto.ts';
import { systemRandom } from '../lib/random.ts';
import { type AuditOptions, auditOpened } from '../records/audit/audit.ts';
import type { Sink } from '../records/audit/bytes.ts';
import { openRepository, type Where } from '../records/audit/fetch-repository.ts';
import { AuditError, type Finding } from '../records/audit/findings.ts';
import { printable } from '../records/audit/report.ts';
import type { Repository } from '../records/audit/repository.ts';
import { UnusableRecord } from '../records/rebuild/fields.ts';
import type { RebuildSource } from '../records/rebuild/filler.ts';
import { rebuild } from '../records/rebuild/rebuild.ts';
import { rebuildLines } from '../records/rebuild/report.ts';
import { ledgerReads } from '../store/ledger.ts';
import { buildDatabase } from '../store/open-node.ts';
import { privateRestore, publicRestore, restoredFacts } from '../store/restore.ts';
import { createFile, openFile } from './file-bytes.ts';
import { createNetwork, sha256 } from './network.ts';
import { createProgress } from './progress.ts';

const USAGE = `npm run rebuild -- <did | handle | file.car>
  --backup file        what only the database knew, from \`npm run backup\`
  --despite-findings   although the audit finds the public record broken, or cannot check who signed
                       it: what cannot be restored is left out`;

const EXIT = { broken: 1, undone: 2 } as const;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const LABELS = {
  fetch: { doing: 'Fetched', show: megabytes },
  verify: { doing: 'Verified', show: megabytes },
  tree: { doing: 'Found records:' },
  records: { doing: 'Looked at records:' },
  posts: { doing: 'Asked for posts:' },
  blobs: { doing: 'Fetched pictures:' },
  restore: { doing: 'Restored records:' },
};

/** Something that a person can set right; the message says what. */
class RebuildError extends Error {
  override readonly name = 'RebuildError';
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        backup: { type: 'string' },
        'despite-findings': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const [what, ...more] = positionals;
    if (values.help) return undefined;
    if (what === undefined || more.length > 0) throw new Error('Name one account or file.');
    return { what, backup: values.backup, isTolerant: values['despite-findings'] };
  } catch (cause) {
    throw new RebuildError((cause as Error).message, { cause });
  }
}

/** A backup that is whole and can be opened; reading it through costs little beside the rest. */
async function openBackup(path: string, secretKey: Uint8Array | undefined) {
  if (secretKey === undefined) {
    throw new RebuildError('SECRET_KEY is missing. The backup was encrypted with the city’s.');
  }
  if (!existsSync(path)) throw new RebuildError(`There is no backup at ${path}.`);
  const facts = readFacts(path);
  const keys = createKeys(secretKey, systemRandom);
  const pages = () => readBackup(path, keys);
  for await (const _page of pages()) {
    // Read for its errors alone.
  }
  return { path, pages, ...facts };
}

const sourceOf = (repository: Repository): RebuildSource => ({
  did: repository.did,
  *records(collection) {
    const keys = repository.collections.get(collection);
    if (keys === undefined) return;
    for (const [at, rkey] of keys.rkeys.entries()) {
      const value = repository.value(keys, at);
      if (value !== undefined) yield { collection, rkey, cid: repository.cid(keys, at), value };
    }
  },
});

/**
 * A decision is published a few records at a time. When the city died in between, its newest
 * review or burn stands alone, and the city completes it when it starts.
 */
function isUnfinished(repository: Repository, { code, uri }: Finding): boolean {
  if (code !== 'issue-missing' && code !== 'burn-unredeemed') return false;
  const [collection = '', rkey] = uri.slice(`at://${repository.did}/`.length).split('/');
  return repository.collections.get(collection)?.rkeys.at(-1) === rkey;
}

/** The public record is broken, and nobody said to go on. */
class BrokenRecord extends Error {
  override readonly name = 'BrokenRecord';
}

function refuseBroken([first, ...more]: readonly Finding[]): void {
  if (first === undefined) return;
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
  throw new BrokenRecord(
    `${printable(first.uri)}\n  ${first.code}: ${printable(first.sentence)}\n` +
      `The public record is broken here${others}, so nothing was made. \`npm run audit\` tells all ` +
      'of it; --despite-findings goes on all the same.',
  );
}

type Closing = (() => void)[];

/** Where the repository comes from: a file, or the network by way of a file of its own. */
function openWhere(what: string, closing: Closing): { where: Where; sink?: Sink } {
  if (what.endsWith('.car')) {
    if (!existsSync(what)) throw new RebuildError(`There is no file ${what}.`);
    const { bytes, close } = openFile(what);
    closing.push(close);
    return { where: { car: bytes } };
  }
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-rebuild-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const { sink, close } = createFile(join(folder, 'repository.car'));
  closing.push(close);
  return { where: { account: what.replace(/^@/, '') }, sink };
}

type Given = NonNullable<ReturnType<typeof readArguments>>;

/** Verifies, builds, and answers what to say. */
async function make(
  { what, backup: backupPath, isTolerant }: Given,
  progress: ReturnType<typeof createProgress<keyof typeof LABELS>>,
  closing: Closing,
): Promise<readonly string[]> {
  const { databasePath, secretKey } = readEnvironment(process.env);
  if (existsSync(databasePath)) {
    throw new RebuildError(
      `There is something at ${databasePath} already. Move it away, or set DATABASE_PATH.`,
    );
  }
  const backup = backupPath === undefined ? undefined : await openBackup(backupPath, secretKey);
  const { where, sink } = openWhere(what, closing);
  const options: AuditOptions = {
    ...createNetwork(readNetwork(process.env)),
    sha256,
    clock: systemClock,
    isOffline: isTolerant && 'car' in where,
    progress: progress.tell,
    ...(sink === undefined ? {} : { sink }),
  };
  const opened = await openRepository(where, options);
  const { repository } = opened;
  if (backup !== undefined && backup.city !== repository.did) {
    throw new RebuildError(`${backup.path} is a backup of another city, ${backup.city}.`);
  }
  const { findings } = await auditOpened(opened, options);
  const broken = findings.list.filter((finding) => !isUnfinished(repository, finding));
  if (!isTolerant) refuseBroken(broken);
  return await buildDatabase(databasePath, async (db) => {
    const rebuilt = await rebuild({
      source: sourceOf(repository),
      restore: publicRestore(db),
      random: systemRandom,
      tolerant: isTolerant,
      // Each is restored as a record, and as what it says.
      progress: (done) => progress.tell('restore', done / 2, repository.count),
      ...(backup === undefined
        ? {}
        : { backup: { pages: backup.pages(), apply: privateRestore(db) } }),
    });
    const ledger = ledgerReads(db);
    return rebuildLines({
      path: databasePath,
      did: repository.did,
      rev: repository.rev,
      rebuilt,
      facts: restoredFacts(db),
      head: ledger.head(),
      totals: ledger.totals(CITY_CREDITS).map(({ kind, creditsPosted, debitsPosted }) => ({
        kind,
        credits: creditsPosted - debitsPosted,
      })),
      backup,
      overlooked: broken.length,
      isUnfinished: findings.list.length > broken.length,
    });
  });
}

async function run(): Promise<void> {
  const given = readArguments();
  if (given === undefined) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const closing: Closing = [];
  const progress = createProgress(LABELS);
  try {
    const lines = await make(given, progress, closing);
    progress.clear();
    process.stdout.write(`${lines.map(printable).join('\n')}\n`);
  } finally {
    progress.clear();
    for (const close of closing.reverse()) close();
  }
}

/** Errors that say themselves what to do. */
const SENTENCES = [
  AuditError,
  BackupError,
  BrokenRecord,
  ConfigError,
  RebuildError,
  UnusableRecord,
];

run().catch((error: Error) => {
  const isBroken = error instanceof BrokenRecord;
  const isSentence = SENTENCES.some((kind) => error instanceof kind);
  const said = isBroken ? error.message : isSentence ? printable(error.message) : error.stack;
  process.stderr.write(`${said}\n`);
  process.exitCode = isBroken ? EXIT.broken : EXIT.undone;
});
