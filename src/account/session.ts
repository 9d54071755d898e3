/**
 * The city's session with its Bluesky account: kept over restarts, refreshed when it expires, and
 * begun again with the password only when nothing else helps, since sign-ins are few (30 in five
 * minutes, 300 a day).
 */
import { type CredentialSession, XRPCError } from '@atproto/api';
import { type Clock, MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import { type Answer, answered, limitedMs, refused, uncertain, wordsOf } from './answer.ts';
import { createCredentials, keptSession, type SessionSettings, SIGN_IN } from './credentials.ts';
import { createRateLimits, type RateLimits } from './rate-limits.ts';
import { ACCOUNT_MOVED, isAboutAccount } from './refusal.ts';

/** The one session of the account: the publisher and Bluesky as a channel share it. */
export type Session = {
  /** Makes sure that there is a session; answers the DID of the account. */
  readonly signIn: () => Promise<Answer<string>>;
  /**
   * Sends a request to `/xrpc/…` in the name of the account, and signs in first if need be. A
   * server that does not know the session, as after its keys were changed, is asked once more with
   * a renewed one. Where there is no session the response says why, as the server would. Rejects
   * when no answer comes.
   */
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
};

/** 300 sign-ins a day are one in 4.8 minutes. */
const BETWEEN_SIGN_INS_MS = 5 * MINUTE_MS;
/** A server in trouble may count failed tries as well; after so many they become as rare. */
const FREE_TRIES = 5;
/** A PDS says this of a password that may not do what is asked for: renewing does not help. */
export const NOT_ALLOWED = 'Bad token method';

/** A PDS says this of a handle that it does not have, and of a wrong password. */
const WRONG_SIGN_IN = 'AuthenticationRequired';

type State = {
  readonly settings: SessionSettings;
  readonly credentials: CredentialSession;
  readonly limits: RateLimits;
  keptIsTried: boolean;
  /** When (`elapsed`, ms) the next sign-in may be tried. */
  nextSignInAt: number;
  triesInVain: number;
  signingIn: Promise<Answer<string>> | undefined;
};

export function createSession(settings: SessionSettings): Session {
  const limits = createRateLimits(settings.clock);
  const state: State = {
    settings,
    credentials: createCredentials(settings, (header) => limits.note(SIGN_IN, header)),
    limits,
    keptIsTried: false,
    nextSignInAt: Number.NEGATIVE_INFINITY,
    triesInVain: 0,
    signingIn: undefined,
  };
  return {
    signIn: () => signIn(state),
    request: (path, init) => request(state, path, init),
  };
}

/** All who ask at once get the answer of the same sign-in. */
function signIn(state: State): Promise<Answer<string>> {
  // What the old server still takes would be in nobody's repository.
  const server = state.settings.movedTo?.();
  if (server !== undefined) return Promise.resolve(refused(ACCOUNT_MOVED, server));
  const { did } = state.credentials;
  if (did !== undefined) return Promise.resolve(answered(did));
  state.signingIn ??= resumeOrLogIn(state).finally(() => {
    state.signingIn = undefined;
  });
  return state.signingIn;
}

async function resumeOrLogIn(state: State): Promise<Answer<string>> {
  const { settings, credentials } = state;
  if (!state.keptIsTried) {
    state.keptIsTried = true;
    const kept = keptSession(settings);
    // A refresh that failed for want of a connection leaves the session in place.
    if (kept !== undefined) await credentials.resumeSession(kept).catch(() => undefined);
    if (credentials.did !== undefined) return answered(credentials.did);
  }
  const until = signInAt(state);
  if (settings.clock.elapsed() < until) return { kind: 'limited', until };
  return logIn(state);
}

const signInAt = ({ nextSignInAt, limits }: State): number =>
  Math.max(nextSignInAt, limits.requestAt(SIGN_IN));

async function logIn(state: State): Promise<Answer<string>> {
  const { settings, credentials } = state;
  const { clock } = settings;
  try {
    const { data } = await logInByEither(credentials, settings);
    state.nextSignInAt = clock.elapsed() + BETWEEN_SIGN_INS_MS;
    state.triesInVain = 0;
    return answered(data.did);
  } catch (error) {
    if (isAnswer(error)) state.triesInVain += 1;
    if (state.triesInVain > FREE_TRIES) state.nextSignInAt = clock.elapsed() + BETWEEN_SIGN_INS_MS;
    return signInFailed(error, clock);
  }
}

/** Where the account has another handle than the one that is set, its DID is still the same. */
async function logInByEither(credentials: CredentialSession, settings: SessionSettings) {
  const { did, identifier } = settings;
  try {
    return await credentials.login(settings);
  } catch (error) {
    const isUnknown = isAnswer(error) && error.error === WRONG_SIGN_IN;
    if (!isUnknown || did === undefined || did === identifier) throw error;
    return await credentials.login({ ...settings, identifier: did });
  }
}

/** Below 400 the status is the client's own: it got no answer. */
const isAnswer = (error: unknown): error is XRPCError =>
  error instanceof XRPCError && error.status >= 400;

function signInFailed(error: unknown, clock: Clock): Answer<never> {
  if (!isAnswer(error)) return uncertain(error);
  if (error.status === 429) {
    const ms = limitedMs((name) => error.headers?.[name], clock.now());
    return { kind: 'limited', until: clock.elapsed() + ms };
  }
  const code = wordsOf(error.error) ?? String(error.status);
  if (!isAboutAccount(code) && error.status >= 500) return uncertain(error);
  return refused(code, wordsOf(error.message) ?? '');
}

async function request(state: State, path: string, init?: RequestInit): Promise<Response> {
  const response = await requestOnce(state, path, init);
  // A stream cannot be sent twice.
  if (init?.body instanceof ReadableStream || !(await isOfUnknownSession(response)))
    return response;
  // Where the session is refused again it is over, and the next sign-in begins another.
  const { credentials } = state;
  if (credentials.hasSession) await credentials.refreshSession().catch(() => undefined);
  return requestOnce(state, path, init);
}

async function requestOnce(state: State, path: string, init?: RequestInit): Promise<Response> {
  const account = await signIn(state);
  if (account.kind === 'ok') return state.credentials.fetchHandler(path, init);
  return responseTo(account, state.settings.clock.elapsed());
}

async function isOfUnknownSession(response: Response): Promise<boolean> {
  if (response.status !== 400 && response.status !== 401) return false;
  const body = await response.clone().text();
  return /"error":\s*"InvalidToken"/.test(body) && !body.includes(NOT_ALLOWED);
}

/** Tells clients that there is no session as the server would have told them. */
function responseTo(answer: Exclude<Answer<never>, { kind: 'ok' }>, elapsed: number): Response {
  if (answer.kind === 'uncertain') throw new Error(answer.message);
  const isRefused = answer.kind === 'refused';
  const error = isRefused ? answer.code : 'RateLimitExceeded';
  if (isRefused) return Response.json({ error, message: error }, { status: 401 });
  const seconds = Math.max(1, Math.ceil((answer.until - elapsed) / SECOND_MS));
  const headers = { 'retry-after': String(seconds) };
  return Response.json({ error, message: error }, { status: 429, headers });
}
