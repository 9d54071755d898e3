/**
 * The process that audits the city's own public record, as anybody can from outside, and compares it
 * with the database. It is one of its own, at the lowest priority: the city goes on meanwhile, and
 * what the audit needs of memory is not the city's. It ends when its parent does.
 */
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { type AuditOptions, auditOpened } from '../../audit/audit.ts';
import { type Opened, openRepository } from '../../audit/fetch-repository.ts';
import { AuditError } from '../../audit/findings.ts';
import { MINUTE_MS, SECOND_MS, systemClock } from '../../lib/clock.ts';
import { maskError } from '../../lib/mask-log.ts';
import { systemWait } from '../../lib/wait.ts';
import { openSnapshot } from '../../store/open-node.ts';
import { recordsReads } from '../../store/records.ts';
import { createNetwork, sha256 } from '../audit-network.ts';
import { createFile } from '../file-bytes.ts';
import { type Comparison, compareRecords } from './compare.ts';
import type { SelfAuditNews, SelfAuditResult, SelfAuditTask } from './messages.ts';

/** Most that are told in one audit; the next one tells the rest. */
const DIFFERENCES_MAX = 50_000;
/** Servers limit what one address may ask for, and the city asks them, too. */
const REQUESTS_PER_SECOND = 4;

/** Nobody waits for it, and at its priority it may wait long for a busy processor. */
const IDENTITY_MS_MAX = 5 * MINUTE_MS;

const NOTHING: Comparison = { missing: [], changed: [], unknown: 0 };
const NEVER = new AbortController().signal;

/** Lets so many requests through a second, one after the other. */
function paced(send: typeof fetch): typeof fetch {
  let nextAt = 0;
  return async (input, init) => {
    const now = performance.now();
    const at = Math.max(nextAt, now);
    nextAt = at + SECOND_MS / REQUESTS_PER_SECOND;
    if (at > now) await systemWait(at - now, NEVER);
    return send(input, init);
  };
}

async function run(task: SelfAuditTask): Promise<SelfAuditResult> {
  const car = createFile(join(task.folder, 'repository.car'));
  const network = { ...createNetwork(task), timeoutMs: IDENTITY_MS_MAX };
  const options: AuditOptions = {
    ...network,
    fetchPublic: paced(network.fetchPublic),
    sha256,
    clock: systemClock,
    sink: car.sink,
    withBlobs: task.withPictures,
  };
  try {
    const opened = await openRepository({ account: task.did }, options);
    // What cannot be read whole would seem to lack records that are there.
    const isReadable = opened.findings.count() === 0;
    const comparison = isReadable ? compareWithDatabase(opened, task) : NOTHING;
    return { ...comparison, findings: await findingsOf(opened, options, comparison) };
  } finally {
    car.close();
  }
}

function compareWithDatabase({ repository }: Opened, task: SelfAuditTask): Comparison {
  const { db, close } = openSnapshot(task.databasePath);
  try {
    const { before } = task;
    return compareRecords(repository, recordsReads(db), { before, limit: DIFFERENCES_MAX });
  } finally {
    close();
  }
}

/** How many broken links the audit finds, by their codes. */
async function findingsOf(
  opened: Opened,
  options: AuditOptions,
  { missing }: Comparison,
): Promise<Readonly<Record<string, number>>> {
  try {
    return (await auditOpened(opened, options)).findings.counts;
  } catch (error) {
    // A repository that has lost everything is no city's any more.
    if (error instanceof AuditError && missing.length > 0) return { 'city-missing': 1 };
    throw error;
  }
}

const tell = (news: SelfAuditNews) => process.send?.(news);

// A rejection that nobody waits for comes here as well.
process.on('uncaughtException', (error) => {
  process.send?.({ error: maskError(error) } satisfies SelfAuditNews, () => process.exit(1));
});

if (!process.connected) throw new Error('process.ts is started by self-audit.ts.');
process.once('disconnect', () => process.exit());
// Ctrl-C reaches the whole group of processes; the city itself ends this one.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
setPriority(constants.priority.PRIORITY_LOW);
await run(JSON.parse(process.argv[2] ?? '')).then(tell, (error: unknown) => {
  tell({ error: error instanceof Error ? error.message : String(error) });
});
