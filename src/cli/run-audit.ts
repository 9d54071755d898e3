/** Runs the audit that `npm run audit` is asked for by its arguments. */
import { parseArgs } from 'node:util';
import { type AuditOptions, audit } from '../audit/audit.ts';
import type { Where } from '../audit/fetch-repository.ts';
import { AuditError } from '../audit/findings.ts';
import { cut } from '../audit/quote.ts';
import { printable, reportJson, reportLines } from '../audit/report.ts';
import { ConfigError, readNetwork } from '../config/config.ts';
import { systemClock } from '../lib/clock.ts';
import { createNetwork, sha256 } from '../node/audit-network.ts';
import { createFiles } from '../node/file-bytes.ts';
import { createProgress } from './progress.ts';
import { HERE, type Surroundings } from './tool.ts';

const USAGE = `npm run audit -- <did | handle | file.car>
  --since <head>   what changed since, and whether history was rewritten; also a .car file or the
                   CID of a transfer
  --save file.car  keeps what was fetched
  --blobs          also fetches every picture
  --offline        a .car file without asking anybody: the signature is not checked
  --json           the report for programs`;

/** Of what is said when it could not be done. */
const LINES_MAX = 30;
const LINE_MAX = 1000;

const EXIT = { green: 0, broken: 1, undone: 2 } as const;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

export const LABELS = {
  fetch: { doing: 'Fetched', show: megabytes },
  verify: { doing: 'Verified', show: megabytes },
  tree: { doing: 'Found records:' },
  records: { doing: 'Looked at records:' },
  posts: { doing: 'Asked for posts:' },
  blobs: { doing: 'Fetched pictures:' },
};

export const isCarFile = (name: string): boolean => name.endsWith('.car');

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        since: { type: 'string' },
        save: { type: 'string' },
        blobs: { type: 'boolean', default: false },
        offline: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const [what, ...more] = positionals;
    if (values.help) return undefined;
    if (what === undefined || more.length > 0) throw new Error('Name one account or file.');
    if (values.offline && !isCarFile(what)) {
      throw new Error('--offline goes with a .car file only.');
    }
    if (values.save !== undefined && isCarFile(what)) {
      throw new Error('--save keeps what is fetched, and a .car file is there already.');
    }
    return { ...values, what };
  } catch (cause) {
    throw new AuditError((cause as Error).message, { cause });
  }
}

/** Opens a file of the command line; a sentence for people when it cannot. */
function withSentence<T>(path: string, open: (path: string) => T): T {
  try {
    return open(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'is there already' : `cannot be opened (${code})`;
    throw new AuditError(`${path} ${why}.`, { cause });
  }
}

async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const given = readArguments(args);
  if (given === undefined) {
    surroundings.out.write(`${USAGE}\n`);
    return EXIT.green;
  }
  const { what, since } = given;
  const files = createFiles(surroundings.temporary);
  const progress = createProgress(LABELS, surroundings.err);
  const openCar = (path: string) => ({ car: withSentence(path, files.open) });
  const openSink = () => withSentence(given.save ?? files.temporaryCar(), files.create);
  try {
    const where: Where = isCarFile(what) ? openCar(what) : { account: what.replace(/^@/, '') };
    const options: AuditOptions = {
      ...createNetwork(readNetwork(surroundings.env)),
      sha256,
      clock: systemClock,
      isOffline: given.offline,
      withBlobs: given.blobs,
      progress: progress.tell,
      ...('account' in where ? { sink: openSink() } : {}),
      ...(since === undefined ? {} : { since: isCarFile(since) ? openCar(since) : since }),
    };
    const report = await audit(where, options);
    progress.clear();
    surroundings.out.write(`${given.json ? reportJson(report) : reportLines(report).join('\n')}\n`);
    return report.ok ? EXIT.green : EXIT.broken;
  } finally {
    progress.clear();
    files.close();
  }
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/**
 * Proves a city's public record from the outside, with no database and none of its keys. Answers 0
 * when everything holds, 1 when something is broken, 2 when it could not be done.
 */
export async function runAudit(args: readonly string[], surroundings = HERE): Promise<number> {
  try {
    return await run(args, surroundings);
  } catch (error) {
    const isExpected = error instanceof AuditError || error instanceof ConfigError;
    const words = isExpected ? error.message : `The audit itself failed. ${stackOf(error)}`;
    const lines = words.split('\n').slice(0, LINES_MAX);
    surroundings.err.write(`${lines.map((line) => printable(cut(line, LINE_MAX))).join('\n')}\n`);
    return EXIT.undone;
  }
}
