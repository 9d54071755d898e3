/** What `npm run rekey` does. */

import { ConfigError, readEnvironment } from '../config/config.ts';
import { isoTime } from '../lib/clock.ts';
import { lockDatabase } from '../node/database.ts';
import { createRekey, previousKeyUntil, rekeyBegan } from '../services/city/rekey.ts';
import { openMachine } from './open-machine.ts';
import { parse, type Surroundings, tool } from './tool.ts';

const UNSET =
  'SECRET_KEY_PREVIOUS is missing. Set it to the key of now, and SECRET_KEY to a new one (`openssl rand -base64 32`): for the city and for this tool.';
const USAGE = 'npm run rekey: with the new SECRET_KEY, and the one before as SECRET_KEY_PREVIOUS';
const RUNS_WITHOUT =
  'The city runs with the old key alone. Stop it, and start it with SECRET_KEY and SECRET_KEY_PREVIOUS: it changes the keys by itself.';

/** Takes the database for itself; undefined where the city runs, which knows both keys. */
function lockUnlessRunning(path: string): (() => void) | undefined {
  try {
    return lockDatabase(path);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function run(args: readonly string[], surroundings: Surroundings): void {
  const { out } = surroundings;
  if (parse(args, {}, USAGE).positionals.length > 0) throw new ConfigError(USAGE);
  const { databasePath, previousSecretKey } = readEnvironment(surroundings.env);
  if (previousSecretKey === undefined) throw new ConfigError(UNSET);
  using machine = openMachine(surroundings.env);
  const { transact } = machine;
  const unlock = lockUnlessRunning(databasePath);
  try {
    if (unlock === undefined && transact(rekeyBegan) === undefined) {
      throw new ConfigError(RUNS_WITHOUT);
    }
    const step = createRekey();
    while (!transact(step)) {
      // One page a transaction: whatever ends it in between, the next run does the rest.
    }
    const until = transact(previousKeyUntil);
    out.write('Everything that is kept is sealed with the new SECRET_KEY.\n');
    out.write(
      until === undefined
        ? 'SECRET_KEY_PREVIOUS can be removed at the next start.\n'
        : `Codes and invitations from before need SECRET_KEY_PREVIOUS until ${isoTime(until)}: remove it then.\n`,
    );
    out.write('Backups from before open with the old key alone: keep it with them.\n');
  } finally {
    unlock?.();
  }
}

/**
 * Seals everything with a new `SECRET_KEY`, with the city stopped or beside it. It can be ended at any
 * point and run again. Answers 0 when nothing is sealed with the old one, 2 when it could not be done.
 */
export const runRekey = tool(run);
