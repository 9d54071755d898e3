/**
 * Practises coming back: makes the city again from the newest backup and the public record, in a place
 * of its own that is removed, and says what would be lost. The city may run meanwhile, and its database
 * is only read.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newestBackup, ownerOf } from '../backup/backups.ts';
import { ConfigError, readEnvironment } from '../config/config.ts';
import { DAY_MS, isoTime, SECOND_MS, systemClock } from '../lib/clock.ts';
import { isPlaceholder } from '../lib/placeholder-did.ts';
import { grouped } from '../lib/text.ts';
import type { DrillOutcome } from '../records/drill.ts';
import { openSnapshot } from '../store/open-node.ts';
import { privateCounts } from '../store/private-data.ts';
import { runRebuild } from './run-rebuild.ts';
import { HERE, parse, type Surroundings, systemSentence, UsageAsked } from './tool.ts';

const USAGE = `npm run drill [-- did | handle | file.car]
  the account or the file of the public record; the city's own where it is left out
  --json  one line for programs`;

const EXIT = { done: 0, broken: 1, undone: 2 } as const;
const SCRATCH = 'city-sync-drill-';

type Drilled = DrillOutcome & { readonly backup: string | undefined; readonly said: string };

/** A place of its own. One that a crash left behind goes first: it has everybody's numbers in it. */
function makeScratch(temporary: string): string {
  for (const name of readdirSync(temporary)) {
    const path = join(temporary, name);
    if (name.startsWith(SCRATCH) && statSync(path).mtimeMs < systemClock.now() - DAY_MS) {
      rmSync(path, { recursive: true, force: true });
    }
  }
  return mkdtempSync(join(temporary, SCRATCH));
}

async function drill(what: string | undefined, surroundings: Surroundings): Promise<Drilled> {
  const { databasePath, backupFolder, secretKey } = readEnvironment(surroundings.env);
  if (secretKey === undefined) {
    throw new ConfigError('SECRET_KEY is missing. The backups were encrypted with the city’s.');
  }
  const did = existsSync(databasePath) ? ownerOf(databasePath).did : what;
  if (did === undefined) {
    throw new ConfigError(
      `There is no database at ${databasePath}: name the account or file.\n${USAGE}`,
    );
  }
  if (what === undefined && isPlaceholder(did)) {
    throw new ConfigError(
      'The city has no account yet, and so no public record to come back from. Keep copies of the database until it has.',
    );
  }
  const folder = backupFolder ?? join(dirname(databasePath), 'backups');
  const backup = newestBackup(folder, did);
  const at = systemClock.now();
  const failed = (sentence: string): Drilled => ({
    ...{ ok: false, at, sentence, seconds: 0, rows: 0, records: 0, tookSeconds: 0 },
    ...{ backup: backup?.path, said: '' },
  });
  if (backup === undefined) return failed(`There is no backup of ${did} in ${folder}.`);
  const scratch = makeScratch(surroundings.temporary);
  try {
    const made = join(scratch, 'city.db');
    const said: string[] = [];
    const stream = { write: (text: string) => void said.push(text) };
    const env = { ...surroundings.env, DATABASE_PATH: made, BACKUP_FOLDER: folder };
    const code = await runRebuild([what ?? did, '--backup', backup.path], {
      ...{ env, out: stream, err: stream },
      temporary: scratch,
    });
    if (code !== EXIT.done) return failed(said.join('').trim());
    return {
      ...{ ok: true, at, sentence: null, backup: backup.path, said: said.join('') },
      ...lost(databasePath, made),
      seconds: Math.max(0, Math.round((at - backup.at) / SECOND_MS)),
      tookSeconds: Math.round((systemClock.now() - at) / SECOND_MS),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** How many rows and records the city has now, and the one that was made has not. */
function lost(livePath: string, madePath: string): Pick<DrillOutcome, 'rows' | 'records'> {
  if (!existsSync(livePath)) return { rows: 0, records: 0 };
  const [live, made] = [livePath, madePath].map((path) => {
    const { db, close } = openSnapshot(path);
    try {
      return privateCounts(db);
    } finally {
      close();
    }
  });
  const less = (kind: string): number => Math.max(0, (live?.[kind] ?? 0) - (made?.[kind] ?? 0));
  const { records: _records, ...kinds } = live ?? {};
  return {
    rows: Object.keys(kinds).reduce((sum, kind) => sum + less(kind), 0),
    records: less('records'),
  };
}

function lines({ said, seconds, rows, records, tookSeconds, at, backup }: Drilled): string {
  return [
    said.trimEnd(),
    '',
    `✓ The city can come back: made and removed again in ${tookSeconds} s`,
    `  backup   ${backup ?? ''}`,
    `  now      ${isoTime(at)}`,
    'Would be lost',
    `  private data of the last ${grouped(seconds)} s: ${grouped(rows)} rows`,
    `  records that the repository does not have yet: ${grouped(records)}`,
    '',
  ].join('\n');
}

/**
 * Makes a drill. Answers 0 when the city can come back, 1 when it cannot, 2 when the drill could not be
 * made.
 */
export async function runDrill(args: readonly string[], surroundings = HERE): Promise<number> {
  const { out, err } = surroundings;
  try {
    const { values, positionals } = parse(
      args,
      { json: { type: 'boolean', default: false } },
      USAGE,
    );
    const drilled = await drill(positionals[0], surroundings);
    const { said: _said, backup: _backup, ...outcome } = drilled;
    if (values.json) out.write(`${JSON.stringify(outcome)}\n`);
    else if (drilled.ok) out.write(lines(drilled));
    else err.write(`The city could not come back: ${drilled.sentence}\n`);
    return drilled.ok ? EXIT.done : EXIT.broken;
  } catch (error) {
    if (error instanceof UsageAsked) {
      out.write(`${error.message}\n`);
      return EXIT.done;
    }
    const message = error instanceof Error ? error.message : String(error);
    err.write(`${systemSentence(error) ?? message}\n`);
    return EXIT.undone;
  }
}
