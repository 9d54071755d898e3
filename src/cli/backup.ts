/**
 * `npm run backup [-- folder]`: an encrypted file with what only the database knows, made while the
 * city runs. 0: it is on disk; 2: it could not be made, and why.
 */
import { createBackups, ownerOf } from '../compose/backups.ts';
import { ConfigError, readEnvironment } from '../config.ts';
import { systemClock } from '../lib/clock.ts';
import { createKeys } from '../lib/crypto.ts';
import { systemRandom } from '../lib/random.ts';

const UNDONE = 2;

async function run(): Promise<void> {
  const [folder, ...more] = process.argv.slice(2);
  if (folder?.startsWith('-') || more.length > 0) {
    throw new ConfigError('npm run backup [-- folder]: there is nothing else to say.');
  }
  const environment = readEnvironment(process.env);
  const { secretKey, databasePath } = environment;
  if (secretKey === undefined) {
    throw new ConfigError(
      'SECRET_KEY is missing. The backup is encrypted with it: take the city’s.',
    );
  }
  const keys = createKeys(secretKey, systemRandom);
  const { did, keyId } = ownerOf(databasePath);
  if (did === undefined) {
    throw new ConfigError(`${databasePath} does not say whose it is. Start the city once with it.`);
  }
  if (keyId !== undefined && keyId !== keys.keyId) {
    throw new ConfigError(`${databasePath} was written with another SECRET_KEY. Take that one.`);
  }
  const backups = createBackups({
    databasePath,
    folder: folder ?? environment.backupFolder,
    kept: environment.backupsKept,
    did,
    keys,
    clock: systemClock,
    random: systemRandom,
  });
  const path = await backups.make();
  const { kept } = backups.status();
  process.stdout.write(`${path}\n${kept === 1 ? 'It is the only one' : `${kept} are kept`}.\n`);
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = UNDONE;
});
