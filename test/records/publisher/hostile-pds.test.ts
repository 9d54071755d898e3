// A PDS that means ill: it wants the password and the tokens elsewhere, says too much, or says
// what is not words. Nothing leaves for where it points, and what it says stays short.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wordsOf } from '../../../src/account/answer.ts';
import { troubleOf } from '../../../src/account/refusal.ts';
import { createRepository } from '../../../src/account/repository.ts';
import { createSession } from '../../../src/account/session.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { DID } from '../../support/record-facts.ts';
import { type SignInServer, startSignInServer } from '../../support/sign-in-server.ts';

let pds: SignInServer;
let thief: SignInServer;
beforeEach(async () => {
  pds = await startSignInServer(DID);
  thief = await startSignInServer(DID);
});
afterEach(() => Promise.all([pds.close(), thief.close()]));

function repositoryAt(service: string, send: typeof fetch = fetch) {
  const session = createSession({
    service,
    identifier: 'berkeley.test',
    password: 'secret',
    keeper: { load: () => undefined, save: () => undefined },
    clock: systemClock,
    fetch: send,
  });
  return { session, ...createRepository({ did: DID, session, clock: systemClock }) };
}

const write = (at: ReturnType<typeof repositoryAt>) => at.applyWrites('[]');

describe('the password and the tokens', () => {
  const elsewhere = (status: number) => ({
    status,
    error: 'Moved',
    headers: { location: `${thief.url}/xrpc/com.atproto.stolen` },
  });

  it.each([301, 302, 303, 307, 308])(
    'do not follow the redirect of a sign-in: %i',
    async (status) => {
      pds.plan('createSession', elsewhere(status));
      expect(await write(repositoryAt(pds.url))).toEqual({
        kind: 'uncertain',
        message: 'the PDS sends us elsewhere, where we do not go',
      });
      expect(thief.count('stolen')).toBe(0);
    },
  );

  it.each(['applyWrites', 'refreshSession'])('do not follow the redirect of %s', async (method) => {
    const repository = repositoryAt(pds.url);
    pds.plan('applyWrites', method === 'applyWrites' ? elsewhere(307) : EXPIRED);
    pds.plan('refreshSession', elsewhere(307));
    expect((await write(repository)).kind).toBe('uncertain');
    expect(pds.count(method)).toBe(1);
    expect(thief.count('stolen')).toBe(0);
  });

  /** Where requests go when the service says that the account lives at `endpoint`. */
  async function originsFor(service: string, endpoint: string): Promise<readonly string[]> {
    const origins: string[] = [];
    pds.liveAt(endpoint);
    const repository = repositoryAt(service, (input, init) => {
      const { origin, pathname } = new URL(input instanceof Request ? input.url : String(input));
      origins.push(origin);
      const headers = input instanceof Request ? input.headers : init?.headers;
      return fetch(`${pds.url}${pathname}`, { method: 'POST', headers: new Headers(headers) });
    });
    await write(repository);
    // Also once it was renewed, and in the request that is sent again then.
    pds.plan('applyWrites', EXPIRED);
    await write(repository);
    return origins;
  }

  const REMOTE = 'https://pds.example';
  it.each([
    ['http://127.0.0.1:1', REMOTE],
    ['http://localhost:1', REMOTE],
    ['http://[::1]:1', REMOTE],
    ['http://10.0.0.7', REMOTE],
    ['http://pds.example', REMOTE],
    ['http://127.0.0.1.thief.example', 'http://127.0.0.1:9'],
    ['http://localhost.thief.example', 'http://localhost:9'],
    ['http://thief.example', 'http://127.0.0.1:9'],
  ])('stay from %s when the service is %s', async (endpoint, service) => {
    const origins = await originsFor(service, endpoint);
    expect(origins.length).toBeGreaterThan(3);
    expect(new Set(origins)).toEqual(new Set([service]));
  });

  it.each([
    ['https://morel.host.example', 'https://morel.host.example', REMOTE],
    ['https://name:word@morel.example/path', 'https://morel.example', REMOTE],
    ['https://morel.host.example', 'https://morel.host.example', 'http://127.0.0.1:9'],
    ['http://localhost:2583', 'http://localhost:2583', 'http://127.0.0.1:9'],
  ])('go to %s, as %s, when the service is %s', async (endpoint, origin, service) => {
    const origins = await originsFor(service, endpoint);
    expect(new Set(origins)).toEqual(new Set([service, origin]));
  });
});

describe('what it says', () => {
  it('is not read to the end when it has no end', async () => {
    pds.flood('applyWrites');
    expect(await write(repositoryAt(pds.url))).toEqual({
      kind: 'uncertain',
      message: 'an answer of more than 2000000 bytes',
    });
    // The buffers of the connection hold some more.
    expect(pds.flooded()).toBeLessThan(20_000_000);
    pds.flood('createSession');
    expect(await write(repositoryAt(pds.url))).toMatchObject({
      kind: 'uncertain',
      message: expect.stringContaining('an answer of more than 2000000 bytes'),
    });
  });

  const LONG = `\u001b[2J\u202e\u200b\n${'x'.repeat(500_000)}`;
  const SHORT = `[2J ${'x'.repeat(195)}…`;
  it.each(['applyWrites', 'createSession'])('is one short line: %s', async (method) => {
    pds.plan(
      method,
      { status: 400, error: LONG, message: LONG },
      { status: 500, error: 'InternalServerError', message: LONG },
    );
    const repository = repositoryAt(pds.url);
    expect(await write(repository)).toEqual({ kind: 'refused', code: SHORT, message: SHORT });
    const answer = await write(repository);
    if (answer.kind !== 'uncertain') throw new Error(answer.kind);
    expect(answer.message).toMatch(/x…$/);
    expect(answer.message.length).toBeLessThan(230);
  });

  it('need not be words', async () => {
    const repository = repositoryAt(pds.url);
    for (const error of [{ code: 1 }, ['InvalidRequest'], 7, null, '', '\u200b']) {
      pds.plan('applyWrites', { status: 400, error });
      expect(await write(repository)).toEqual({ kind: 'uncertain', message: '400 Bad Request' });
    }
    pds.plan('applyWrites', { status: 400, error: 'InvalidRequest', message: { text: 'x' } });
    expect(await write(repository)).toEqual({
      kind: 'refused',
      code: 'InvalidRequest',
      message: 'Bad Request',
    });
  });

  it.each(['constructor', '__proto__', 'toString'])('is not taken for ours: %s', (code) => {
    const trouble = troubleOf({ kind: 'refused', code, message: 'No.' });
    expect(trouble).toEqual({ reason: `${code}: No.`, isFinal: false });
  });

  it('is cut between characters', () => {
    const cut = wordsOf('😀'.repeat(300)) ?? '';
    expect([...cut].length).toBe(200);
    expect(cut.isWellFormed()).toBe(true);
    expect(wordsOf(' Too many\trequests.\r\n')).toBe('Too many requests.');
    expect([undefined, null, 7, {}, '', ' \n'].map(wordsOf)).toEqual(Array(6).fill(undefined));
  });
});

const EXPIRED = { status: 400, error: 'ExpiredToken' };
