// Somebody was forgotten: the files of the database, the spool, the backups and what was logged are
// searched for them, also after an older backup was restored.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readBackup } from '../../src/backup/backup-file.ts';
import { createBackups, forgottenBeside } from '../../src/backup/backups.ts';
import { withoutPhotos } from '../../src/backup/photos.ts';
import type { Channel } from '../../src/channels/channel.ts';
import { emptyLogJob } from '../../src/jobs/empty-log.ts';
import { finishForgettingJob } from '../../src/jobs/finish-forgetting.ts';
import { keepForgottenJob } from '../../src/jobs/keep-forgotten.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { createSpool } from '../../src/media/spool.ts';
import { createPageCleaner } from '../../src/rebuild/clean.ts';
import { rebuild } from '../../src/rebuild/rebuild.ts';
import { buildDatabase, openStore } from '../../src/store/open-node.ts';
import { forgottenPage, privateRestore } from '../../src/store/private-data.ts';
import { publicRestore } from '../../src/store/restore.ts';
import { findCanaries } from '../support/canaries.ts';
import { TEST_KEY, TUESDAY } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { twoColours } from '../support/pictures.ts';
import { sourceOf } from '../support/rebuilt.ts';
import { DID } from '../support/record-facts.ts';
import { testCity } from '../support/test-city.ts';

const ANA = '+15105550141';
const TELEGRAM = '7000141999';
const BLUESKY = 'did:plc:xanthippecanary2345abcd';
const keys = createKeys(TEST_KEY, systemRandom);

const SECRETS = [
  { what: 'phone', secret: ANA },
  { what: 'telegram id', secret: TELEGRAM },
  { what: 'did', secret: BLUESKY },
  { what: 'words', secret: 'quillfeather' },
  ...[
    ['sms', ANA],
    ['telegram', TELEGRAM],
    ['bluesky', BLUESKY],
  ].map(([channel = '', address = '']) => ({
    what: `lookup ${channel}`,
    secret: keys.identityLookup(channel, address),
  })),
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Every file below a folder together. */
const bytesIn = (path: string): Buffer =>
  Buffer.concat(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
  );

function openCity() {
  const clock = standingClock(TUESDAY);
  const opened = openStore(join(folder, 'city.db'));
  opened.store.transact((tx) => tx.cursors.put('city-did', DID));
  const spool = createSpool(join(folder, 'pictures'));
  const backups = createBackups({
    databasePath: join(folder, 'city.db'),
    folder: undefined,
    kept: 14,
    did: DID,
    keys,
    readPhoto: spool.get,
    clock,
    random: systemRandom,
  });
  const channels = (['sms', 'telegram', 'bluesky'] as const).map((name) => {
    const sent: string[] = [];
    const channel: Channel = {
      name,
      hasPublicPlace: false,
      messagesPerSecond: null,
      send: async ({ reply }) => {
        sent.push(reply.text);
        return { ok: true, providerId: null };
      },
    };
    return { channel, sent };
  });
  const city = testCity({
    ...{ clock, opened, spool, folder },
    channels: () => channels.map(({ channel }) => channel),
    jobs: () => [
      finishForgettingJob({ removePicture: spool.remove, emptyLog: opened.emptyLog }),
      keepForgottenJob(backups.keepForgotten),
      emptyLogJob(opened.emptyLog),
    ],
  });
  city.seed();
  const ask = async (
    channel: 'sms' | 'telegram' | 'bluesky',
    text: string,
    pictures: readonly Uint8Array[] = [],
  ): Promise<string> => {
    const { sent = [] } = channels.find(({ channel: { name } }) => name === channel) ?? {};
    const kept = await Promise.all(pictures.map(spool.put));
    sent.length = 0;
    await city.receive({
      channel,
      sender: { sms: ANA, telegram: TELEGRAM, bluesky: BLUESKY }[channel],
      text,
      pictures: kept.map((spoolKey) => ({ spoolKey })),
    });
    await city.idle();
    return sent.join('\n');
  };
  return { city, clock, backups, ask, spool };
}

/** Ana has three addresses, said things, sent a photo that became nothing, and has credits on hold. */
async function liveABit({ ask }: ReturnType<typeof openCity>): Promise<void> {
  for (const channel of ['sms', 'telegram', 'bluesky'] as const) {
    await ask(channel, 'HI');
    await ask(channel, 'OK');
    if (channel === 'sms') continue;
    const code = /\d{3} \d{3}/.exec(await ask('sms', 'LINK'))?.[0] ?? '';
    await ask(channel, `LINK ${code}`);
    await ask(channel, 'OK');
    await ask('sms', 'OK');
  }
  await ask('sms', 'ALERTS');
  await ask('telegram', 'my name is Quillfeather');
  await ask('sms', 'JOIN 1');
  await ask('sms', 'DONE 1', [await twoColours(40, 30).jpeg().toBuffer()]);
  await ask('telegram', 'JOIN 2');
}

async function forget({ ask, city, clock }: ReturnType<typeof openCity>): Promise<string> {
  await ask('telegram', 'FORGET ME');
  await ask('telegram', 'OK');
  const receipt = await ask('telegram', 'OK');
  clock.time += MINUTE_MS;
  await city.start();
  await city.idle();
  // Once more: the log of the last transaction.
  await city.start();
  await city.idle();
  return receipt;
}

test('nothing of somebody who was forgotten is left on the disk, nor comes back with a restore', async () => {
  const opened = openCity();
  const { city, backups, clock } = opened;
  await city.start();
  await liveABit(opened);
  const older = await backups.make();
  clock.time += MINUTE_MS;
  const receipt = await forget(opened);
  expect(receipt).toMatch(/addresses 3/);
  const newer = await backups.makeRecent();
  expect(newer).not.toBe(older);

  expect(findCanaries(bytesIn(folder), SECRETS)).toEqual([]);
  expect(await opened.spool.keys()).toEqual([]);
  expect(city.errors).toEqual([]);
  const db = drizzle(new Sqlite(join(folder, 'city.db'), { readonly: true }));
  const addresses = (path: string): string[] => {
    const client = new Sqlite(path, { readonly: true });
    const rows = client
      .prepare('select key_id as keyId, ciphertext as bytes from identities')
      .all();
    client.close();
    return rows.map((row) => keys.open(row as { keyId: string; bytes: Uint8Array }));
  };
  const known = addresses(join(folder, 'city.db'));
  for (const one of [ANA, TELEGRAM, BLUESKY]) expect(known).not.toContain(one);

  // The backup from before has it, and does not bring it back.
  const forgotten = await forgottenBeside(older, keys);
  expect(forgotten).not.toEqual([]);
  const restored = join(folder, 'restored', 'city.db');
  for (const list of [forgotten, []]) {
    rmSync(join(folder, 'restored'), { recursive: true, force: true });
    createSpool(join(folder, 'restored'));
    await buildDatabase(restored, async (made) => {
      const clean = createPageCleaner(keys, list);
      async function* pages() {
        yield clean(forgottenPage(list));
        const read = withoutPhotos(readBackup(older, keys), async () => undefined);
        for await (const page of read) yield clean(page);
      }
      const apply = privateRestore(made, () => keys.seal(''));
      await rebuild({
        source: { ...sourceOf(db as never), did: DID },
        restore: publicRestore(made),
        random: systemRandom,
        at: clock.time,
        backup: { pages: pages(), apply },
      });
    });
    const back = addresses(restored);
    // Without the list the test would prove nothing.
    expect(back.includes(ANA)).toBe(list.length === 0);
    expect(back.length).toBeGreaterThan(2);
  }
  await city.stop();
});
