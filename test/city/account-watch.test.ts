// Where the account lives and what it is called, looked up while the city runs.
import { afterAll, afterEach, expect, test } from 'vitest';
import { createDirectory } from '../../src/account/directory.ts';
import { createAccountWatch } from '../../src/city/account-watch.ts';
import { openMemoryStore } from '../support/migrated.ts';

const DID = 'did:plc:abcdefghijklmnopqrstuvwx';
const OLD = 'https://old.example';
const NEW = 'https://new.example';

const { store, close } = openMemoryStore();
afterEach(() => store.transact((tx) => tx.cursors.put('account-server', '')));
afterAll(close);

/** A directory that says what it is told to, or does not answer. */
function directory(service: string, identifier = 'city.example') {
  const said = { pds: OLD, handle: 'city.example', isDown: false };
  const warnings: string[] = [];
  const answer = async (): Promise<Response> => {
    if (said.isDown) throw new Error('The directory does not answer.');
    return Response.json({
      id: DID,
      alsoKnownAs: [`at://${said.handle}`],
      service: [
        { id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: said.pds },
      ],
    });
  };
  const watch = createAccountWatch({
    lookUp: createDirectory({
      ...{ fetch: answer, fetchPublic: answer, plcUrl: 'https://plc.example' },
    }),
    log: { warn: (_, sentence) => warnings.push(sentence) },
    ...{ store, service, identifier },
  });
  return { said, warnings, watch, look: () => watch.look(DID) };
}

test('a move while the city runs is noticed, and so is the way back', async () => {
  const { said, watch, look } = directory(OLD);
  await look();
  expect(watch.check()).toEqual({ state: 'ok' });
  said.pds = NEW;
  await look();
  expect(watch.movedTo()).toBe(NEW);
  expect(watch.check()).toMatchObject({ state: 'down' });
  // While nobody answers, all is as it was last.
  said.isDown = true;
  await look();
  expect(watch.movedTo()).toBe(NEW);
  Object.assign(said, { isDown: false, pds: OLD });
  await look();
  expect(watch.movedTo()).toBeUndefined();
});

test('a move is remembered over a start, and is over once the new server is set', async () => {
  const first = directory(OLD);
  await first.look();
  const second = directory(OLD);
  second.said.pds = NEW;
  await second.look();
  expect(second.watch.movedTo()).toBe(NEW);
  const third = directory(NEW);
  third.said.pds = NEW;
  await third.look();
  expect(third.watch.movedTo()).toBeUndefined();
});

test('an address within a network of one’s own is no move, nor is another server behind bsky.social', async () => {
  const own = directory('http://pds:3000');
  await own.look();
  expect(own.watch.movedTo()).toBeUndefined();
  const hosted = directory('https://bsky.social');
  hosted.said.pds = 'https://porcini.host.bsky.network';
  await hosted.look();
  hosted.said.pds = 'https://morel.host.bsky.network';
  await hosted.look();
  expect(hosted.watch.movedTo()).toBeUndefined();
  hosted.said.pds = NEW;
  await hosted.look();
  expect(hosted.watch.movedTo()).toBe(NEW);
});

test('another handle is told once, and what to set', async () => {
  const { said, warnings, watch, look } = directory(OLD);
  await look();
  said.handle = 'town.example';
  await look();
  await look();
  expect(warnings).toEqual(['The account of the city has another handle now.']);
  expect(watch.handle()).toBe('town.example');
  expect(watch.check()).toMatchObject({
    state: 'trouble',
    sentence: expect.stringContaining('set BLUESKY_IDENTIFIER to that'),
  });
  const byDid = directory(OLD, DID);
  await byDid.look();
  expect(byDid.watch.check()).toEqual({ state: 'ok' });
});
