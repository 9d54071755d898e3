// A new SECRET_KEY: between the keys the city works, and at the end nothing needs the old one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSessionKeeper } from '../../src/account/session-keeper.ts';
import { openKeys } from '../../src/city/keys.ts';
import { rekeyJob } from '../../src/jobs/rekey.ts';
import { DAY_MS } from '../../src/lib/clock.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { createRekey, previousKeyUntil } from '../../src/services/city/rekey.ts';
import { TEST_KEY, TUESDAY, UNLIMITED } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { ADMIN, ANA, BEN, EVA, ORGANIZER, REDEEMER } from '../support/conversation.ts';
import { prove } from '../support/prove.ts';
import { runCli } from '../support/run-cli.ts';
import { rememberingChannel, testCity } from '../support/test-city.ts';
import { waitFor } from '../support/wait-for.ts';

const OLD = TEST_KEY;
const NEW = new Uint8Array(32).fill(9);
const oldKeys = createKeys(OLD, systemRandom);
const newKeys = createKeys(NEW, systemRandom);
const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}/;
const POST = 'at://did:plc:ana45678901234567890123/app.bsky.feed.post/3kaaaaaaaaa2a';

let folder: string;
let city: ReturnType<typeof testCity>;
let sentTo: (address: string) => string[];
const clock = standingClock(TUESDAY);

type Keyed = { readonly secretKey: Uint8Array; readonly previousSecretKey: Uint8Array | undefined };
const WITH_OLD: Keyed = { secretKey: OLD, previousSecretKey: undefined };
const WITH_BOTH: Keyed = { secretKey: NEW, previousSecretKey: OLD };
const WITH_NEW: Keyed = { secretKey: NEW, previousSecretKey: undefined };

async function open(secrets: Keyed, jobs: Parameters<typeof testCity>[0]['jobs'] = () => []) {
  const phone = rememberingChannel();
  sentTo = phone.sentTo;
  city = testCity({
    ...{ folder, clock, city: UNLIMITED, random: systemRandom, jobs },
    keys: (store) => openKeys(store, folder, secrets),
    channels: () => [phone.channel],
  });
  await city.start();
}

async function ask(from: string, text: string, more: { readonly externalId?: string } = {}) {
  const before = sentTo(from).length;
  await city.receive({ sender: from, text, externalId: `${systemRandom.bytes(8)}`, ...more });
  await city.idle();
  return sentTo(from).slice(before).join('\n');
}

/** All that is in the database, as one text. */
function everything(): string {
  const db = new Sqlite(join(folder, 'city.db'), { readonly: true });
  try {
    const tables = db.prepare("select name from sqlite_schema where type = 'table'").pluck().all();
    return tables.map((name) => JSON.stringify(db.prepare(`select * from "${name}"`).all())).join();
  } finally {
    db.close();
  }
}

/** A city with somebody, a live code, an open question, an open invitation and a kept session. */
async function liveABit() {
  await open(WITH_OLD);
  city.seed();
  for (const text of ['HI', 'OK', 'JOIN 1', 'DONE 1 two bags', 'OK']) await ask(ANA, text);
  await ask(ORGANIZER, 'APPROVE 1');
  const code = CODE.exec(await ask(ANA, 'REDEEM 1'))?.[0] ?? '';
  const invited = await prove((text) => ask(ADMIN, text), 'INVITE redeemer The Other Café');
  const invitation = /ACCEPT \S+/.exec(invited)?.[0] ?? '';
  for (const text of ['HI', 'OK', 'LINK']) await ask(BEN, text);
  await ask(ORGANIZER, 'ANNOUNCE');
  await ask(ANA, 'BALANCE', { externalId: POST });
  createSessionKeeper(city.store, oldKeys).save('a secret session');
  const place = oldKeys.sealText('a place of somebody');
  city.run(({ tx, now }) => {
    const sent = {
      place,
      thread: null,
      sent: null,
      closed: { text: '', choices: [], pictures: [] },
    };
    const body = { text: 'sent "you" a DM', choices: [], pictures: [], afterwards: sent };
    const row = {
      channel: 'bluesky',
      kind: 'reply',
      body,
      notBefore: now,
      createdAt: now,
    } as const;
    tx.outbox.add({ ...row, place });
    tx.payloads.put('telegram:button:1', oldKeys.sealText('a button'), now + DAY_MS);
  });
  expect([code, invitation]).toEqual([expect.stringMatching(CODE), expect.stringContaining('-')]);
  const recovery = /recovery code: ([0-9A-Z-]+)/.exec(sentTo(ANA).join('\n'))?.[1] ?? '';
  return { code, invitation, recovery };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
});
afterEach(async () => {
  await city.stop();
  rmSync(folder, { recursive: true, force: true });
});

const isOver = () => city.run(createRekey());

test('between the keys everything of before holds, whether it is sealed anew or not', async () => {
  const { code, invitation } = await liveABit();
  await city.stop();
  await open(WITH_BOTH);
  expect(await ask(ANA, 'BALANCE')).not.toMatch(/want to take part/i);
  expect(await ask(ORGANIZER, 'Clean the creek')).not.toMatch(/not understand/i);
  expect(await ask(ANA, 'CODES')).toContain(code);
  // The same post again is known, under whatever key.
  expect(await ask(ANA, 'BALANCE', { externalId: POST })).toBe('');
  const walk = createRekey();
  while (!city.run(walk)) {
    // A page at a time.
  }
  expect(await ask(ANA, 'BALANCE', { externalId: POST })).toBe('');
  expect(await ask(REDEEMER, `CONFIRM ${code}`)).toContain('GIVE IT');
  expect(await ask(EVA, invitation)).toContain('The Other Café');
});

test('at the end the new key alone opens all that was kept', async () => {
  const { recovery } = await liveABit();
  const before = everything();
  await city.stop();
  const told: (number | undefined)[] = [];
  await open(WITH_BOTH, () => [rekeyJob((until) => told.push(until))]);
  // The city does it by itself, and says once until when it needs the old key.
  await waitFor(() => expect(told).toEqual([expect.any(Number)]));
  await city.stop();
  await open(WITH_NEW);
  expect(before).toContain(`${oldKeys.keyId}:`);
  expect(everything()).not.toContain(oldKeys.keyId);
  expect(everything().split(newKeys.keyId).length).toBeGreaterThan(8);
  expect(createSessionKeeper(city.store, newKeys).load()).toBe('a secret session');
  const button = city.store.read.payloads.get('telegram:button:1', clock.time) ?? '';
  expect(newKeys.openText(button)).toBe('a button');
  expect(await ask(ANA, 'ME')).toMatch(/p-\w{12}/);
  expect(await ask(ANA, 'BALANCE', { externalId: POST })).toBe('');
  // The code of a lost phone is on paper somewhere: it outlives the key.
  for (const text of ['HI', 'OK']) await ask(EVA, text);
  expect(await ask(EVA, `MOVE ${recovery}`)).toMatch(/moves here/);
});

test('killed at any point and begun anew, it loses nothing and comes to an end', async () => {
  await liveABit();
  await city.stop();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ pages: fc.nat(12), isUndone: fc.boolean() }), { maxLength: 6 }),
      async (kills) => {
        // From one key to the other and, the next time, back.
        const [secretKey, previousSecretKey] = isOld() ? [NEW, OLD] : [OLD, NEW];
        await open({ secretKey, previousSecretKey });
        for (const { pages, isUndone } of kills) {
          const walk = createRekey();
          for (let page = 0; page < pages; page += 1) city.run(walk);
          if (isUndone) {
            expect(() =>
              city.run((context) => {
                walk(context);
                throw new Error('killed');
              }),
            ).toThrow('killed');
          }
        }
        expect(await ask(ANA, 'ME')).toMatch(/p-\w{12}/);
        const walk = createRekey();
        while (!city.run(walk)) {
          // A page at a time.
        }
        await city.stop();
        const [now, then] = secretKey === NEW ? [newKeys, oldKeys] : [oldKeys, newKeys];
        expect(everything()).not.toContain(`${then.keyId}:`);
        await open({ secretKey, previousSecretKey: undefined });
        expect(city.store.read.identities.strangeKeyId([now.keyId])).toBeUndefined();
        expect(await ask(ANA, 'ME')).toMatch(/p-\w{12}/);
        expect(await ask(BEN, 'ME')).toMatch(/p-\w{12}/);
        expect(await ask(ANA, 'BALANCE', { externalId: POST })).toBe('');
        await city.stop();
      },
    ),
    { numRuns: 6 },
  );
  await open(isOld() ? WITH_OLD : WITH_NEW);
});

/** Is the database sealed with the first key? */
function isOld(): boolean {
  const db = new Sqlite(join(folder, 'city.db'), { readonly: true });
  try {
    const keyId = db.prepare('select key_id from identities order by id limit 1').pluck().get();
    return keyId === oldKeys.keyId;
  } finally {
    db.close();
  }
}

test('it tells until when codes and invitations of before need the old key', async () => {
  await liveABit();
  await city.stop();
  clock.time += 1;
  await open(WITH_BOTH);
  expect(isOver()).toBe(false);
  const until = city.run(previousKeyUntil) ?? 0;
  expect(until).toBeGreaterThan(clock.time + DAY_MS);
  clock.time = until;
  expect(city.run(previousKeyUntil)).toBeUndefined();
  clock.time = TUESDAY;
});

test('the tool does it with the city stopped, and says what is wrong', async () => {
  await liveABit();
  const base64 = (key: Uint8Array) => Buffer.from(key).toString('base64');
  const env = { DATABASE_PATH: join(folder, 'city.db'), SECRET_KEY: base64(NEW) };
  expect((await runCli('rekey', [], env)).err).toContain('SECRET_KEY_PREVIOUS is missing');
  await city.stop();
  const { code, out } = await runCli('rekey', [], { ...env, SECRET_KEY_PREVIOUS: base64(OLD) });
  expect(out).toContain('Everything that is kept is sealed with the new SECRET_KEY.');
  expect(code).toBe(0);
  expect(everything()).not.toContain(oldKeys.keyId);
  await expect(open(WITH_OLD)).rejects.toThrow('was written with another SECRET_KEY');
  await open(WITH_NEW);
  expect(await ask(ANA, 'ME')).toMatch(/p-\w{12}/);
});
