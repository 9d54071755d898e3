/** What `npm run consents` does with its arguments. */

import { ConfigError, readEnvironment } from '../config/config.ts';
import { isoTime } from '../lib/clock.ts';
import { createKeys, type Keys } from '../lib/crypto.ts';
import { csvLines } from '../lib/csv.ts';
import { maskAddress } from '../lib/mask-address.ts';
import { systemRandom } from '../lib/random.ts';
import { createFile } from '../node/file-bytes.ts';
import { type ConsentFilter, consentPages } from '../store/consents.ts';
import { identitiesReads } from '../store/identities.ts';
import { openSnapshot } from '../store/open-node.ts';
import { parse, type Surroundings, tool } from './tool.ts';

const USAGE = `npm run consents [-- file.csv]
  --since <date>       from this day on, such as 2026-11-24
  --channel <channel>  sms, telegram or bluesky
  --addresses          whole addresses: for the carrier's audit, and for nobody else`;

const OPTIONS = {
  since: { type: 'string' },
  channel: { type: 'string' },
  addresses: { type: 'boolean', default: false },
} as const;
const COLUMNS = ['time', 'channel', 'address', 'kind', 'wording'] as const;
const CHANNELS = ['sms', 'telegram', 'bluesky'];

type Wanted = ConsentFilter & { readonly file: string | undefined; readonly isWhole: boolean };

function readSince(since: string | undefined): number | undefined {
  if (since === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d(T|$)/.test(since) ? Date.parse(since) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new ConfigError(`--since wants a date such as 2026-11-24.\n\n${USAGE}`);
  }
  return time;
}

function readArguments(args: readonly string[]): Wanted {
  const { values, positionals } = parse(args, OPTIONS, USAGE);
  const { since, channel, addresses } = values;
  const [file, ...more] = positionals;
  if (more.length > 0) throw new ConfigError(`One file is enough.\n\n${USAGE}`);
  if (channel !== undefined && !CHANNELS.includes(channel)) {
    throw new ConfigError(`--channel is ${CHANNELS.join(', ')}.\n\n${USAGE}`);
  }
  return { file, channel, since: readSince(since), isWhole: addresses };
}

/** The lines of the file, a page at a time. */
function* linesOf(databasePath: string, keys: Keys, wanted: Wanted): Generator<string, void> {
  const { db, close } = openSnapshot(databasePath);
  try {
    const keyId = identitiesReads(db).newestKeyId();
    if (keyId !== undefined && keyId !== keys.keyId && keyId !== keys.previous?.keyId) {
      throw new ConfigError(`${databasePath} was written with another SECRET_KEY. Take that one.`);
    }
    yield csvLines([COLUMNS]);
    for (const page of consentPages(db, wanted)) {
      yield csvLines(
        page.map(({ at, channel, keyId: sealedWith, ciphertext, kind, wording }) => {
          const address = keys.open({ keyId: sealedWith, bytes: ciphertext });
          const shown = wanted.isWhole ? address : maskAddress(address);
          return [isoTime(at), channel, shown, kind, wording];
        }),
      );
    }
  } finally {
    close();
  }
}

function run(args: readonly string[], { env, out }: Surroundings): void {
  const wanted = readArguments(args);
  const { secretKey, previousSecretKey: previous, databasePath } = readEnvironment(env);
  if (secretKey === undefined) {
    throw new ConfigError('SECRET_KEY is missing. Addresses are sealed with it: take the city’s.');
  }
  const lines = linesOf(databasePath, createKeys(secretKey, systemRandom, { previous }), wanted);
  if (wanted.file === undefined) {
    for (const text of lines) out.write(text);
    return;
  }
  // What can go wrong at the beginning goes wrong before there is a file.
  const first = lines.next();
  const { sink, close } = createFile(wanted.file);
  try {
    const append = (text: string): void => sink.append(new TextEncoder().encode(text));
    if (first.done !== true) append(first.value);
    for (const text of lines) append(text);
  } finally {
    close();
  }
  out.write(`${wanted.file}\n`);
}

/**
 * Writes down what everybody agreed to and ended, word for word, for a carrier's audit, while the
 * city runs. Answers 0 when it is all there, 2 when it could not be done.
 */
export const runConsents = tool(run);
