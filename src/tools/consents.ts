/** `npm run consents`: what everybody agreed to and ended, word for word, for a carrier's audit. */
import { ConfigError } from '../config/config.ts';
import { isoTime } from '../lib/clock.ts';
import { csvLines } from '../lib/csv.ts';
import { maskAddress } from '../lib/mask-address.ts';
import { type ConsentFilter, consentPages } from '../store/consents.ts';
import { identitiesReads } from '../store/identities.ts';
import { type Tool, textOf, type Words } from './tool.ts';

const usage = `npm run consents [-- file.csv]
  --since <date>       from this day on, such as 2026-11-24
  --channel <channel>  sms, telegram or bluesky
  --addresses          whole addresses: for the carrier's audit, and for nobody else`;

const COLUMNS = ['time', 'channel', 'address', 'kind', 'wording'] as const;
const CHANNELS = ['sms', 'telegram', 'bluesky'];

function readSince(since: string | undefined): number | undefined {
  if (since === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d(T|$)/.test(since) ? Date.parse(since) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new ConfigError(`--since wants a date such as 2026-11-24.\n\n${usage}`);
  }
  return time;
}

function readWords(words: Words): ConsentFilter {
  if (words.positionals.length > 0) throw new ConfigError(`One file is enough.\n\n${usage}`);
  const channel = textOf(words, 'channel');
  if (channel !== undefined && !CHANNELS.includes(channel)) {
    throw new ConfigError(`--channel is ${CHANNELS.join(', ')}.\n\n${usage}`);
  }
  return { channel, since: readSince(textOf(words, 'since')) };
}

export const consents: Tool = {
  name: 'consents',
  usage,
  options: {
    since: { type: 'string' },
    channel: { type: 'string' },
    addresses: { type: 'boolean' },
  },
  *run(words, { read, keys: openKeys, database }) {
    const wanted = readWords(words);
    const keys = openKeys();
    const db = read();
    const keyId = identitiesReads(db).newestKeyId();
    if (keyId !== undefined && keyId !== keys.keyId && keyId !== keys.previous?.keyId) {
      throw new ConfigError(`${database} was written with another SECRET_KEY. Take that one.`);
    }
    yield csvLines([COLUMNS]);
    for (const page of consentPages(db, wanted)) {
      yield csvLines(
        page.map(({ at, channel, keyId: sealedWith, ciphertext, kind, wording }) => {
          const address = keys.open({ keyId: sealedWith, bytes: ciphertext });
          const shown = words.values['addresses'] === true ? address : maskAddress(address);
          return [isoTime(at), channel, shown, kind, wording];
        }),
      );
    }
    return 'right';
  },
};
