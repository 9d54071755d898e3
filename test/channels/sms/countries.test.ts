// A city by SMS that talks with two countries, and texts from the other side of the world.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSmsCity, type SmsCity } from '../../support/sms-city.ts';

const RESIDENT = '+15105550141';
const ABROAD = '+4915112345678';

let city: SmsCity;
beforeEach(async () => {
  city = await openSmsCity({ countries: ['US', 'MX'] });
});
afterEach(() => city.close());

it('300 texts from another country get no answer, cost nothing and leave nothing', async () => {
  for (let at = 0; at < 300; at += 1) expect(await city.say(ABROAD, `HI ${at}`)).toBe('');
  expect(city.texted()).toEqual([]);
  expect(city.store.read.identities.newestKeyId()).toBeUndefined();
  expect(city.store.read.inbox.backlog().count).toBe(0);
  expect(await city.say(RESIDENT, 'HI')).toMatch(/Reply OK/);
  expect(await city.say('+525555550141', 'HOLA')).toMatch(/Responde OK/);
});

it('STOP from there is kept, and not confirmed', async () => {
  expect(await city.say(ABROAD, 'STOP')).toBe('');
  const { keys } = city.core.foundation;
  const id = city.store.read.identities.idOf('sms', keys.identityLookup('sms', ABROAD));
  expect(city.store.read.identities.get(id ?? 0)?.stoppedAt).not.toBeNull();
});

it('nothing is sent there to somebody who took part before', async () => {
  const { tx, now } = { tx: city.store, now: city.clock.now() };
  const { keys } = city.core.foundation;
  const identityId = tx.transact((work) => {
    const person = work.people.add({
      participantId: 'p-abroad000000',
      language: 'en',
      createdAt: now,
    });
    const lookup = keys.identityLookup('sms', ABROAD);
    const { keyId, bytes: ciphertext } = keys.seal(ABROAD);
    const address = { channel: 'sms', lookup, keyId, ciphertext, personId: person, createdAt: now };
    const id = work.identities.add(address);
    const body = { text: 'A new task', choices: [], pictures: [] };
    const row = { channel: 'sms', kind: 'notice', body, notBefore: now, createdAt: now } as const;
    work.outbox.add({ ...row, identityId: id });
    return id;
  });
  expect(await city.say(RESIDENT, 'HI')).toMatch(/Reply OK/);
  expect(city.texted().map(({ to }) => to)).toEqual([RESIDENT]);
  expect(city.store.read.identities.get(identityId)?.unreachableAt).not.toBeNull();
});
