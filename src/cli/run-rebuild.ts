/** Runs the rebuild that `npm run rebuild` is asked for by its arguments. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type AuditOptions, auditOpened } from '../audit/audit.ts';
import type { Sink } from '../audit/bytes.ts';
import { openRepository, type Where } from '../audit/fetch-repository.ts';
import { AuditError, type Finding } from '../audit/findings.ts';
import { printable } from '../audit/report.ts';
import type { Repository } from '../audit/repository.ts';
import { readBackup, readFacts } from '../backup/backup-file.ts';
import { BackupError } from '../backup/backup-format.ts';
import { forgottenBeside } from '../backup/backups.ts';
import { forgottenListIn, readForgottenList } from '../backup/forgotten-list.ts';
import { type BackupPage, withoutPhotos } from '../backup/photos.ts';
import { ConfigError, type Environment, readEnvironment, readNetwork } from '../config/config.ts';
import { CITY_CREDITS } from '../domain/city.ts';
import { systemClock } from '../lib/clock.ts';
import { createKeys } from '../lib/crypto.ts';
import { systemRandom } from '../lib/random.ts';
import { createSpool, spoolBeside } from '../media/spool.ts';
import type { Spool } from '../media/spool-port.ts';
import { createNetwork, sha256 } from '../node/audit-network.ts';
import { createFiles } from '../node/file-bytes.ts';
import { createPageCleaner } from '../rebuild/clean.ts';
import { UnusableRecord } from '../rebuild/fields.ts';
import { rebuild } from '../rebuild/rebuild.ts';
import { rebuildLines } from '../rebuild/report.ts';
import { NAMES_KEYS } from '../store/cursors.ts';
import { ledgerReads } from '../store/ledger.ts';
import { buildDatabase, leftOf } from '../store/open-node.ts';
import { forgottenPage, type PrivatePage, privateRestore } from '../store/private-data.ts';
import { publicRestore, restoredFacts } from '../store/restore.ts';
import { createProgress } from './progress.ts';
import { isCarFile, LABELS } from './run-audit.ts';
import { HERE, type Surroundings, systemSentence } from './tool.ts';

const USAGE = `npm run rebuild -- <did | handle | file.car>
  --backup file        what only the database knew, from \`npm run backup\`
  --despite-findings   although the audit finds the public record broken, or cannot check who signed
                       it: what cannot be restored is left out`;

const EXIT = { done: 0, broken: 1, undone: 2 } as const;

const STEPS = { ...LABELS, restore: { doing: 'Restored records:' } };

/** Something that a person can set right; the message says what. */
class RebuildError extends Error {
  override readonly name = 'RebuildError';
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
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

/** The keys of names, which outlive a `SECRET_KEY` and of which digests are made. */
const namesKeysIn = (page: BackupPage): string | undefined =>
  page.kind === 'cursors'
    ? page.rows.flatMap(({ name, value }) => (name === NAMES_KEYS ? [String(value)] : []))[0]
    : undefined;

/** A backup that is whole and can be opened; reading it through costs little beside the rest. */
async function openBackup(
  path: string,
  { secretKey, previousSecretKey: previous, backupFolder }: Environment,
) {
  if (secretKey === undefined) {
    throw new RebuildError('SECRET_KEY is missing. The backup was encrypted with the city’s.');
  }
  if (!existsSync(path)) throw new RebuildError(`There is no backup at ${path}.`);
  const facts = readFacts(path);
  const opening = createKeys(secretKey, systemRandom, { previous });
  let sealed: string | undefined;
  // All of it, for its errors.
  for await (const page of readBackup(path, opening)) sealed = namesKeysIn(page) ?? sealed;
  const names = sealed === undefined ? undefined : opening.openText(sealed);
  const keys = createKeys(secretKey, systemRandom, { previous, names });
  const forgotten = [
    ...(await forgottenBeside(path, keys)),
    ...(backupFolder === undefined ? [] : readForgottenList(forgottenListIn(backupFolder))),
  ];
  /** What goes into the database at a path; photos go into its spool. */
  const pages = async function* (databasePath: string): AsyncGenerator<PrivatePage> {
    let spool: Spool | undefined;
    const clean = createPageCleaner(keys, forgotten);
    if (forgotten.length > 0) yield clean(forgottenPage(forgotten));
    const read = withoutPhotos(readBackup(path, keys), (key, bytes) => {
      spool ??= createSpool(spoolBeside(databasePath));
      return spool.putBack(key, bytes);
    });
    for await (const page of read) yield clean(page);
  };
  return { path, pages, sealNobody: () => keys.seal(''), ...facts };
}

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

type Files = ReturnType<typeof createFiles>;
type Progress = ReturnType<typeof createProgress<keyof typeof STEPS>>;

/** Where the repository comes from: a file, or the network by way of a file of its own. */
function openWhere(what: string, files: Files): { where: Where; sink?: Sink } {
  if (isCarFile(what)) {
    if (!existsSync(what)) throw new RebuildError(`There is no file ${what}.`);
    return { where: { car: files.open(what) } };
  }
  const sink = files.create(files.temporaryCar());
  return { where: { account: what.replace(/^@/, '') }, sink };
}

/** Its own folder must be there: making more of them than one may have no end in odd places. */
function makeFolder(folder: string): void {
  try {
    if (!existsSync(folder)) mkdirSync(folder);
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new RebuildError(`${folder} is no folder that can be written to.`, { cause });
  }
}

type Given = NonNullable<ReturnType<typeof readArguments>>;

/** Verifies, builds, and answers what to say. */
async function make(
  { what, backup: backupPath, isTolerant }: Given,
  env: Surroundings['env'],
  { progress, files }: { readonly progress: Progress; readonly files: Files },
): Promise<readonly string[]> {
  const environment = readEnvironment(env);
  const { databasePath } = environment;
  const left = leftOf(databasePath);
  if (left !== undefined) {
    throw new RebuildError(
      `There is something at ${left} already. Move it away, or set DATABASE_PATH.`,
    );
  }
  makeFolder(dirname(databasePath));
  const backup = backupPath === undefined ? undefined : await openBackup(backupPath, environment);
  const { where, sink } = openWhere(what, files);
  const options: AuditOptions = {
    ...createNetwork(readNetwork(env)),
    sha256,
    clock: systemClock,
    mayBeUnsigned: isTolerant && 'car' in where,
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
      source: repository,
      restore: publicRestore(db),
      random: systemRandom,
      at: systemClock.now(),
      tolerant: isTolerant,
      // Each is restored as a record, and as what it says.
      progress: (done) => progress.tell('restore', done / 2, repository.count),
      ...(backup === undefined
        ? {}
        : {
            backup: {
              pages: backup.pages(databasePath),
              apply: privateRestore(db, backup.sealNobody),
            },
          }),
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
      isSigned: opened.isSigned === true,
      overlooked: broken.length,
      isUnfinished: findings.list.length > broken.length,
    });
  });
}

async function run(args: readonly string[], surroundings: Surroundings): Promise<void> {
  const { env, out, err, temporary } = surroundings;
  const given = readArguments(args);
  if (given === undefined) {
    out.write(`${USAGE}\n`);
    return;
  }
  const files = createFiles(temporary);
  const progress = createProgress(STEPS, err);
  try {
    const lines = await make(given, env, { progress, files });
    progress.clear();
    out.write(`${lines.map(printable).join('\n')}\n`);
  } finally {
    progress.clear();
    files.close();
  }
}

/** The system says it in its own words, and the database in others. */
const isDiskFull = (error: unknown): boolean => {
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return (
    code === 'ENOSPC' || code === 'SQLITE_FULL' || (cause instanceof Error && isDiskFull(cause))
  );
};

/** Errors that say themselves what to do. */
const SENTENCES = [AuditError, BackupError, ConfigError, RebuildError, UnusableRecord];

/**
 * Makes the database of a city again from its public record. Answers 0 when it is there, 1 when the
 * public record is broken and nothing was made, 2 when it could not be done.
 */
export async function runRebuild(args: readonly string[], surroundings = HERE): Promise<number> {
  try {
    await run(args, surroundings);
    return EXIT.done;
  } catch (error) {
    const { message, stack } = error as Error;
    if (error instanceof BrokenRecord) {
      surroundings.err.write(`${message}\n`);
      return EXIT.broken;
    }
    const isExpected = SENTENCES.some((kind) => error instanceof kind);
    const sentence = isDiskFull(error)
      ? 'The disk is full. Nothing was made.'
      : isExpected
        ? printable(message)
        : systemSentence(error);
    surroundings.err.write(`${sentence ?? `The rebuild itself failed. ${stack}`}\n`);
    return EXIT.undone;
  }
}
