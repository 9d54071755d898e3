/** What `npm run backup` does with its arguments. */
import { createBackups, ownerOf } from '../backup/backups.ts';
import { ConfigError, readEnvironment } from '../config/config.ts';
import { systemClock } from '../lib/clock.ts';
import { createKeys } from '../lib/crypto.ts';
import { systemRandom } from '../lib/random.ts';
import { spoolBeside, spoolReader } from '../media/spool.ts';
import { parse, type Surroundings, tool } from './tool.ts';

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

const USAGE =
  'npm run backup [-- folder]: where the backup goes, BACKUP_FOLDER where it is left out';

async function run(args: readonly string[], { env, out }: Surroundings): Promise<void> {
  const [folder, ...more] = parse(args, {}, USAGE).positionals;
  if (more.length > 0) throw new ConfigError(USAGE);
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
