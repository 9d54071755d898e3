/**
 * The city's audit of its own public record: what it published must be there for everybody, as it
 * was published. What is not is put back from the database.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { NetworkSettings } from '../../config/config.ts';
import { type Clock, DAY_MS } from '../../lib/clock.ts';
import { keepSelfAudit, lastSelfAudit, type SelfAudit } from '../../records/self-audit.ts';
import type { Store } from '../../store/store.ts';
import type { SelfAuditNews, SelfAuditResult, SelfAuditTask } from './messages.ts';

const PROGRAM = fileURLToPath(new URL('process.ts', import.meta.url));
/** Every picture is fetched this often: the spool lets go only of those that came back once. */
const PICTURES_EVERY_MS = 7 * DAY_MS;
/** So many are put back in one transaction. */
const PUT_BACK_AT_ONCE = 500;
const HEAP_MIB_MAX = 1024;

type SelfAuditSettings = {
  readonly store: Pick<Store, 'read' | 'commit'>;
  readonly did: string;
  readonly databasePath: string;
  readonly network: NetworkSettings;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Is called when there are records to put back. */
  readonly wake: () => void;
};

export type SelfAudits = ReturnType<typeof createSelfAudits>;

export function createSelfAudits(settings: SelfAuditSettings) {
  const { read } = settings.store;
  const folder = join(dirname(settings.databasePath), 'self-audit');
  const empty = () => rmSync(folder, { recursive: true, force: true });
  let child: ChildProcess | undefined;
  let isStopping = false;
  let underWay: Promise<void> | undefined;

  const make = async (): Promise<void> => {
    if (isStopping) return;
    const before = settings.clock.now();
    const last = lastSelfAudit(read.cursors);
    const withPictures = before - (last?.picturesAt ?? 0) >= PICTURES_EVERY_MS;
    // A crash may have left what it fetched.
    empty();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    child = start(settings, { folder, before, withPictures });
    const news = await newsOf(child).finally(empty);
    child = undefined;
    // That it was asked to stop says nothing of the record.
    if (!isStopping) await note(settings, news, { before, withPictures });
  };

  return {
    /** Audits the record, and has put back what is not there. One audit is made at a time. */
    make: (): Promise<void> => {
      underWay ??= make().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    /** What the last one found; undefined before the first. */
    last: () => lastSelfAudit(read.cursors),
    /** Ends the one under way. */
    stop: async (): Promise<void> => {
      isStopping = true;
      child?.kill('SIGKILL');
      await underWay;
    },
  };
}

type Asked = Pick<SelfAuditTask, 'before' | 'withPictures'>;

function start(
  { did, databasePath, network }: SelfAuditSettings,
  asked: Asked & Pick<SelfAuditTask, 'folder'>,
): ChildProcess {
  const task: SelfAuditTask = { ...asked, ...network, did, databasePath };
  const { PATH, NODE_EXTRA_CA_CERTS } = process.env;
  return fork(PROGRAM, [JSON.stringify(task)], {
    // It proves what anybody can see, and needs none of the city's secrets.
    env: { PATH, ...(NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS }) },
    execArgv: [`--max-old-space-size=${HEAP_MIB_MAX}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

async function newsOf(child: ChildProcess): Promise<SelfAuditNews> {
  const ended = once(child, 'exit').then(([code, signal]) => ({
    error: `The process of the self-audit ended with ${code ?? signal}.`,
  }));
  const news = await Promise.race([
    once(child, 'message').then(([message]) => message as SelfAuditNews),
    ended,
  ]);
  if (child.connected) child.disconnect();
  await ended;
  return news;
}

/** Remembers what was found, has put back what is missing, and tells when that is news. */
async function note(
  settings: SelfAuditSettings,
  news: SelfAuditNews,
  { before, withPictures }: Asked,
): Promise<void> {
  const { store, log, wake } = settings;
  const last = lastSelfAudit(store.read.cursors);
  if ('error' in news) {
    const problem = `The public record could not be audited: ${news.error}`;
    if (problem !== last?.problem) log.warn({ reason: news.error }, 'The self-audit failed.');
    const unknown = { at: null, picturesAt: null, findings: 0, differences: 0 };
    await store.commit((tx) =>
      keepSelfAudit(tx.cursors, { ...(last ?? unknown), triedAt: before, problem }),
    );
    return;
  }
  const seqs = toPutBack(news);
  for (let at = 0; at < seqs.length; at += PUT_BACK_AT_ONCE) {
    const some = seqs.slice(at, at + PUT_BACK_AT_ONCE);
    await store.commit((tx) => tx.records.putBack(some));
  }
  const problem = problemOf(news);
  if (problem !== (last?.problem ?? null)) {
    const { missing, changed, unknown, findings } = news;
    const detail = { findings, missing: missing.length, changed: changed.length, unknown };
    if (problem === null) log.warn(detail, 'The self-audit finds the public record whole again.');
    else log.warn(detail, 'The self-audit finds the public record broken.');
  }
  const found: SelfAudit = {
    at: before,
    picturesAt: withPictures ? before : (last?.picturesAt ?? null),
    triedAt: before,
    findings: Object.values(news.findings).reduce((sum, count) => sum + count, 0),
    differences: news.missing.length + news.changed.length + news.unknown,
    problem,
  };
  await store.commit((tx) => keepSelfAudit(tx.cursors, found));
  if (seqs.length > 0) wake();
}

/**
 * Records that the database does not know may mean that the database is an old copy: what was changed
 * is then left as it is, lest the old replace the new.
 */
const toPutBack = ({ missing, changed, unknown }: SelfAuditResult): readonly number[] =>
  unknown > 0 ? missing : [...missing, ...changed];

/** What was found, in words; null for nothing. It names no record: those are in the audit's report. */
function problemOf({ findings, missing, changed, unknown }: SelfAuditResult): string | null {
  const parts = [
    ...Object.entries(findings).map(([code, count]) => `${code} ${count}`),
    ...(missing.length > 0 ? [`records missing ${missing.length}`] : []),
    ...(changed.length > 0 ? [`records changed ${changed.length}`] : []),
    ...(unknown > 0 ? [`records unknown here ${unknown}`] : []),
  ];
  return parts.length === 0 ? null : `The public record is broken: ${parts.join(', ')}.`;
}
