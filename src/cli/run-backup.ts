/** What `npm run backup` does with its arguments. */
import { join } from 'node:path';
import { createBackups, ownerOf } from '../backup/backups.ts';
import { ConfigError, readEnvironment } from '../config/config.ts';
import { systemClock } from '../lib/clock.ts';
import { createKeys } from '../lib/crypto.ts';
import { systemRandom } from '../lib/random.ts';
import { spoolBeside, spoolReader } from '../media/spool.ts';
import { createFile } from '../node/file-bytes.ts';
import { parse, type Surroundings, tool } from './tool.ts';
import { openDoor, WORKER_OPTION, WORKER_USAGE } from './worker-door.ts';

/** The database says little about what it is not: the path has to be in the sentence. */
function ownerAt(databasePath: string): ReturnType<typeof ownerOf> {
  try {
    return ownerOf(databasePath);
  } catch (cause) {
    const sentence = cause instanceof Error ? cause.message : String(cause);
    if (sentence.includes(databasePath)) throw cause;
    throw new ConfigError(`${databasePath} cannot be read as a city’s database: ${sentence}.`, {
      cause,
    });
  }
}

const USAGE = `npm run backup [-- folder]: where the backup goes, BACKUP_FOLDER where it is left out
${WORKER_USAGE}; its backup comes into this folder`;

/** Has one made there, and fetches it. */
async function fetchBackup(url: string, folder: string, { env, out }: Surroundings): Promise<void> {
  const response = await openDoor(url, env).ask('POST', 'backup');
  const named = /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '');
  const path = join(folder, named?.[1] ?? 'city.backup');
  const { sink, close } = createFile(path);
  try {
    for await (const chunk of response.body ?? []) sink.append(chunk);
  } finally {
    close();
  }
  out.write(`${path}\n`);
}

async function run(args: readonly string[], surroundings: Surroundings): Promise<void> {
  const { env, out } = surroundings;
  const { positionals, values } = parse(args, WORKER_OPTION, USAGE);
  const [folder, ...more] = positionals;
  if (more.length > 0) throw new ConfigError(USAGE);
  if (values.worker !== undefined) {
    await fetchBackup(values.worker, folder ?? '.', surroundings);
    return;
  }
  const environment = readEnvironment(env);
  const { secretKey, previousSecretKey: previous, databasePath } = environment;
  if (secretKey === undefined) {
    throw new ConfigError(
      'SECRET_KEY is missing. The backup is encrypted with it: take the city’s.',
    );
  }
  const keys = createKeys(secretKey, systemRandom, { previous });
  const { did, keyId } = ownerAt(databasePath);
  if (did === undefined) {
    throw new ConfigError(`${databasePath} does not say whose it is. Start the city once with it.`);
  }
  if (keyId !== undefined && keyId !== keys.keyId && keyId !== keys.previous?.keyId) {
    throw new ConfigError(`${databasePath} was written with another SECRET_KEY. Take that one.`);
  }
  const backups = createBackups({
    databasePath,
    folder: folder ?? environment.backupFolder,
    kept: environment.backupsKept,
    did,
    keys,
    readPhoto: spoolReader(spoolBeside(databasePath)),
    clock: systemClock,
    random: systemRandom,
  });
  const path = await backups.make();
  const { kept } = backups.status();
  out.write(`${path}\n${kept === 1 ? 'It is the only one' : `${kept} are kept`}.\n`);
}

/**
 * Makes an encrypted file with what only the database knows, while the city runs. Answers 0 when it
 * is on disk, 2 when it could not be made.
 */
export const runBackup = tool(run);
