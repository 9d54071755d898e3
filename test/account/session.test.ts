import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSession } from '../../src/account/session.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { clockOf } from '../support/clock.ts';
import { DID, MORNING } from '../support/record-facts.ts';
import { type SignInServer, startSignInServer } from '../support/sign-in-server.ts';

let server: SignInServer;
let kept: string | undefined;
let now: number;
beforeEach(async () => {
  server = await startSignInServer(DID);
  kept = undefined;
  now = MORNING;
});
afterEach(() => server.close());

const session = (identifier = 'berkeley.test') =>
  createSession({
    service: server.url,
    identifier,
    password: 'secret',
    keeper: {
      load: () => kept,
      save: (value) => {
        kept = value;
      },
    },
    clock: clockOf(() => now),
  });

describe('the session', () => {
  it('is begun once, also when several ask at once, and kept', async () => {
    const { signIn } = session();
    const answers = await Promise.all([signIn(), signIn(), signIn()]);
    expect(answers).toEqual(Array(3).fill({ kind: 'ok', value: DID }));
    expect(server.count('createSession')).toBe(1);
    expect(kept).toContain('refresh-createSession-1');
  });

  it('goes on after a restart without the password', async () => {
    await session().signIn();
    expect(await session().signIn()).toEqual({ kind: 'ok', value: DID });
    expect(server.count('createSession')).toBe(1);
    expect(kept).toContain('refresh-refreshSession-1');
  });

  it('goes on when it could not be refreshed only because the server is in trouble', async () => {
    await session().signIn();
    server.plan('refreshSession', { status: 503, error: 'NotReady' });
    expect(await session().signIn()).toEqual({ kind: 'ok', value: DID });
    expect(server.count('createSession')).toBe(1);
  });

  it('is begun again when what was kept is over, or is not a session', async () => {
    await session().signIn();
    server.plan('refreshSession', { status: 400, error: 'ExpiredToken' });
    expect(await session().signIn()).toEqual({ kind: 'ok', value: DID });
    expect(server.count('createSession')).toBe(2);
    kept = 'nonsense';
    expect(await session().signIn()).toEqual({ kind: 'ok', value: DID });
  });

  it('is not begun more often than once in five minutes', async () => {
    const { signIn, request } = session();
    await signIn();
    // The server takes the session back: the request finds out.
    server.plan('refreshSession', { status: 401, error: 'InvalidToken' });
    await (await refusing(request)).text();
    expect(await signIn()).toEqual({ kind: 'limited', until: MORNING + 5 * MINUTE_MS });
    now += 5 * MINUTE_MS;
    expect(await signIn()).toEqual({ kind: 'ok', value: DID });
  });

  it('of another account is left alone', async () => {
    await session().signIn();
    await session('oakland.test').signIn();
    expect(server.count('createSession')).toBe(2);
    expect(server.count('refreshSession')).toBe(0);
  });

  it('is not begun when the server says that no sign-in is left', async () => {
    const reset = new Date(Math.floor(Date.now() / 1000) * 1000 + HOUR_MS).getTime();
    now = reset - HOUR_MS;
    server.announce({
      'ratelimit-limit': '300',
      'ratelimit-remaining': '0',
      'ratelimit-reset': String(reset / 1000),
      'ratelimit-policy': '300;w=86400',
    });
    const { signIn, request } = session();
    await signIn();
    server.plan('refreshSession', { status: 401, error: 'InvalidToken' });
    await (await refusing(request)).text();
    const answer = await signIn();
    if (answer.kind !== 'limited') throw new Error(answer.kind);
    expect(Math.abs(answer.until - reset)).toBeLessThan(5000);
    now = answer.until;
    expect(await signIn()).toEqual({ kind: 'ok', value: DID });
  });

  it('is tried seldom with a server that fails at it, so that its limit lasts', async () => {
    const { signIn } = session();
    const failure = { status: 500, error: 'InternalServerError' };
    server.plan('createSession', ...Array.from({ length: 1000 }, () => failure));
    const start = now;
    for (; now < start + DAY_MS; now += MINUTE_MS) await signIn();
    expect(server.count('createSession')).toBeLessThan(300);
  });

  it('is renewed, or over, when the server does not know it', async () => {
    const { signIn, request } = session();
    await signIn();
    const unknown = { status: 400, error: 'InvalidToken' };
    server.plan('getRecord', unknown);
    expect((await request(GET_RECORD)).status).toBe(200);
    expect(kept).toContain('refresh-refreshSession-1');
    server.plan('getRecord', unknown);
    server.plan('refreshSession', unknown);
    expect((await request(GET_RECORD)).status).toBe(429);
    now += 5 * MINUTE_MS;
    expect(await signIn()).toEqual({ kind: 'ok', value: DID });
    expect(server.count('createSession')).toBe(2);
  });

  it('tells a wrong password from a server in trouble and from one that is not there', async () => {
    server.plan(
      'createSession',
      { status: 401, error: 'AuthenticationRequired' },
      { status: 429, error: 'RateLimitExceeded', headers: { 'retry-after': '120' } },
      { status: 500, error: 'InternalServerError' },
    );
    const { signIn } = session();
    expect(await signIn()).toMatchObject({ kind: 'refused', code: 'AuthenticationRequired' });
    expect(await signIn()).toEqual({ kind: 'limited', until: MORNING + 2 * MINUTE_MS });
    expect(await signIn()).toMatchObject({ kind: 'uncertain' });
    await server.close();
    expect(await signIn()).toMatchObject({ kind: 'uncertain' });
    server = await startSignInServer(DID);
  });
});

const GET_RECORD = '/xrpc/com.atproto.repo.getRecord';

/** A request that the server answers with 401. */
async function refusing(request: ReturnType<typeof session>['request']): Promise<Response> {
  server.plan('createSession', { status: 401, error: 'AuthMissing' });
  return request('/xrpc/com.atproto.server.createSession', { method: 'POST' });
}
